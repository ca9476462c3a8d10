"""Prove every crossing of data."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from uuid import UUID

from stafette.audit.record import record
from stafette.kernel.actor import Actor
from stafette.kernel.clock import now
from stafette.kernel.command import command
from stafette.kernel.permissions import Permission
from stafette.protection.data import INTERNAL, Channel, Decision, Outsider, outsider_columns
from stafette.protection.models import Disclosure, DisclosurePerson


@command
def log_disclosure(
    *,
    actor: Actor,
    unit_id: UUID,
    receiver_id: UUID | None = None,
    outsider: Outsider | None = None,
    household_id: UUID | None,
    reference: str,
    purpose: str,
    decision: Decision,
    categories: Sequence[str],
    person_count: int,
    consent_id: UUID | None = None,
    kind: str = Channel.REFERRAL,
    person_ids: Collection[UUID] = (),
) -> Disclosure:
    """Prove one passing-on: what kind of data went to whom on which ground, never the data themselves.

    `person_ids` names whom it told something about, so that each of them can be told alone. An export, a print or
    a letter stays in the unit: whoever may see the records may have made it.
    """
    needed = Permission.REFERRAL_VIEW if kind in INTERNAL else Permission.REFERRAL_SEND
    actor.require(needed, unit=unit_id)
    return _log_and_record(
        actor=actor,
        unit_id=unit_id,
        receiver_id=receiver_id,
        outsider=outsider,
        household_id=household_id,
        reference=reference,
        purpose=purpose,
        decision=decision,
        categories=categories,
        person_count=person_count,
        consent_id=consent_id,
        kind=kind,
        person_ids=person_ids,
    )


def _log_and_record(
    *,
    actor: Actor,
    unit_id: UUID,
    receiver_id: UUID | None = None,
    outsider: Outsider | None = None,
    household_id: UUID | None,
    reference: str,
    purpose: str,
    decision: Decision,
    categories: Sequence[str],
    person_count: int,
    consent_id: UUID | None = None,
    kind: str,
    person_ids: Collection[UUID],
) -> Disclosure:
    disclosure = Disclosure(
        unit_id=unit_id,
        receiver_id=receiver_id,
        **outsider_columns(outsider),
        household_id=household_id,
        consent_id=consent_id,
        kind=Channel(kind),
        actor_id=actor.id,
        actor_label=actor.label,
        reference=reference,
        purpose=purpose,
        rule=decision.rule,
        mode=decision.mode,
        norm=decision.norm,
        categories=list(categories),
        person_count=person_count,
        at=now(),
    )
    disclosure.save(force_insert=True)
    DisclosurePerson.objects.bulk_create(
        DisclosurePerson(unit_id=unit_id, disclosure=disclosure, person_id=one)
        for one in dict.fromkeys(person_ids)
    )
    record(
        actor, "disclosure.logged", disclosure, unit=unit_id, about=household_id,
        receiver=receiver_id, outsider=disclosure.outsider_id, rule=decision.rule, mode=decision.mode,
        channel=disclosure.kind, categories=list(categories), persons=person_count,
    )  # fmt: skip
    return disclosure
