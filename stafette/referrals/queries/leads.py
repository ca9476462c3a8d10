"""The page of an offer to lead a referral."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from stafette.accounts.queries import finding_labels
from stafette.kernel.actor import Actor
from stafette.referrals.access import transfers_visible_to
from stafette.referrals.explaining import Basis, agreement_words, explain_counted, explain_set, local_day
from stafette.referrals.leads import may_change_lead, permission_of
from stafette.referrals.models import CaseTransfer
from stafette.referrals.queries.notices import ToldOnce, notices_of


@dataclass(frozen=True)
class OfferCard:
    """An offer as the actor sees it: `side` are the steps of the actor's unit, `actions` those that are possible."""

    offer: CaseTransfer
    finding: str
    explanation: str
    is_moot: bool
    side: list[str]
    actions: list[str]
    notices: list[ToldOnce]


def offer_card(*, actor: Actor, offer_id: UUID) -> OfferCard:
    """Put the page together; the offer is one that the actor may see."""
    offers = transfers_visible_to(actor).select_related(
        *("referral__from_unit__authority", "referral__to_unit__authority", "referral__lead_unit"),
        *(
            "from_unit",
            "to_unit__authority",
            "responsible_unit",
            "responsible_user",
            "escalation_unit",
            "offered_by",
            "ended_by",
        ),
    )
    offer = offers.get(pk=offer_id)
    referral = offer.referral
    finding = finding_labels().get(referral.finding_code, referral.finding_code)
    is_moot = not may_change_lead(referral) or referral.lead_unit_id != offer.from_unit_id
    side = []
    if actor.may(permission_of(referral, offer.to_unit_id), unit=offer.to_unit_id):
        side += ["accept", "refuse"]
    if actor.may(permission_of(referral, offer.from_unit_id), unit=offer.from_unit_id):
        side += ["withdraw"]
    return OfferCard(
        offer=offer,
        finding=finding,
        explanation=_explained(offer, finding) if offer.is_open else "",
        is_moot=offer.is_open and is_moot,
        side=side,
        actions=[step for step in side if offer.can(step) and not (step == "accept" and is_moot)],
        notices=notices_of(actor=actor, thing_id=offer.pk),
    )


def _explained(offer: CaseTransfer, finding: str) -> str:
    """Why the answer is due on its day."""
    basis = Basis("offered", local_day(offer.created_at), offer.referral.answer_days, offer.to_unit)
    source = agreement_words(offer.referral, finding)
    return explain_counted(basis, offer.next_on, source=source) or explain_set(offer)
