"""The receiver decides about a correction that another unit proposes."""

from __future__ import annotations

from uuid import UUID

from django.utils.translation import gettext as _

from stafette.audit.record import record
from stafette.kernel.actor import Actor
from stafette.kernel.clock import now
from stafette.kernel.command import command
from stafette.kernel.errors import BadInput, NotAllowed
from stafette.kernel.permissions import Permission
from stafette.people.commands import change_person
from stafette.people.models import HouseholdMember, Person
from stafette.people.queries import data_of
from stafette.rights.fields import changed
from stafette.rights.models import CorrectionProposal


@command
def take_proposal(
    *, actor: Actor, proposal_id: UUID, person_id: UUID, version: int | None = None
) -> CorrectionProposal:
    """Take the correction into one's own books, for the person that a human picked; the old value stays there, too."""
    proposal = _locked(proposal_id, version)
    actor.require(Permission.RIGHTS_EDIT, unit=proposal.to_unit_id)
    household = proposal.referral.received_household_id
    person = Person.objects.filter(pk=person_id, unit=proposal.to_unit_id).first()
    lives = HouseholdMember.objects.filter(household=household, person=person_id).exists()
    if person is None or not lives:
        raise BadInput(_("Wählen Sie, um welche Person dieses Haushalts es geht."))
    after = changed(data_of(person), proposal.field, proposal.new)
    if after != data_of(person):
        change_person(
            actor=actor, person_id=person.pk, data=after, source="referral",
            source_date=proposal.corrected_on, about=household,
        )  # fmt: skip
    _decide(actor, proposal, "take")
    record(
        actor, "proposal.taken", proposal, unit=proposal.to_unit_id, about=household,
        number=proposal.number, field=proposal.field,
    )  # fmt: skip
    return proposal


@command
def leave_proposal(*, actor: Actor, proposal_id: UUID, version: int | None = None) -> CorrectionProposal:
    """Keep one's own value; what the other unit proposed is thrown away."""
    proposal = _locked(proposal_id, version)
    actor.require(Permission.RIGHTS_EDIT, unit=proposal.to_unit_id)
    _decide(actor, proposal, "leave")
    record(
        actor, "proposal.left", proposal, unit=proposal.to_unit_id,
        about=proposal.referral.received_household_id, number=proposal.number, field=proposal.field,
    )  # fmt: skip
    return proposal


def _decide(actor: Actor, proposal: CorrectionProposal, move: str) -> None:
    proposal.decide(move, at=now(), by_id=actor.id)
    proposal.save()


def _locked(proposal_id: UUID, version: int | None) -> CorrectionProposal:
    found = CorrectionProposal.objects.select_for_update(of=("self",)).select_related("referral")
    proposal = found.filter(pk=proposal_id).first()
    if proposal is None:
        raise NotAllowed(_("Über diesen Vorschlag entscheidet eine andere Stelle, oder es gibt ihn nicht."))
    proposal.expect_version(version)
    return proposal
