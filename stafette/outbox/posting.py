"""Putting a mail into the outbox, as part of the step that causes it: no step without its mail, no mail without it."""

from __future__ import annotations

from urllib.parse import urlsplit
from uuid import UUID

from django.conf import settings

from stafette.kernel.actor import Actor
from stafette.kernel.ids import new_id
from stafette.kernel.permissions import Permission
from stafette.kernel.scope import acting
from stafette.outbox.models import Message
from stafette.web import jobs

DELIVER, QUEUE = "stafette.outbox.tasks.deliver", "mails"


def link(path: str) -> str:
    """Return the whole address of a page of ours, as a mail needs it."""
    return settings.STAFETTE_URL + path


def post(
    actor: Actor,
    *,
    unit_id: UUID,
    address: str,
    kind: str,
    reference: str,
    subject: str,
    body: str,
    key: str,
    user_id: UUID | None = None,
) -> Message:
    """Write a mail in the running transaction and hand its delivery to the worker in the same one.

    `key` names the occasion: the same key again returns the mail that is already there, and nothing goes out twice.
    It stands in the books of `unit_id`, whose staff may read it. Who acts needs no right for it: the text holds a
    number and an address of ours, never a name and no content; whoever calls answers for that.
    """
    message = _draft(unit_id, address, kind, reference, subject, body, key, user_id)
    with acting(actor.with_grants((Permission.DUTY_WATCH, unit_id))):
        Message.objects.bulk_create([message], ignore_conflicts=True)
        kept = Message.objects.get(key=key)
        if kept.pk == message.pk:
            hand_over(message.pk)
    return kept


def hand_over(message_id: UUID) -> None:
    """Ask the worker to deliver; rolled back with the transaction like everything else."""
    jobs.hand_over(DELIVER, queue=QUEUE, message_id=str(message_id))


def _draft(
    unit_id: UUID,
    address: str,
    kind: str,
    reference: str,
    subject: str,
    body: str,
    key: str,
    user_id: UUID | None,
) -> Message:
    """Give the mail its Message-ID at once: each try goes out under the same one."""
    number = new_id()
    host = urlsplit(settings.STAFETTE_URL).hostname or "localhost"
    return Message(
        id=number,
        unit_id=unit_id,
        user_id=user_id,
        address=address,
        kind=kind,
        reference=reference,
        subject=" ".join(subject.split()),
        body=body,
        key=key,
        message_id=f"<{number}@{host}>",
    )
