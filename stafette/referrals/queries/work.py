"""The list of the unit."""

from __future__ import annotations

from typing import Any, TypeVar
from uuid import UUID

from django.db.models import Q, QuerySet

from stafette.accounts.queries import desks_of
from stafette.kernel.actor import Actor
from stafette.kernel.clock import today
from stafette.kernel.permissions import Permission
from stafette.referrals.access import visible_to
from stafette.referrals.models import Baton, Referral

B = TypeVar("B", bound=Baton)

LINE = (
    *("number", "finding_code", "state", "is_open", "next_on", "sender_user", "responsible_unit"),
    *("from_unit__short_name", "to_unit__short_name", "responsible_user__label", "household__label"),
    *("envelope__label", "envelope__referral"),
)


def referrals(*, actor: Actor) -> QuerySet[Referral]:
    """Referrals of the actor's units with what a line of a list shows, and nothing else: never their content."""
    joined = visible_to(actor).select_related(
        "from_unit", "to_unit", "responsible_user", "envelope", "household"
    )
    return joined.only(*LINE)


def filtered(rows: QuerySet[Referral], values: dict[str, Any], *, actor: Actor) -> QuerySet[Referral]:
    """Narrow a list by what the filter form says; without a state only what is open."""
    units = actor.units(Permission.REFERRAL_VIEW)
    if values.get("direction") == "in":
        rows = rows.filter(to_unit__in=units)
    elif values.get("direction") == "out":
        rows = rows.filter(from_unit__in=units)
    rows = in_state(rows, values.get("state", ""))
    if values.get("partner"):
        rows = rows.filter(Q(from_unit=values["partner"]) | Q(to_unit=values["partner"]))
    if values.get("finding"):
        rows = rows.filter(finding_code=values["finding"])
    if values.get("late"):
        rows = rows.filter(is_open=True, next_on__lt=today())
    if values.get("mine"):
        rows = rows.filter(responsible_user__in=desks_of(actor))
    return rows


def in_state(rows: QuerySet[B], state: str) -> QuerySet[B]:
    """Narrow a list of open things by the state that a filter names: nothing means open, else „ended“, „all“ or one."""
    if state == "all":
        return rows
    if state in ("", "ended"):
        return rows.filter(is_open=state == "")
    return rows.filter(state=state)


def received_for(*, actor: Actor, household_id: UUID) -> QuerySet[Referral]:
    """What the unit accepted for one of its own households."""
    found = visible_to(actor).filter(received_household=household_id)
    return found.select_related("from_unit").order_by("-created_at", "-id")
