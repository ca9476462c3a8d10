"""Who leads a referral: asks later whether it lasted. The page and the commands ask here whether the lead may move."""

from __future__ import annotations

from uuid import UUID

from stafette.accounts.models import Unit
from stafette.audit.record import record
from stafette.kernel.actor import Actor
from stafette.kernel.clock import now
from stafette.kernel.permissions import Permission
from stafette.kernel.scope import acting
from stafette.referrals.models import CaseTransfer, Referral

State = Referral.State
LEADABLE = {
    *(State.ACCEPTED, State.REACHED, State.NOT_REACHED, State.SUSPENDED),
    *(State.CLOSED, State.DONE),
}


def other_side(referral: Referral) -> Unit:
    """The unit that does not lead, and may be asked to."""
    return referral.to_unit if referral.lead_unit_id == referral.from_unit_id else referral.from_unit


def household_of(referral: Referral, unit_id: UUID) -> UUID | None:
    """The household in the books of one of the two units."""
    return referral.household_id if unit_id == referral.from_unit_id else referral.received_household_id


def permission_of(referral: Referral, unit_id: UUID) -> Permission:
    """What the staff of one of the two units must be allowed to do."""
    at_sender = unit_id == referral.from_unit_id
    return Permission.REFERRAL_SEND if at_sender else Permission.REFERRAL_ANSWER


def may_change_lead(referral: Referral) -> bool:
    """Tell whether the other unit could lead: it has taken the family over and has its own record of it."""
    other = other_side(referral)
    return referral.state in LEADABLE and household_of(referral, other.pk) is not None


def open_offer(referral: Referral) -> CaseTransfer | None:
    """The offer that waits for an answer."""
    offers = CaseTransfer.objects.filter(referral=referral, is_open=True)
    return offers.select_related("from_unit", "to_unit", "responsible_user").first()


def end_offers(actor: Actor, referral: Referral) -> int:
    """Withdraw what was offered when the referral itself goes another way, in the books of both units."""
    units = (referral.from_unit_id, referral.to_unit_id)
    needed = (Permission.REFERRAL_VIEW, Permission.REFERRAL_SEND)
    clerk = actor.with_grants(*((permission, unit) for unit in units for permission in needed))
    with acting(clerk):
        offers = CaseTransfer.objects.select_for_update(of=("self",)).filter(referral=referral, is_open=True)
        for offer in (found := list(offers)):
            offer.end("withdraw", at=now(), by_id=actor.id)
            offer.save()
            record_offer(clerk, referral, offer, "lead.withdrawn", "lead.taken_back")
        return len(found)


def record_offer(actor: Actor, referral: Referral, offer: CaseTransfer, at_giver: str, at_taker: str) -> None:
    """Write a step into the books of both units, on the timeline of the referral and of each one's household."""
    for kind, unit in ((at_giver, offer.from_unit_id), (at_taker, offer.to_unit_id)):
        record(
            actor, kind, referral, unit=unit, about=household_of(referral, unit),
            number=referral.number, offer=offer.pk, next_on=offer.next_on,
        )  # fmt: skip
