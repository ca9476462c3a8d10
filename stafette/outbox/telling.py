"""Telling accounts of something, as part of the step that causes it: no step without its notes, no notes without it."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import connection

from stafette.kernel.actor import Actor
from stafette.kernel.clock import now
from stafette.kernel.ids import new_id
from stafette.kernel.permissions import Permission
from stafette.kernel.scope import acting
from stafette.outbox.data import NoteData

COLUMNS = ("user_id", "unit_id", "kind", "reference", "path", "key", "due_on")
KEEP = """
insert into outbox_note (id, created_at, user_id, unit_id, kind, reference, path, key, due_on)
select n.id, %s, n.user_id, n.unit_id, n.kind, n.reference, n.path, n.key, n.due_on
from unnest(%s::uuid[], %s::uuid[], %s::uuid[], %s::text[], %s::text[], %s::text[], %s::text[], %s::date[])
  as n(id, user_id, unit_id, kind, reference, path, key, due_on)
on conflict (key) do nothing
"""


def notify(actor: Actor, notes: Sequence[NoteData]) -> int:
    """Keep what is to be told, in the running transaction; an occasion (`key`) already told stays told.

    Returns how many notes were handed in. Who acts needs no right for it: the note holds a number and an address of
    ours, and only the program reads it. One statement, because a deadline run tells thousands of things.
    """
    if not notes:
        return 0
    clerk = actor.with_grants(*((Permission.DUTY_WATCH, unit) for unit in {note.unit_id for note in notes}))
    columns = [
        [new_id() for _note in notes],
        *([getattr(note, name) for note in notes] for name in COLUMNS),
    ]
    with acting(actor if clerk.grants == actor.grants else clerk), connection.cursor() as cursor:
        cursor.execute(KEEP, [now(), *columns])
    return len(notes)
