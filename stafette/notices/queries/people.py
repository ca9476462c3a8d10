"""Whom a form offers to choose."""

from __future__ import annotations

from uuid import UUID

from stafette.kernel.actor import Actor
from stafette.kernel.clock import today
from stafette.people.models import Person
from stafette.people.queries import current_members

OF_AGE = 18


def person_choices(*, actor: Actor, household_id: UUID) -> list[tuple[str, str]]:
    """Everybody who lives in the household."""
    found = current_members(actor=actor).filter(household=household_id)
    return [(str(one.person_id), one.person.full_name) for one in found]


def child_choices(*, actor: Actor, household_id: UUID) -> list[tuple[str, str]]:
    """Those of them who are under 18, or whose age nobody knows."""
    found = current_members(actor=actor).filter(household=household_id)
    return [(str(one.person_id), one.person.full_name) for one in found if _may_be_a_child(one.person)]


def _may_be_a_child(person: Person) -> bool:
    born, day = person.birth.last_possible(), today()
    if born is None:
        return True
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day)) < OF_AGE
