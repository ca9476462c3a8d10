"""A partner opened what was put to it: the crossing is complete only then."""

from __future__ import annotations

from uuid import UUID

from stafette.kernel.actor import Actor
from stafette.kernel.command import command
from stafette.kernel.permissions import Permission
from stafette.protection.commands.disclosures import _log_and_record
from stafette.protection.data import Channel, Decision, Mode, Outsider
from stafette.protection.models import Disclosure


@command
def log_opened(*, actor: Actor, unit_id: UUID, reference: str) -> Disclosure | None:
    """Note that a question was opened, on the ground on which it was asked; nothing where none was logged."""
    actor.require(Permission.REFERRAL_SEND, unit=unit_id)
    asked = Disclosure.objects.filter(unit=unit_id, reference=reference, kind=Channel.QUESTION)
    found = asked.prefetch_related("people").order_by("-at", "-id").first()
    if found is None:
        return None
    outsider = Outsider(found.outsider_id, found.outsider_name) if found.outsider_id else None
    return _log_and_record(
        actor=actor,
        unit_id=unit_id,
        receiver_id=found.receiver_id,
        outsider=outsider,
        household_id=found.household_id,
        reference=reference,
        purpose=found.purpose,
        decision=Decision(Mode(found.mode), found.rule, found.norm, ""),
        categories=found.categories,
        person_count=found.person_count,
        consent_id=found.consent_id,
        kind=Channel.LINK,
        person_ids=[row.person_id for row in found.people.all()],
    )
