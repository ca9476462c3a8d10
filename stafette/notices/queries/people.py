"""Whom a form offers to choose."""

from __future__ import annotations

from uuid import UUID

from stafette.kernel.actor import Actor
from stafette.kernel.clock import today
from stafette.people.queries import current_members
from stafette.protection.ages import may_be_minor


def person_choices(*, actor: Actor, household_id: UUID) -> list[tuple[str, str]]:
    """Everybody who lives in the household."""
    found = current_members(actor=actor).filter(household=household_id)
    return [(str(one.person_id), one.person.full_name) for one in found]


def child_choices(*, actor: Actor, household_id: UUID) -> list[tuple[str, str]]:
    """Those of them who are under 18, or whose age nobody knows."""
    found = current_members(actor=actor).filter(household=household_id)
    children = [one.person for one in found if may_be_minor(one.person.birth, today())]
    return [(str(child.pk), child.full_name) for child in children]
