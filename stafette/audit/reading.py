"""Write the log of readings: one statement per request, in its transaction, however many records a page shows.

A view does not write. It says on the request what it shows (web/readings.py); the middleware keeps it here when the
answer is 200. Two questions can be tied in (config/wiring.py): whether the file is so quiet that a reason must be
asked for first (`ask_when`), and what to do when somebody searches in vain again and again (`when_in_vain`).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from typing import Any
from uuid import UUID

from django.apps import apps
from django.db import connection, models
from django.utils import timezone

from stafette.audit.models import Reading
from stafette.kernel.actor import Actor
from stafette.kernel.clock import now
from stafette.kernel.ids import new_id
from stafette.kernel.permissions import Permission
from stafette.kernel.rows import owners_of

COLUMNS = (
    "id, at, account_id, unit_id, record_type, record_id, about_id, page, kind, number, reason, reason_text"
)
HEAD = "%s::uuid, %s::timestamptz, %s::uuid"
HOUR = timedelta(hours=1)
VIEW, SEARCH = Reading.Kind.VIEW, Reading.Kind.SEARCH


@dataclass(frozen=True)
class Note:
    """What a page showed: one record (`record_id`), or a number of them from the books of one unit (`unit_id`)."""

    record_type: str
    page: str
    kind: str = VIEW
    record_id: UUID | None = None
    unit_id: UUID | None = None
    number: int = 1
    asks: bool = False


@dataclass(frozen=True)
class Quiet:
    """When a file counts as quiet: a condition in SQL on the household `{about}`, with its parameters."""

    condition: str
    parameters: Sequence[Any]


_asking: dict[str, Callable[[], Quiet]] = {}
_in_vain: dict[str, Callable[[Actor, UUID, int], None]] = {}


def ask_when(quiet: Callable[[], Quiet]) -> None:
    """Let a room say which files are so quiet that whoever opens them is asked why."""
    _asking["quiet"] = quiet


def when_in_vain(watcher: Callable[[Actor, UUID, int], None]) -> None:
    """Let a room hear of each search without a hit, with how many there were within an hour."""
    _in_vain["watcher"] = watcher


def keep(actor: Actor, notes: Sequence[Note]) -> UUID | None:
    """Keep what was shown. Returns the household whose page must be held back until a reason is given, or None.

    Then nothing is kept: nobody has seen anything yet. What is read again within the same minute is one reading.
    """
    if not notes:
        return None
    parts = [_of_record(actor, one) if one.record_id else _of_number(actor, one) for one in notes]
    rows, parameters = (
        " union all ".join(sql for sql, _ in parts),
        [value for _, more in parts for value in more],
    )
    held, asked = _held(actor, any(one.asks for one in notes))
    vain = next((one for one in notes if one.kind == SEARCH and not one.number), None)
    since: list[Any] = [actor.id, now() - HOUR] if vain else []
    counted = "audit_searched_in_vain(%s, %s)" if vain else "0"
    statement = (
        f"with found ({COLUMNS}) as ({rows}), held as (select {held} as about), "
        f"kept as (insert into audit_reading ({COLUMNS}) select * from found "
        f"where (select about from held) is null on conflict do nothing) select about, {counted} from held"
    )
    with connection.cursor() as cursor:
        cursor.execute(statement, [*parameters, *asked, *since])
        about, before = cursor.fetchone()
    if vain and _in_vain:
        _in_vain["watcher"](actor, vain.unit_id or _home(actor), before + 1)
    return about  # type: ignore[no-any-return]


def explain(actor: Actor, *, household_id: UUID, unit_id: UUID, page: str, reason: str, text: str) -> Reading:
    """Keep a reading together with the reason that was asked for; it holds for this file until midnight."""
    reading = Reading(
        account_id=actor.id, unit_id=unit_id, record_type="people.Household", record_id=household_id,
        about_id=household_id, page=page, reason=reason, reason_text=text,
    )  # fmt: skip
    Reading.objects.bulk_create([reading], ignore_conflicts=True)  # said twice within a minute is said once
    return reading


def _held(actor: Actor, asks: bool) -> tuple[str, list[Any]]:
    """The household among the found ones that is quiet and was not explained today; null where none is."""
    if not asks or "quiet" not in _asking:
        return "null::uuid", []
    quiet = _asking["quiet"]()
    condition = quiet.condition.replace("{about}", "found.about_id")
    sql = (
        f"(select found.about_id from found where found.about_id is not null and ({condition}) "
        "and not audit_explained(%s, found.about_id, %s) limit 1)"
    )
    return sql, [*quiet.parameters, actor.id, _midnight()]


def _midnight() -> datetime:
    return timezone.localtime(now()).replace(hour=0, minute=0, second=0, microsecond=0)


def _of_number(actor: Actor, note: Note) -> tuple[str, list[Any]]:
    sql = f"select {HEAD}, %s::uuid, %s, null::uuid, null::uuid, %s, %s, %s::int, '', ''"
    unit = note.unit_id or _home(actor)
    return sql, [new_id(), now(), actor.id, unit, note.record_type, note.page, note.kind, note.number]


def _of_record(actor: Actor, note: Note) -> tuple[str, list[Any]]:
    model: Any = apps.get_model(note.record_type)
    unit, units = _unit_sql(actor, model)
    sql = (
        f"select {HEAD}, {unit}, %s, x.id, {about_sql(model)}, %s, %s, 1, '', '' "
        f'from "{model._meta.db_table}" x where x.id = %s'
    )
    known = [new_id(), now(), actor.id, *units, note.record_type, note.page, note.kind, note.record_id]
    return sql, known


def _unit_sql(actor: Actor, model: Any) -> tuple[str, list[Any]]:
    """The unit through which this actor sees the row: of two who share it, the own one."""
    columns = owning_columns(model)
    if len(columns) == 1:
        return f'x."{columns[0][0]}"', []
    cases = " ".join(f'when x."{column}" = any(%s) then x."{column}"' for column, _ in columns)
    units = [sorted({unit for one in views for unit in actor.units(one)}) for _, views in columns]
    return f'case {cases} else x."{columns[0][0]}" end', units


@cache
def owning_columns(model: Any) -> tuple[tuple[str, tuple[Permission, ...]], ...]:
    """Columns that name an owning unit, with what opens the row to it."""
    found = []
    for owner in owners_of(model):
        field: Any = model._meta.get_field(owner.column)
        views = owner.view if isinstance(owner.view, tuple) else (owner.view,)
        found.append((field.column, views))
    return tuple(found)


@cache
def about_sql(model: Any) -> str:
    """The household's file to which a row x belongs, as far as the row says so and the actor may see it."""
    label = model._meta.label
    if label == "people.Household":
        return "x.id"
    homes, persons = _columns_to(model, "people.Household"), _columns_to(model, "people.Person")
    if homes:
        listed = ", ".join(f'x."{column}"' for column in homes)
        return f"(select h.id from people_household h where h.id in ({listed}) limit 1)"
    person = "x.id" if label == "people.Person" else f'x."{persons[0]}"' if persons else ""
    if not person:
        return "null::uuid"
    newest = "order by m.until_on desc nulls first, m.from_on desc limit 1"
    return f"(select m.household_id from people_householdmember m where m.person_id = {person} {newest})"


def _columns_to(model: type[models.Model], label: str) -> list[str]:
    return [
        str(field.column)
        for field in model._meta.concrete_fields
        if isinstance(field, models.ForeignKey) and field.related_model._meta.label == label
    ]


def _home(actor: Actor) -> UUID:
    """The unit for whose work somebody reads, where the rows do not say it: the one most of the grants are in."""
    units = [unit for _permission, unit in actor.grants]
    return max(sorted(set(units)), key=units.count) if units else UUID(int=0)
