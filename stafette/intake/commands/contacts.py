"""Count a short contact, take it back."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _

from stafette.audit.record import record
from stafette.intake.codes import Origin, TargetGroup
from stafette.intake.models import ShortContact
from stafette.intake.queries.contacts import UNDO_MINUTES, current_topics
from stafette.intake.queries.counter import known_given
from stafette.kernel.actor import Actor
from stafette.kernel.clock import now, today
from stafette.kernel.command import command
from stafette.kernel.errors import BadInput, RuleBroken
from stafette.kernel.permissions import Permission
from stafette.materials.commands import ask_question


@command
def count_contact(
    *,
    actor: Actor,
    unit_id: UUID,
    topics: Sequence[str],
    result: str,
    language: str = "",
    channel: str = ShortContact.Channel.COUNTER,
    target_group: str = "",
    origin: str = "",
    services: Sequence[str] = (),
    sheets: Sequence[str] = (),
    given_language: str = "",
    question: str = "",
    once: UUID | None = None,
) -> ShortContact:
    """Count somebody who asked something at the counter, without who it was.

    `services` and `sheets` are the codes of what was given along in `given_language`; a code of an entry that ended
    meanwhile is left out, because the paper in somebody's hand cannot be called back. A `question` that could not be
    answered goes to the editors, and the contact counts as unsolved. `once` marks one sending of the form: sent twice,
    it is counted once.
    """
    actor.require(Permission.CONTACT_COUNT, unit=unit_id)
    topic_list = current_topics()
    if topic_list is None:
        raise RuleBroken(
            _("Es gibt noch keine Themenliste. Bitten Sie die Administration, sie zu veröffentlichen.")
        )
    known = [topic.code for topic in topic_list.read().topics]
    if not topics or not set(topics) <= set(known):
        raise BadInput(_("Wählen Sie mindestens ein Thema aus der Liste."))
    if result not in ShortContact.Result.values or channel not in ShortContact.Channel.values:
        raise BadInput(_("Wählen Sie Ergebnis und Weg aus der Liste."))
    if target_group not in ("", *TargetGroup.values) or origin not in ("", *Origin.values):
        raise BadInput(_("Wählen Sie Zielgruppe und Herkunft aus der Liste."))
    if once and (sent := ShortContact.objects.filter(unit=unit_id, once=once).first()):
        return sent
    given = known_given(services, sheets)
    contact = ShortContact(
        unit_id=unit_id,
        counted_on=today(),
        hour=timezone.localtime(now()).hour,
        topics=sorted(set(topics), key=known.index),
        topic_list=topic_list,
        language=language,
        channel=channel,
        result=ShortContact.Result.UNSOLVED if question.strip() else result,
        target_group=target_group,
        origin=origin,
        services=given.services,
        sheets=given.sheets,
        given_language=given_language if given else "",
        once=once,
    )
    contact.save(force_insert=True)
    details: dict[str, Any] = {"services": contact.services, "sheets": contact.sheets} if given else {}
    record(
        actor,
        "contact.counted",
        contact,
        unit=unit_id,
        topics=contact.topics,
        result=contact.result,
        **details,
    )
    if question.strip():
        ask_question(actor=actor, unit_id=unit_id, topics=contact.topics, language=language, text=question)
    return contact


@command
def undo_contact(*, actor: Actor, contact_id: UUID) -> ShortContact:
    """Take back a contact that was counted by mistake, within a quarter of an hour."""
    contact = ShortContact.objects.select_for_update(of=("self",)).get(pk=contact_id)
    actor.require(Permission.CONTACT_COUNT, unit=contact.unit_id)
    if contact.created_at < now() - timedelta(minutes=UNDO_MINUTES):
        raise RuleBroken(_("Der Kontakt ist schon länger gezählt und lässt sich nicht mehr zurücknehmen."))
    contact.end("undo", at=now())
    contact.save(update_fields=["state", "ended_at"])
    record(actor, "contact.undone", contact, unit=contact.unit_id)
    return contact
