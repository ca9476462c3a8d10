"""Notes become mails: one by one or once a day, as each reader wants it. Run by the worker every minute."""

from __future__ import annotations

import logging
from collections.abc import Iterable
from uuid import UUID

from django.db import transaction

from stafette.accounts.queries import watch_actor
from stafette.kernel.actor import Actor
from stafette.kernel.clock import now
from stafette.kernel.ids import new_id
from stafette.kernel.scope import acting
from stafette.outbox.models import Note
from stafette.outbox.posting import post
from stafette.outbox.queries.readers import readers_of, readers_waiting
from stafette.outbox.rhythm import Parcel, Reader, parcels_for
from stafette.outbox.wording import Line, digest, single

log = logging.getLogger(__name__)
AT_A_TIME = 5_000
IN_PLACE_OF = "deputy:"


def pack() -> int:
    """Pack for everybody for whom something is due, each in a transaction of its own; return how many mails.

    Broken off anywhere it goes on where it stopped: a note and its mail are tied in the same transaction.
    """
    actor = watch_actor()
    with transaction.atomic(), acting(actor):
        waiting = readers_waiting()
    return sum(_pack_safely(actor, user_id) for user_id in waiting)


def _pack_safely(actor: Actor, user_id: UUID) -> int:
    """One reader's trouble must not keep the mails of all others back; the next minute tries again."""
    try:
        return pack_for(actor, user_id)
    except Exception:
        log.exception("notes of account %s could not be packed", user_id)
        return 0


def pack_for(actor: Actor, user_id: UUID) -> int:
    """Write the mails of one reader. Two workers share no note: who comes second finds them locked and goes on."""
    with transaction.atomic(), acting(actor):
        untold = Note.objects.filter(user=user_id, message=None, created_at__lte=now()).order_by(
            "created_at", "id"
        )
        notes = list(untold.select_for_update(of=("self",), skip_locked=True)[:AT_A_TIME])
        reader = readers_of([user_id]).get(user_id)
        if reader is None or not notes:
            return 0
        if reader.deputy_id:
            _tell_deputy(reader.deputy_id, notes)
        parcels = parcels_for(reader, notes, now())
        for parcel in parcels:
            _send(actor, reader, parcel)
        return len(parcels)


def _tell_deputy(deputy_id: UUID, notes: Iterable[Note]) -> None:
    """Let whoever stands in know as well; what one got in somebody's place goes no further."""
    copies = [
        Note(
            id=new_id(),
            user_id=deputy_id,
            unit_id=note.unit_id,
            kind=note.kind,
            reference=note.reference,
            path=note.path,
            due_on=note.due_on,
            key=f"{IN_PLACE_OF}{note.pk}:{deputy_id}",
        )
        for note in notes
        if not note.key.startswith(IN_PLACE_OF)
    ]
    Note.objects.bulk_create(copies, ignore_conflicts=True, batch_size=1_000)


def _send(actor: Actor, reader: Reader, parcel: Parcel) -> None:
    notes: list[Note] = list(parcel.notes)  # type: ignore[arg-type]
    lines = [
        Line(note.kind, note.reference, note.path, note.due_on, note.key.startswith(IN_PLACE_OF))
        for note in notes
    ]
    text = digest(lines) if parcel.is_digest else single(lines[0])
    message = post(
        actor,
        unit_id=parcel.unit_id,
        user_id=reader.user_id,
        address=reader.address,
        kind="digest" if parcel.is_digest else notes[0].kind,
        reference="" if parcel.is_digest else notes[0].reference,
        subject=text.subject,
        body=text.body,
        key=parcel.key,
    )
    Note.objects.filter(pk__in=[note.pk for note in notes]).update(message=message)
