"""Telling what is due: the holder at 80 % of the period, the head after it, the coordination office at 150 %.

Each step is told once per thing and date: the table refuses a second one. After an outage the highest step that is
reached is told; a reminder that would come too late is left out, head and coordination never are. A pause keeps
reminder and head back, never the coordination office: whatever was agreed between two people, silence rises.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date
from typing import Any, NamedTuple
from uuid import UUID

from django.db import connection

from stafette.kernel.clock import now
from stafette.kernel.scope import acting
from stafette.outbox.data import NoteData
from stafette.outbox.telling import notify
from stafette.referrals.batons import BatonKind
from stafette.referrals.duty.pages import Pages, page_of
from stafette.referrals.duty.watched import PIECE, Watched, wait_for_others
from stafette.referrals.models import Notice

__all__ = ["PIECE", "tell_due"]

KINDS: dict[str, str] = {
    Notice.Step.REMIND: "reminder",
    Notice.Step.HEAD: "head",
    Notice.Step.STEERING: "steering",
}

STATEMENT = """
with things as materialized (
  select b.id, b.number, b.responsible_unit_id as unit_id, b.responsible_user_id as holder_id,
    b.escalation_unit_id, b.next_on, b.escalate_on,
    b.responsible_unit_id = any(%(empty)s::uuid[]) as is_empty,
    coalesce(b.paused_until >= %(day)s, false) as is_paused
  from "{table}" b
  where b.is_open and (b.next_on, b.id) > (%(after_on)s, %(after_id)s)
    and b.responsible_unit_id = any(%(units)s::uuid[])
    and (b.remind_on <= %(day)s or b.responsible_unit_id = any(%(empty)s::uuid[]))
  order by b.next_on, b.id limit %(piece)s
), due as (
  select t.*, s.step from things t cross join lateral (values
    ('remind', t.next_on >= %(day)s and not t.is_paused and not t.is_empty),
    ('head', t.next_on < %(day)s and not t.is_paused or t.is_empty),
    ('steering', t.next_on < %(day)s and t.escalate_on <= %(day)s or t.is_empty)
  ) as s(step, is_reached)
  where s.is_reached and not exists (
    select from referrals_notice n where n.thing_id = t.id and n.step = s.step and n.due_on = t.next_on
  )
), told as (
  insert into referrals_notice
    (id, created_at, thing, thing_id, number, unit_id, told_unit_id, holder_id, step, due_on)
  select gen_random_uuid(), %(now)s, %(code)s, d.id, d.number, d.unit_id, coalesce(e.heir_id, asked.unit_id),
    d.holder_id, d.step, d.next_on
  from due d
  cross join lateral (
    select case when d.step = 'steering' then d.escalation_unit_id else d.unit_id end
  ) as asked(unit_id)
  left join unnest(%(ended)s::uuid[], %(heirs)s::uuid[]) as e(unit_id, heir_id) on e.unit_id = asked.unit_id
  on conflict (thing_id, step, due_on) do nothing
  returning id, thing_id, number, unit_id, told_unit_id, holder_id, step, due_on
), last as (
  select next_on, id from things order by next_on desc, id desc limit 1
)
select last.next_on, last.id, told.* from last left join told on true
"""


class Told(NamedTuple):
    """A notice that this piece wrote."""

    id: UUID
    thing_id: UUID
    number: str
    unit_id: UUID
    told_unit_id: UUID
    holder_id: UUID
    step: str
    due_on: date


def tell_due(run: Watched, kind: BatonKind) -> None:
    """Go through the open things of a kind by date, piece by piece, until none is left."""
    page = page_of(kind)
    after: tuple[date, UUID] | None = (date.min, UUID(int=0))
    while after is not None:
        with acting(run.watch):
            wait_for_others()
            after, told = _piece(run, kind, after)
            run.counts.update(notice.step for notice in told)
            if told:
                notify(run.watch, _notes(run, told, page))


def _piece(
    run: Watched, kind: BatonKind, after: tuple[date, UUID]
) -> tuple[tuple[date, UUID] | None, Sequence[Told]]:
    """Write the notices of one piece; returns where the next one begins, None where there was nothing left."""
    heirs = run.crews.heirs
    values: dict[str, Any] = {
        "day": run.day,
        "now": now(),
        "code": kind.code,
        "piece": run.piece,
        "after_on": after[0],
        "after_id": after[1],
        "units": run.units,
        "empty": [unit for unit in run.units if run.is_empty(unit)],
        "ended": list(heirs),
        "heirs": list(heirs.values()),
    }
    with connection.cursor() as cursor:
        cursor.execute(STATEMENT.format(table=kind.model._meta.db_table), values)
        rows = cursor.fetchall()
    if not rows:
        return None, []
    return (rows[0][0], rows[0][1]), [Told(*row[2:]) for row in rows if row[2] is not None]


def _notes(run: Watched, told: Sequence[Told], page: Pages) -> list[NoteData]:
    """Turn notices into notes to accounts; where nobody is there to be told, the run counts it as `untold`."""
    notes = []
    for notice in told:
        users, path = _whom(run, notice, page)
        if not users:
            run.counts["untold"] += 1
        notes += [
            NoteData(
                user_id=user,
                unit_id=notice.told_unit_id,
                kind="orphaned" if run.is_empty(notice.unit_id) else KINDS[notice.step],
                reference=notice.number,
                path=path,
                key=f"notice-{notice.id}-{user}",
                due_on=notice.due_on,
            )
            for user in users
        ]
    return notes


def _whom(run: Watched, notice: Told, page: Pages) -> tuple[Collection[UUID], str]:
    """Return who is told, and the page that this person may open."""
    if notice.step == Notice.Step.REMIND:
        return (notice.holder_id,), page(notice.thing_id)
    heads = run.heads(notice.unit_id) if notice.step == Notice.Step.HEAD else ()
    if heads:
        return heads, page(notice.thing_id)
    return run.coordination(notice.told_unit_id), run.escalated
