"""Corrections that another unit proposes, with the persons of whom one is meant."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.db.models import QuerySet

from stafette.kernel.actor import Actor
from stafette.people.queries import current_members
from stafette.rights.access import proposals_visible_to
from stafette.rights.fields import word
from stafette.rights.models import CorrectionProposal


@dataclass(frozen=True)
class ProposalCard:
    """What the receiver needs to decide: the fact, both values, who may be meant."""

    proposal: CorrectionProposal
    field: str
    household_id: UUID | None
    persons: list[tuple[str, str]]
    likely: str


def proposals_of_household(*, actor: Actor, household_id: UUID) -> QuerySet[CorrectionProposal]:
    """Open proposals about a household of the actor's unit."""
    found = proposals_visible_to(actor).filter(is_open=True, referral__received_household=household_id)
    return found.select_related("from_unit").order_by("next_on", "id")


def proposal_card(*, actor: Actor, proposal: CorrectionProposal) -> ProposalCard:
    """Put the page together; the person whose name fits is preset, a human decides."""
    household = proposal.referral.received_household_id
    members = current_members(actor=actor).filter(household=household) if household else []
    persons = [(str(member.person_id), member.person.full_name) for member in members]
    likely = next((pk for pk, name in persons if proposal.who and name == proposal.who), "")
    return ProposalCard(proposal, word(proposal.field), household, persons, likely)
