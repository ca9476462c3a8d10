"""What happens to a mail after it was written: it comes back, it is sent again."""

from __future__ import annotations

from uuid import UUID

from stafette.audit.record import record
from stafette.kernel.actor import Actor
from stafette.kernel.clock import now
from stafette.kernel.command import command
from stafette.kernel.permissions import Permission
from stafette.kernel.scope import acting
from stafette.outbox.bouncing import notes_of_bounce
from stafette.outbox.models import Message
from stafette.outbox.posting import hand_over
from stafette.outbox.telling import notify


@command
def note_bounce(*, actor: Actor, message_id: UUID, code: str) -> Message:
    """Keep that a mail came back and tell those who lead the unit; `code` is the server's number, never its words.

    What the mail was about goes its way all the same: the ladder of reminders asks the thing, not the mail.
    """
    message = Message.objects.select_for_update(of=("self",)).get(pk=message_id)
    actor.require(Permission.DUTY_WATCH, unit=message.unit_id)
    if message.state == Message.State.BOUNCED:
        return message
    message.move("bounce")
    message.returned_at, message.try_after, message.failure = now(), None, code
    message.save(update_fields=["state", "returned_at", "try_after", "failure"])
    notify(actor, notes_of_bounce(message))
    record(actor, "mail.bounced", message, unit=message.unit_id, mail=message.kind, code=code)
    return message


@command
def resend_message(*, actor: Actor, message_id: UUID) -> Message:
    """Send a mail again that failed or came back: same text, same address, same Message-ID.

    Whoever may read the unit's mails may do it: it tells nothing new to anybody.
    """
    clerk = _postman(actor, Message.objects.get(pk=message_id).unit_id)
    with acting(clerk):
        message = Message.objects.select_for_update(of=("self",)).get(pk=message_id)
        actor.require(Permission.MAIL_VIEW, unit=message.unit_id)
        message.move("retry")
        message.tries, message.try_after, message.returned_at, message.failure = 0, None, None, ""
        message.save(update_fields=["state", "tries", "try_after", "returned_at", "failure"])
        hand_over(message.pk)
        record(actor, "mail.resent", message, unit=message.unit_id, mail=message.kind)
    return message


def _postman(actor: Actor, unit_id: UUID) -> Actor:
    """Rows of the outbox are changed by the program only; here it does so for somebody who may ask for it."""
    return actor.with_grants((Permission.DUTY_WATCH, unit_id))
