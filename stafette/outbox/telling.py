"""Telling accounts of something, as part of the step that causes it: no step without its notes, no notes without it."""

from __future__ import annotations

from collections.abc import Sequence

from stafette.kernel.actor import Actor
from stafette.kernel.ids import new_id
from stafette.kernel.permissions import Permission
from stafette.kernel.scope import acting
from stafette.outbox.data import NoteData
from stafette.outbox.models import Note


def notify(actor: Actor, notes: Sequence[NoteData]) -> int:
    """Keep what is to be told, in the running transaction; an occasion (`key`) already told stays told.

    Returns how many notes were handed in. Who acts needs no right for it: the note holds a number and an address of
    ours, and only the program reads it.
    """
    clerk = actor.with_grants(*((Permission.DUTY_WATCH, note.unit_id) for note in notes))
    rows = [Note(id=new_id(), **vars(note)) for note in notes]
    with acting(clerk):
        Note.objects.bulk_create(rows, ignore_conflicts=True, batch_size=5_000)
    return len(rows)
