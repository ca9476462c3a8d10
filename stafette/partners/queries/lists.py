"""Lists of questions: of the unit, of a household."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from stafette.kernel.actor import Actor
from stafette.kernel.clock import today
from stafette.partners.access import visible_to
from stafette.partners.models import PartnerRequest
from stafette.partners.occasions import Occasion
from stafette.referrals.queries import in_state


def requests(*, actor: Actor) -> QuerySet[PartnerRequest]:
    """Questions of the actor's units with what a line of a list shows; never their content."""
    return visible_to(actor).select_related("unit", "partner", "responsible_user", "household")


def filtered(rows: QuerySet[PartnerRequest], values: dict[str, Any]) -> QuerySet[PartnerRequest]:
    """Narrow a list by what the filter form says; without a state only what is open."""
    rows = in_state(rows, values.get("state", ""))
    if values.get("partner"):
        rows = rows.filter(partner=values["partner"])
    if values.get("late"):
        rows = rows.filter(is_open=True, next_on__lt=today())
    return rows


def of_occasion(*, actor: Actor, occasion: Occasion) -> QuerySet[PartnerRequest]:
    """What the unit asked for a follow-up or a referral, the newest first."""
    asked = requests(actor=actor).filter(**occasion.arguments, unit=occasion.unit_id)
    return asked.order_by("-created_at", "-id")


def of_household(*, actor: Actor, household_id: UUID) -> QuerySet[PartnerRequest]:
    """What was asked about a household, the newest first."""
    return requests(actor=actor).filter(household=household_id).order_by("-created_at", "-id")
