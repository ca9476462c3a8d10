"""Which records are due: the start of each kind, the period of its class, and what holds it up."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from itertools import islice
from typing import Any
from uuid import UUID

from django.apps import apps
from django.db import models
from django.db.models import Max, QuerySet
from django.utils import timezone

from stafette.kernel.actor import Actor
from stafette.kernel.keeping import Asked, From
from stafette.kernel.kin import children
from stafette.kernel.rules.retention import delete_on
from stafette.people.models import ClosedFile, Household, HouseholdMember, Person
from stafette.retention import starts
from stafette.retention.kinds import Kind
from stafette.retention.models import Activity, Hold
from stafette.retention.periods import last_event_due

BATCH = 1000


@dataclass(frozen=True)
class Due:
    """A record whose period has begun: whose it is, since when it runs, when it must be gone."""

    pk: UUID
    unit_id: UUID | None
    event_on: date
    due_on: date


def due(kind: Kind, actor: Actor, *, by: date, ids: Collection[UUID] | None = None) -> Iterator[Due]:
    """Yield the records of a kind that must be gone by a day, held up or not."""
    last = last_event_due(kind.rule, by)
    if last is None or (ids is not None and not ids):
        return
    rows, event = _begun(kind, kind.rows(actor), last)
    if ids is not None:
        rows = rows.filter(pk__in=ids)
    columns = ["pk", kind.owner or "pk", *([event] if event else [])]
    found = iter(rows.order_by().values_list(*columns).iterator(chunk_size=BATCH))
    while batch := list(islice(found, BATCH)):
        days = {} if event else _last_days([row[0] for row in batch], kind)
        for row in batch:
            event_on = _day(row[2]) if event else days[row[0]]
            due_on = delete_on(kind.rule, event_on)
            if due_on is not None and due_on <= by:
                yield Due(row[0], row[1] if kind.owner else None, event_on, due_on)


def _begun(kind: Kind, rows: QuerySet[Any], last: date) -> tuple[QuerySet[Any], str]:
    if isinstance(kind.starts, From):
        return rows.filter(starts.until(kind.model, kind.starts.column, last)), kind.starts.column
    assert isinstance(kind.starts, Asked)
    rows = starts.QUESTIONS[kind.starts.question](rows, last)
    return rows, "event" if "event" in rows.query.annotations else ""


def _day(moment: date | datetime) -> date:
    return timezone.localtime(moment).date() if isinstance(moment, datetime) else moment


def _last_days(ids: list[UUID], kind: Kind) -> dict[UUID, date]:
    """The last activity of files or persons: the youngest date of everything that hangs on them."""
    found = {
        pk: _day(at)
        for pk, at in kind.model._default_manager.filter(pk__in=ids).values_list("pk", "created_at")
    }
    for child, field in children(kind.model):
        if child._meta.label in starts.NO_ACTIVITY - {Activity._meta.label}:
            continue
        for pk, *moments in _youngest(child, field, ids):
            found[pk] = max([found[pk], *(_day(moment) for moment in moments if moment is not None)])
    if kind.model is Household:
        people = dict(HouseholdMember.objects.filter(household__in=ids).values_list("person", "household"))
        for person_id, day in _last_days(list(people), _person_kind()).items():
            found[people[person_id]] = max(found[people[person_id]], day)
    return found


def _person_kind() -> Kind:
    return Kind(Person, "L4", Asked("person"))


def _youngest(
    child: type[models.Model], field: models.ForeignKey[Any, Any], ids: list[UUID]
) -> Iterator[tuple[Any, ...]]:
    named = {"created_at"} if child is not Activity else {"last_on"}
    declared = getattr(child.Privacy, "starts", None)  # type: ignore[attr-defined]
    if isinstance(declared, From):
        named.add(declared.column)
    if declared == Asked("consent"):
        named.add("withdrawn_at")
    if declared == Asked("talk"):
        named.add("finished_at")
    columns = [one.name for one in child._meta.concrete_fields if one.name in named]
    rows = child._default_manager.filter(**{f"{field.attname}__in": ids})
    sums = {f"youngest_{name}": Max(name) for name in columns}
    yield from rows.order_by().values(field.attname).annotate(**sums).values_list(field.attname, *sums)


def held(kind: Kind, ids: Collection[UUID], *, day: date, asked: bool = True) -> set[UUID]:
    """Return which of these records must not go yet: held up by a unit, restricted, or somebody asks for them.

    Whatever belongs to a held file is held with it. `asked` is false where the deletion is itself what a person asked
    for: then their running request does not hold it up.
    """
    direct = set(
        Hold.objects.filter(
            lifted_on=None, until_on__gte=day, kind=kind.label, object_id__in=ids
        ).values_list("object_id", flat=True)
    )
    files = held_files(day, asked=asked)
    if not files:
        return direct
    if kind.model is Household:
        return direct | (files & set(ids))
    if kind.model is Person:
        members = HouseholdMember.objects.filter(household__in=files, person__in=ids)
        return direct | set(members.values_list("person", flat=True))
    for field in kind.model._meta.concrete_fields:
        if field.related_model is Household:
            rows = kind.model._default_manager.filter(pk__in=ids, **{f"{field.name}__in": files})
            direct |= set(rows.values_list("pk", flat=True))
    return direct


def held_files(day: date, *, asked: bool = True) -> set[UUID]:
    """Return the households whose files are held up on a day."""
    running = Hold.objects.filter(kind=Household._meta.label, lifted_on=None, until_on__gte=day)
    closed = ClosedFile.objects.filter(kind=ClosedFile.Kind.RESTRICTED, lifted_at=None)
    found = set(running.values_list("object_id", flat=True)) | set(closed.values_list("household", flat=True))
    for model in apps.get_app_config("rights").get_models() if asked else ():
        asking = starts.is_open(model)
        if asking is not None and any(field.name == "household" for field in model._meta.concrete_fields):
            rows = model._default_manager.filter(asking, household__isnull=False)
            found |= set(rows.values_list("household", flat=True))
    return found
