"""Lists of requests: of the unit, of a household or person, and for who watches the clock."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Count, Min, QuerySet

from stafette.kernel.actor import Actor
from stafette.kernel.clock import today
from stafette.kernel.permissions import Permission
from stafette.referrals.queries import in_state
from stafette.rights.access import objections_visible_to, visible_to
from stafette.rights.models import Objection, SubjectRequest


def requests(*, actor: Actor) -> QuerySet[SubjectRequest]:
    """Requests of the units in which the actor answers, with what a line of a list shows."""
    units = actor.units(Permission.RIGHTS_VIEW)
    rows = visible_to(actor).filter(unit__in=units)
    return rows.select_related("unit", "responsible_user", "person")


def watched(*, actor: Actor) -> QuerySet[SubjectRequest]:
    """The same for officer and head: number, kind, unit, clock and state, no person."""
    units = actor.units(Permission.RIGHTS_WATCH)
    return visible_to(actor).filter(unit__in=units).select_related("unit").defer("person", "household")


def filtered(rows: QuerySet[SubjectRequest], values: dict[str, Any]) -> QuerySet[SubjectRequest]:
    """Narrow a list by what the filter form says; without a state only what is open."""
    rows = in_state(rows, values.get("state", ""))
    if values.get("kind"):
        rows = rows.filter(kind=values["kind"])
    if values.get("late"):
        rows = rows.filter(is_open=True, due_on__lt=today())
    return rows


def open_figures(rows: QuerySet[SubjectRequest]) -> dict[str, Any]:
    """How many are open, and until when the first is to be answered, in one statement."""
    return rows.filter(is_open=True).order_by().aggregate(count=Count("pk"), first=Min("due_on"))


def late_count(*, actor: Actor) -> int:
    """How many are open beyond the period of the law."""
    return watched(actor=actor).filter(is_open=True, due_on__lt=today()).count()


def of_household(*, actor: Actor, household_id: UUID) -> QuerySet[SubjectRequest]:
    """Requests about a household, the newest first."""
    return requests(actor=actor).filter(household=household_id).order_by("-created_at", "-id")


def of_person(*, actor: Actor, person_id: UUID) -> QuerySet[SubjectRequest]:
    """Requests of a person, the newest first."""
    return requests(actor=actor).filter(person=person_id).order_by("-created_at", "-id")


def open_objection(*, actor: Actor, household_id: UUID) -> Objection | None:
    """The objection that a unit observes for a household."""
    return objections_visible_to(actor).filter(household=household_id, until_on=None).first()


def objected_since(*, actor: Actor, household_id: UUID) -> date | None:
    """Since when it is observed: asked by referrals before something new is begun."""
    objection = open_objection(actor=actor, household_id=household_id)
    return objection.since_on if objection else None
