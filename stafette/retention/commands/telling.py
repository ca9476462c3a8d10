"""Tell units what will be deleted and officers what was not; keep the figures of a run."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from django.urls import reverse

from stafette.accounts.models import Unit
from stafette.accounts.queries import caseworkers_of, home_unit
from stafette.audit.record import record
from stafette.kernel.actor import Actor
from stafette.kernel.command import command
from stafette.kernel.permissions import Permission
from stafette.kernel.rules.retention import retention_class
from stafette.outbox.data import NoteData
from stafette.outbox.telling import notify
from stafette.oversight.queries.officers import officers_of
from stafette.retention.due import Due
from stafette.retention.kinds import Kind
from stafette.retention.models import Announcement, PurgeFigure


@command
def announce(*, actor: Actor, kind: Kind, records: Sequence[Due], day: date) -> int:
    """Put records on the grace list of their units and tell their caseworkers once per day and unit."""
    for unit in {one.unit_id for one in records if one.unit_id}:
        actor.require(Permission.PURGE, unit=unit)
    rows = [
        Announcement(
            unit_id=one.unit_id, kind=kind.label, object_id=one.pk, rule=kind.rule, rule_from=_version(kind),
            event_on=one.event_on, due_on=one.due_on, told_on=day,
        )
        for one in records
        if one.unit_id
    ]  # fmt: skip
    made = Announcement.objects.bulk_create(rows, ignore_conflicts=True, batch_size=1000)
    units = sorted({row.unit_id for row in made})
    notify(actor, [note for unit in units for note in _notes(unit, made, day)])
    for unit in units:
        count = sum(row.unit_id == unit for row in made)
        subject = Unit.objects.get(pk=unit)
        record(actor, "retention.announced", subject, unit=unit, what=kind.label, count=count)
    return len(made)


def _version(kind: Kind) -> date:
    return retention_class(kind.rule).head.valid_from


def _notes(unit: UUID, rows: Sequence[Announcement], day: date) -> list[NoteData]:
    first = min(row.due_on for row in rows if row.unit_id == unit)
    return [
        NoteData(
            user_id=account,
            unit_id=unit,
            kind="purge_announced",
            reference="",
            path=reverse("retention:announced"),
            key=f"purge:{unit}:{day:%Y-%m-%d}:{account}",
            due_on=first,
        )
        for account in caseworkers_of(unit).values_list("pk", flat=True)
    ]


@command
def take_back(*, actor: Actor, kind: Kind, ids: Sequence[UUID]) -> int:
    """Take records off the grace list that are needed again: somebody worked with them since."""
    rows = Announcement.objects.filter(kind=kind.label, object_id__in=ids)
    for unit in set(rows.values_list("unit_id", flat=True)):
        actor.require(Permission.PURGE, unit=unit)
        subject, count = Unit.objects.get(pk=unit), rows.filter(unit_id=unit).count()
        record(actor, "retention.taken_back", subject, unit=unit, what=kind.label, count=count)
    return rows.delete()[0]


@command
def note_figures(
    *, actor: Actor, day: date, figures: Mapping[tuple[UUID, str, str], Mapping[str, int]]
) -> None:
    """Keep what the run of a day found and did; a second run of the day adds what it deleted."""
    home = home_unit()
    actor.require(Permission.PURGE, unit=home)
    for (unit, kind, rule), counts in figures.items():
        row, _made = PurgeFigure.objects.get_or_create(unit_id=unit, run_on=day, kind=kind, rule=rule)
        row.deleted += counts.get("deleted", 0)
        row.due = counts.get("due", 0) + row.deleted - counts.get("deleted", 0)
        row.held, row.overdue = counts.get("held", 0), counts.get("overdue", 0)
        row.save()
    totals: dict[str, Any] = {
        name: sum(counts.get(name, 0) for counts in figures.values())
        for name in ("due", "deleted", "held", "overdue")
    }
    record(actor, "retention.run", Unit.objects.get(pk=home), unit=home, day=day, **totals)


@command
def alert_officers(*, actor: Actor, units: Sequence[UUID], day: date) -> int:
    """Tell the data protection officers that something should be gone and is not: once a day."""
    home = home_unit()
    actor.require(Permission.PURGE, unit=home)
    told = {account: unit for unit in units for account in officers_of([unit])}
    notes = [
        NoteData(
            user_id=account,
            unit_id=unit,
            kind="purge_overdue",
            reference="",
            path=reverse("retention:report"),
            key=f"overdue:{day:%Y-%m-%d}:{account}",
        )
        for account, unit in told.items()
    ]
    record(actor, "retention.overdue", Unit.objects.get(pk=home), unit=home, day=day, units=len(set(units)))
    return notify(actor, notes)
