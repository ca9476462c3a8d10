"""The lead of a referral moves to the other unit: offered, taken over or refused; nobody is made to lead."""

from __future__ import annotations

from uuid import UUID

from django.utils.translation import gettext as _

from stafette.kernel.actor import Actor
from stafette.kernel.clock import now, today
from stafette.kernel.command import command
from stafette.kernel.errors import BadInput, NotAllowed, RuleBroken
from stafette.referrals.deadlines import dates_after
from stafette.referrals.lasting import move_follow_ups
from stafette.referrals.leads import may_change_lead, open_offer, other_side, permission_of
from stafette.referrals.leads import record_offer as _record_offer
from stafette.referrals.models import CaseTransfer, Referral
from stafette.referrals.steps import holder, locked


@command
def offer_lead(*, actor: Actor, referral_id: UUID, reason: str, version: int | None = None) -> CaseTransfer:
    """Ask the other unit to lead from now on; until it answers, nothing changes.

    It has as long for its answer as the pair agreed on for answers, and the offer lies on its desk like anything else.
    """
    referral = locked(referral_id, version)
    actor.require(permission_of(referral, referral.lead_unit_id), unit=referral.lead_unit_id)
    if reason not in CaseTransfer.Reason.values:
        raise BadInput(_("Wählen Sie einen Grund aus der Liste."))
    if not may_change_lead(referral):
        raise RuleBroken(
            _("Die Federführung kann nur wechseln, wenn die andere Stelle die Familie angenommen hat.")
        )
    if open_offer(referral) is not None:
        raise RuleBroken(_("Die Federführung ist schon angeboten. Warten Sie auf die Antwort."))
    offer = _offer(actor, referral, reason)
    offer.save(force_insert=True)
    _record_offer(actor, referral, offer, "lead.offered", "lead.arrived")
    return offer


def _offer(actor: Actor, referral: Referral, reason: str) -> CaseTransfer:
    unit = other_side(referral)
    known = referral.sender_user_id if unit.pk == referral.from_unit_id else referral.receiver_user_id
    offer = CaseTransfer(
        number=referral.number,
        referral=referral,
        from_unit_id=referral.lead_unit_id,
        to_unit=unit,
        reason=reason,
        offered_by_id=actor.id,
        escalation_unit_id=referral.escalation_unit_id,
        version=0,
    )
    offer.pass_baton(
        unit_id=unit.pk,
        user_id=holder(unit, known, referral.number),
        dates=dates_after(today(), referral.answer_days, unit=unit),
    )
    return offer


@command
def accept_lead(*, actor: Actor, offer_id: UUID, version: int | None = None) -> CaseTransfer:
    """Lead from now on: what was planned to ask later ends at the former unit and is planned anew here."""
    offer, referral = _locked(offer_id, version)
    actor.require(permission_of(referral, offer.to_unit_id), unit=offer.to_unit_id)
    if not may_change_lead(referral) or referral.lead_unit_id != offer.from_unit_id:
        raise RuleBroken(
            _("Die Übergabe steht inzwischen anders; die Federführung bleibt, wo sie ist. Lehnen Sie ab.")
        )
    offer.end("accept", at=now(), by_id=actor.id)
    offer.save()
    referral.lead_unit_id = offer.to_unit_id
    referral.version += 1
    referral.save(update_fields=["lead_unit", "version"])
    move_follow_ups(actor, referral)
    _record_offer(actor, referral, offer, "lead.was_accepted", "lead.accepted")
    return offer


@command
def refuse_lead(*, actor: Actor, offer_id: UUID, version: int | None = None) -> CaseTransfer:
    """Leave the lead where it is."""
    offer, referral = _locked(offer_id, version)
    actor.require(permission_of(referral, offer.to_unit_id), unit=offer.to_unit_id)
    offer.end("refuse", at=now(), by_id=actor.id)
    offer.save()
    _record_offer(actor, referral, offer, "lead.was_refused", "lead.refused")
    return offer


@command
def withdraw_offer(*, actor: Actor, offer_id: UUID, version: int | None = None) -> CaseTransfer:
    """Take an offer back before it was answered."""
    offer, referral = _locked(offer_id, version)
    actor.require(permission_of(referral, offer.from_unit_id), unit=offer.from_unit_id)
    offer.end("withdraw", at=now(), by_id=actor.id)
    offer.save()
    _record_offer(actor, referral, offer, "lead.withdrawn", "lead.taken_back")
    return offer


def _locked(offer_id: UUID, version: int | None) -> tuple[CaseTransfer, Referral]:
    """Lock the referral first, then its offer, as every step does that touches both."""
    found = CaseTransfer.objects.filter(pk=offer_id).values_list("referral", flat=True).first()
    if found is None:
        raise NotAllowed(_("Dieses Angebot dürfen Sie nicht bearbeiten, oder es gibt es nicht."))
    referral = locked(found, None)
    offer = CaseTransfer.objects.select_for_update(of=("self",)).get(pk=offer_id)
    offer.expect_version(version)
    return offer, referral
