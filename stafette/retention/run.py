"""The nightly run: announce what will be due, delete what is due, say what could not be deleted.

Each batch is a transaction of its own: a run that was killed goes on where it ended, and what is deleted is not due
again. A table that refuses does not stop the others; what stays shows as overdue and the officers are told.
"""

from __future__ import annotations

import logging
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from itertools import islice
from typing import TypeVar
from uuid import UUID

from django.db import DatabaseError, transaction

from stafette.accounts.queries import home_unit
from stafette.kernel.actor import Actor
from stafette.kernel.clock import today
from stafette.kernel.permissions import Permission
from stafette.kernel.scope import acting
from stafette.retention import commands, door, marks
from stafette.retention.acting import purge_actor
from stafette.retention.due import BATCH, Due, due, held
from stafette.retention.kinds import LOG, Kind, kinds
from stafette.retention.models import Announcement
from stafette.retention.periods import last_event_due, limit
from stafette.retention.starts import end_of
from stafette.retention.words import kind_word

log = logging.getLogger(__name__)
T = TypeVar("T")
LOG_RULE = "L14"


@dataclass
class Run:
    """One run on one day; `figures` counts per unit, kind and rule."""

    actor: Actor
    day: date
    is_dry: bool = False
    figures: dict[tuple[UUID, str, str], Counter[str]] = field(default_factory=lambda: defaultdict(Counter))

    def count(self, kind: Kind, name: str, records: Iterable[Due]) -> None:
        """Add to the figures, in the books of the record's unit."""
        home = home_unit()
        for one in records:
            self.figures[one.unit_id or home, kind.label, kind.rule][name] += 1

    def totals(self) -> dict[str, int]:
        """Sum up over units and kinds."""
        sums: Counter[str] = Counter()
        for counts in self.figures.values():
            sums.update(counts)
        return dict(sums)


def run_retention(day: date | None = None, *, dry: bool = False) -> Run:
    """Do the deletion of a day, or with `dry` only tell what it would do; returns what it counted."""
    run = Run(purge_actor(), day or today(), is_dry=dry)
    if not run.actor.grants:
        return run
    for kind in kinds():
        if kind.is_announced:
            _announce(run, kind)
            _delete_announced(run, kind)
        else:
            _delete_at_once(run, kind)
    _cut_log(run)
    if not dry:
        commands.forget_marks(actor=run.actor, before=end_of(limit("tombstone", run.day).before(run.day)))
        commands.note_figures(actor=run.actor, day=run.day, figures=run.figures)
        late = sorted({unit for (unit, _kind, _rule), counts in run.figures.items() if counts["overdue"]})
        if late:
            commands.alert_officers(actor=run.actor, units=late, day=run.day)
    return run


def _announce(run: Run, kind: Kind) -> None:
    """Put on the grace list what will be due within its days, and take off what is needed again."""
    by = limit("grace", run.day).after(run.day)
    with acting(run.actor):
        known = set(Announcement.objects.filter(kind=kind.label).values_list("object_id", flat=True))
        coming = list(due(kind, run.actor, by=by))
    new = [one for one in coming if one.pk not in known]
    run.count(kind, "announced", new)
    if run.is_dry:
        return
    for batch in _batches(new):
        commands.announce(actor=run.actor, kind=kind, records=batch, day=run.day)
    stale = known - {one.pk for one in coming}
    for ids in _batches(sorted(stale)):
        commands.take_back(actor=run.actor, kind=kind, ids=ids)


def _delete_announced(run: Run, kind: Kind) -> None:
    """Delete what is due and was on the grace list long enough, but for what is held up."""
    told = limit("grace", run.day).before(run.day)
    with acting(run.actor):
        now_due = list(due(kind, run.actor, by=run.day))
        warned = set(
            Announcement.objects.filter(kind=kind.label, told_on__lte=told, due_on__lte=run.day).values_list(
                "object_id", flat=True
            )
        )
        kept = {pk for ids in _batches([one.pk for one in now_due]) for pk in held(kind, ids, day=run.day)}
    run.count(kind, "due", now_due)
    run.count(kind, "held", (one for one in now_due if one.pk in kept))
    ready = [one for one in now_due if one.pk in warned and one.pk not in kept]
    gone = _delete(run, kind, ready)
    left = [one for one in now_due if one.pk not in kept and one.pk not in gone]
    run.count(kind, "overdue", (one for one in left if not run.is_dry or one.pk not in warned))


def _delete(run: Run, kind: Kind, records: list[Due]) -> set[UUID]:
    gone: set[UUID] = set()
    for batch in _batches(records):
        if run.is_dry:
            run.count(kind, "would_go", batch)
            continue
        try:
            commands.delete_records(actor=run.actor, kind=kind, records=batch)
        except DatabaseError:
            log.exception("%s records of %s could not be deleted", len(batch), kind.label)
            continue
        run.count(kind, "deleted", batch)
        gone |= {one.pk for one in batch}
    if gone:
        _keep_marks(run)
    return gone


def _delete_at_once(run: Run, kind: Kind) -> None:
    """Delete what no unit needs to be told of, batch by batch, until nothing is due any more."""
    while True:
        with acting(run.actor):
            batch = list(islice(due(kind, run.actor, by=run.day), None if run.is_dry else BATCH))
        if not batch:
            return
        run.count(kind, "due", batch)
        if not _delete(run, kind, batch):
            if not run.is_dry:
                run.count(kind, "overdue", batch)
            return


def _cut_log(run: Run) -> None:
    """Cut the log where its period is over; what a younger entry of its lane keeps back is overdue."""
    last = last_event_due(LOG_RULE, run.day)
    if last is None:
        return
    before, home = end_of(last), home_unit()
    figures = run.figures[home, LOG, LOG_RULE]
    with acting(run.actor):
        figures["due"] += door.log_due(before)
    if run.is_dry:
        figures["would_go"] += figures["due"]
        return
    figures["deleted"] += commands.cut_log(actor=run.actor, before=before)
    with acting(run.actor):
        figures["overdue"] += door.log_due(before)


def _keep_marks(run: Run) -> None:
    with transaction.atomic(), acting(run.actor):
        marks.sync()


def _batches(things: Iterable[T]) -> Iterator[list[T]]:
    source = iter(things)
    while batch := list(islice(source, BATCH)):
        yield batch


@dataclass(frozen=True)
class Preview:
    """What a run would do with one kind of records in the units of whoever asks."""

    kind: str
    rule: str
    announced: int
    due: int
    would_go: int
    held: int


def preview(*, actor: Actor) -> list[Preview]:
    """Tell what a run of today would do; counts only, of the units whose deletion the actor may see."""
    run, mine = run_retention(dry=True), actor.units(Permission.RETENTION_VIEW)
    sums: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    for (unit, kind, rule), counts in run.figures.items():
        if unit in mine:
            sums[kind, rule].update(counts)
    names = ("announced", "due", "would_go", "held")
    found = [
        Preview(kind_word(kind), rule, *(counts[name] for name in names))
        for (kind, rule), counts in sums.items()
        if counts.total()
    ]
    return sorted(found, key=lambda line: line.kind)
