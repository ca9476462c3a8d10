"""After a backup was restored: what had been deleted since goes again, known by its tombstones in the file."""

from __future__ import annotations

from collections import Counter
from itertools import islice
from uuid import UUID

from stafette.kernel.clock import today
from stafette.kernel.scope import acting
from stafette.retention import commands, marks
from stafette.retention.acting import purge_actor
from stafette.retention.due import BATCH, Due
from stafette.retention.kinds import kind_of

RULE = "restore"


def delete_again() -> dict[str, int]:
    """Compare every record of each kind in the file with the tombstones; returns how many went again, per kind.

    A hold in the backup does not bring back what was deleted: it had been lifted before, or the record would not
    have gone.
    """
    actor = purge_actor()
    known: dict[str, set[str]] = {}
    for mark in marks.read():
        known.setdefault(mark.kind, set()).add(mark.digest)
    counts: Counter[str] = Counter()
    for label, digests in known.items():
        kind = kind_of(label)
        with acting(actor):
            columns = ("pk", kind.owner or "pk")
            rows = kind.rows(actor).order_by().values_list(*columns).iterator(chunk_size=BATCH)
            back: list[tuple[UUID, UUID]] = [row for row in rows if marks.digest(label, row[0]) in digests]
        source = iter(back)
        while batch := list(islice(source, BATCH)):
            records = [Due(pk, unit, today(), today()) for pk, unit in batch]
            commands.delete_records(actor=actor, kind=kind, records=records, rule=RULE)
            counts[label] += len(batch)
    if counts:
        with acting(actor):
            marks.sync()
    return dict(counts)
