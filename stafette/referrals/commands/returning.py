"""The receiver gives back what it had taken over."""

from __future__ import annotations

from uuid import UUID

from django.utils.translation import gettext as _

from stafette.audit.record import record
from stafette.kernel.actor import Actor
from stafette.kernel.clock import now
from stafette.kernel.command import command
from stafette.kernel.errors import BadInput
from stafette.kernel.permissions import Permission
from stafette.referrals.allowed import refuse_with_onward_draft
from stafette.referrals.leads import end_offers
from stafette.referrals.models import DeclineReason, Referral
from stafette.referrals.steps import destroy_content, locked, move_finding, pass_to_sender, tell_other_unit


@command
def return_referral(*, actor: Actor, referral_id: UUID, reason: str, version: int | None = None) -> Referral:
    """Give back with a coded reason what turned out to be wrong here: the sender holds the baton again and decides.

    The envelope is destroyed. What the receiver took into its own books when it accepted is its own record and stays
    there, under its own rules for keeping it. The lead goes back with the referral.
    """
    referral = locked(referral_id, version)
    actor.require(Permission.REFERRAL_ANSWER, unit=referral.to_unit_id)
    if reason not in DeclineReason.values:
        raise BadInput(_("Wählen Sie einen Grund aus der Liste."))
    refuse_with_onward_draft(referral)
    referral.return_to_sender(at=now(), reason=reason)
    referral.receiver_user_id, referral.lead_unit_id = actor.id, referral.from_unit_id
    pass_to_sender(referral)
    referral.save()
    destroy_content(referral)
    end_offers(actor, referral)
    move_finding(actor, referral, "reopen")
    record(
        actor, "referral.returned", referral, unit=referral.to_unit_id, about=referral.received_household_id,
        number=referral.number, reason=reason,
    )  # fmt: skip
    tell_other_unit(actor, "referral.was_returned", referral, reason=reason, next_on=referral.next_on)
    return referral
