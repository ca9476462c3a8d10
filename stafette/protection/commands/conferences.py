"""A case conference: several bodies hear the same, each on its own ground."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from uuid import UUID

from django.utils.translation import gettext as _

from stafette.accounts.models import Unit
from stafette.kernel.actor import Actor
from stafette.kernel.clock import today
from stafette.kernel.command import command
from stafette.kernel.errors import BadInput, RuleBroken
from stafette.kernel.permissions import Permission
from stafette.people.queries import current_members
from stafette.protection.commands.disclosures import _log_and_record
from stafette.protection.data import Category, Channel, Decision
from stafette.protection.models import Disclosure
from stafette.protection.queries.conferences import conference_consents
from stafette.protection.queries.deciding import decide


@command
def log_conference(
    *,
    actor: Actor,
    unit_id: UUID,
    household_id: UUID,
    topic: str,
    participants: Collection[UUID],
    person_ids: Sequence[UUID],
    categories: Collection[str],
) -> list[Disclosure]:
    """Write down a case conference before anybody speaks: each unit at the table is a receiver of its own.

    For each of them every person spoken of agreed to this conference, category by category (domain.md 3.4, form 5);
    where the flow rule forbids the way, no consent opens it. One refusal refuses the whole, so that nobody is sent
    out of the room in the middle.
    """
    actor.require(Permission.REFERRAL_SEND, unit=unit_id)
    topic, asked = topic.strip(), [one for one in Category.values if one in set(categories)]
    _check_input(actor, household_id, topic, participants, person_ids, asked)
    sender = Unit.objects.select_related("authority").get(pk=unit_id)
    units = list(Unit.objects.select_related("authority").filter(pk__in=participants).exclude(pk=unit_id))
    if len(units) != len(set(participants)):
        raise BadInput(_("Wählen Sie andere Stellen aus der Liste, die am Tisch sitzen."))
    told = []
    reference = f"FK-{sender.code}"[:24] + f"-{today():%Y%m%d}"
    for unit in units:
        decision = decide(sender=sender, receiver=unit, finding_code="", categories=asked)
        consent_id = _require_ground(actor, household_id, unit, decision, person_ids, asked)
        told.append(
            _log_and_record(
                actor=actor,
                unit_id=unit_id,
                receiver_id=unit.pk,
                household_id=household_id,
                reference=reference,
                purpose=_("Fallkonferenz: {topic}").format(topic=topic)[:300],
                decision=decision,
                categories=asked,
                person_count=len(set(person_ids)),
                consent_id=consent_id,
                kind=Channel.CONFERENCE,
                person_ids=person_ids,
            )
        )
    return told


def _check_input(
    actor: Actor,
    household_id: UUID,
    topic: str,
    participants: Collection[UUID],
    person_ids: Sequence[UUID],
    asked: list[str],
) -> None:
    if not topic or not participants or not asked:
        raise BadInput(_("Nennen Sie Thema, teilnehmende Stellen und worüber gesprochen wird."))
    members = current_members(actor=actor).filter(household=household_id, person__in=person_ids)
    if not person_ids or members.count() != len(set(person_ids)):
        raise BadInput(_("Wählen Sie, über wen gesprochen wird: nur Personen dieses Haushalts."))


def _require_ground(
    actor: Actor,
    household_id: UUID,
    unit: Unit,
    decision: Decision,
    person_ids: Sequence[UUID],
    asked: list[str],
) -> UUID:
    """Return the consent on whose ground this unit may listen; RuleBroken says what is missing."""
    if not decision.is_possible or decision.refused:
        words = ", ".join(str(Category(one).label) for one in asked if one in decision.refused)
        raise RuleBroken(
            _("{unit} darf das nicht erfahren: {words}. {why}").format(
                unit=unit.name, words=words, why=decision.sentence
            )
        )
    consents = conference_consents(actor=actor, household_id=household_id, receiver_id=unit.pk)
    for person in person_ids:
        agreed: set[str] = set()
        for consent in consents:
            if person in {row.person_id for row in consent.people.all() if row.part == "subject"}:
                agreed |= set(consent.categories)
        if missing := [one for one in asked if one not in agreed]:
            words = ", ".join(str(Category(one).label) for one in missing)
            raise RuleBroken(
                _(
                    "Es fehlt die Einwilligung in die Fallkonferenz mit {unit} für: {words}. Holen Sie sie zuerst ein."
                ).format(unit=unit.name, words=words)
            )
    return consents[0].pk
