"""For what a partner is asked: a follow-up or a referral in the books of the unit that asks."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _

from stafette.kernel import rows
from stafette.kernel.actor import Actor
from stafette.kernel.permissions import Permission
from stafette.referrals.models import FollowUp, Referral

FOLLOW_UP, REFERRAL = "nachverfolgung", "uebergabe"  # as addresses name them


@dataclass(frozen=True)
class Occasion:
    """One of the two as the asking unit knows it: `unit_id` and `household_id` are those of its own books."""

    key: str
    id: UUID
    number: str
    unit_id: UUID
    household_id: UUID | None
    is_open: bool

    @property
    def arguments(self) -> dict[str, UUID]:
        """What the command takes."""
        return {"follow_up_id" if self.key == FOLLOW_UP else "referral_id": self.id}

    @property
    def url(self) -> str:
        """Its page."""
        return reverse("referrals:follow_up" if self.key == FOLLOW_UP else "referrals:detail", args=[self.id])

    @property
    def label(self) -> str:
        """Its kind and number."""
        kind = _("Nachverfolgung {number}") if self.key == FOLLOW_UP else _("Übergabe {number}")
        return kind.format(number=self.number)

    @property
    def back_text(self) -> str:
        """What a button to its page says."""
        return _("Zur Nachverfolgung") if self.key == FOLLOW_UP else _("Zur Übergabe")


def occasion_of(
    actor: Actor, *, follow_up_id: UUID | None = None, referral_id: UUID | None = None
) -> Occasion | None:
    """Find it as far as the actor sees it; None where there is none such, or nothing was named."""
    if follow_up_id is not None:
        found: Any = rows.visible(FollowUp, actor).filter(pk=follow_up_id).first()
        if found is None:
            return None
        return Occasion(
            FOLLOW_UP, found.pk, found.number, found.unit_id, found.household_id, is_open=found.is_open
        )
    if referral_id is not None:
        found = rows.visible(Referral, actor).filter(pk=referral_id).first()
        return _of_referral(actor, found) if found else None
    return None


def _of_referral(actor: Actor, referral: Referral) -> Occasion:
    """Each side knows the family under a household of its own."""
    unit_id, household_id = referral.from_unit_id, referral.household_id
    if not actor.may(Permission.REFERRAL_VIEW, unit=unit_id):
        unit_id, household_id = referral.to_unit_id, referral.received_household_id
    return Occasion(REFERRAL, referral.pk, referral.number, unit_id, household_id, is_open=referral.is_open)
