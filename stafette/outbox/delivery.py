"""Bringing a mail out: marked, handed to the mail server, settled; each a transaction of its own.

At least once, not exactly once: between the mail server's "accepted" and our note of it the machine may die, and no
program can tell these two apart afterwards. So the mark `sending` is committed before the server is asked, carries a
lease (`try_after`), and what is found in that state when the lease is over goes out again, under the same Message-ID,
by which most mail programs show the second copy as the one they have. There is never a second row.
"""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import Q, QuerySet

from stafette.accounts.queries import watch_actor
from stafette.audit.record import record
from stafette.kernel.actor import Actor
from stafette.kernel.clock import now
from stafette.kernel.scope import acting
from stafette.outbox.commands import note_bounce
from stafette.outbox.models import Message
from stafette.outbox.sending import PAUSES, TRIES, Answer, Verdict, hand_to_server

LEASE = timedelta(minutes=10)  # longer than a mail server may take (settings.EMAIL_TIMEOUT)
GRACE = timedelta(minutes=1)  # in which a new mail's own job comes first
AT_A_TIME = 200
WAITING = (Message.State.QUEUED, Message.State.SENDING)


def deliver(message_id: UUID) -> Answer | None:
    """Bring one mail out; None when there is nothing to do for it now: sent already, or another worker has it."""
    actor = watch_actor()
    message = _claim(actor, message_id)
    if message is None:
        return None
    answer = hand_to_server(message)
    _settle(actor, message_id, answer)
    return answer


def sweep() -> int:
    """Deliver what is due again, what lost its job, and what a crash left half done; return how many got out.

    Stops when the server is down: the others need not spend a try on it as well.
    """
    sent = 0
    for message_id in due_messages(watch_actor()):
        answer = deliver(message_id)
        if answer is None:
            continue
        if answer.is_down:
            break
        sent += answer.verdict is Verdict.ACCEPTED
    return sent


def due_messages(actor: Actor) -> list[UUID]:
    """Ids of mails that may be tried now, the oldest first."""
    with transaction.atomic(), acting(actor):
        found = Message.objects.filter(_due(), state__in=WAITING).order_by("created_at")
        return list(found.values_list("pk", flat=True)[:AT_A_TIME])


def _due() -> Q:
    return Q(try_after__lte=now()) | Q(try_after=None, created_at__lte=now() - GRACE)


def _claim(actor: Actor, message_id: UUID) -> Message | None:
    """Mark the mail as being sent. Who comes second finds the row locked or the lease running, and leaves it."""
    with transaction.atomic(durable=True), acting(actor):
        free = Q(state=Message.State.QUEUED, try_after=None) | Q(try_after__lte=now())
        message = _locked(message_id).filter(free, state__in=WAITING).first()
        if message is None:
            return None
        if message.tries >= TRIES:  # each of them killed the worker
            _give_up(actor, message, "")
            return None
        message.move("begin")
        message.tries += 1
        message.try_after = now() + LEASE
        message.save(update_fields=["state", "tries", "try_after"])
        return message


def _settle(actor: Actor, message_id: UUID, answer: Answer) -> None:
    """Keep what came of it, unless a bounce was faster."""
    with transaction.atomic(durable=True), acting(actor):
        message = _locked(message_id, wait=True).filter(state=Message.State.SENDING).first()
        if message is None:
            return
        if answer.verdict is Verdict.ACCEPTED:
            _accept(message)
        elif answer.verdict is Verdict.NO_SUCH_ADDRESS:
            note_bounce(actor=actor, message_id=message_id, code=answer.code)
        elif answer.verdict is Verdict.REFUSED or message.tries >= TRIES:
            _give_up(actor, message, answer.code)
        else:
            _put_back(message, answer.code)


def _locked(message_id: UUID, *, wait: bool = False) -> QuerySet[Message]:
    return Message.objects.select_for_update(of=("self",), skip_locked=not wait).filter(pk=message_id)


def _accept(message: Message) -> None:
    message.move("send")
    message.sent_at, message.try_after, message.failure = now(), None, ""
    message.save(update_fields=["state", "sent_at", "try_after", "failure"])


def _put_back(message: Message, code: str) -> None:
    message.move("retry")
    message.try_after = now() + PAUSES[message.tries - 1]
    message.failure = code
    message.save(update_fields=["state", "try_after", "failure"])


def _give_up(actor: Actor, message: Message, code: str) -> None:
    """Two days of trying, or a final no: it stands on the status page and can be sent again by hand."""
    message.move("fail")
    message.try_after, message.failure = None, code or message.failure
    message.save(update_fields=["state", "try_after", "failure"])
    record(actor, "mail.failed", message, unit=message.unit_id, tries=message.tries, code=message.failure)
