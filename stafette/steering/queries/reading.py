"""One call of the owner's function: sums per pair of units and finding, never a row about anybody."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from django.db import connection

from stafette.kernel.actor import Actor
from stafette.kernel.clock import today
from stafette.kernel.permissions import Permission
from stafette.steering import marks

Leaf = tuple[UUID, str, UUID]  # to whom, why, from whom


@dataclass
class Sums:
    """What the database counted: cohorts per quarter and leaf, weeks, what lies open per unit."""

    cohorts: dict[date, dict[Leaf, dict[int, int]]] = field(default_factory=dict)
    weeks: dict[date, dict[int, int]] = field(default_factory=dict)
    load: dict[UUID, tuple[int, int, int]] = field(default_factory=dict)
    overdue: dict[int, dict[Leaf, int]] = field(default_factory=dict)
    open_now: int = 0


def read(
    *, actor: Actor, quarters: Iterable[date], weeks_since: date, known: int | None = None
) -> tuple[int | None, Sums | None]:
    """Count for the units in which the actor holds figures_view; nothing for an actor without that permission.

    What changed since the last call is added up first, so that the numbers are those of this moment. The stamp
    changes whenever a sum does and is never given twice, not even after a call that was rolled back. Whoever knows
    the sums of the present stamp gets none: the database agrees only if it, too, sees the actor in these units.
    """
    if not actor.may(Permission.FIGURES_VIEW):
        return None, Sums()
    whose = sorted(actor.units(Permission.FIGURES_VIEW))
    with connection.cursor() as cursor:
        cursor.execute(
            "select * from steering_look(%s::date[], %s, %s, %s::uuid[], %s)",
            [list(quarters), weeks_since, today(), whose, known],
        )
        (_kind, *_nothing, [stamp], [is_theirs]), *rows = cursor.fetchall()
    if not is_theirs:
        return None, _sums(rows)
    return stamp, None if stamp == known else _sums(rows)


def _sums(rows: Iterable[Any]) -> Sums:
    sums = Sums()
    for kind, period, receiver, finding, sender, names, counts in rows:
        if kind == marks.COHORT:
            found = dict(zip(names, counts, strict=True))
            sums.cohorts.setdefault(period, {})[receiver, finding, sender] = found
        elif kind == marks.FLOW:
            sums.weeks[period] = dict(zip(names, counts, strict=True))
        elif kind == marks.LOAD:
            sums.load[receiver] = (counts[0], counts[1], counts[2])
        elif kind == marks.OPEN_NOW:
            sums.open_now = counts[0]
        else:
            sums.overdue.setdefault(names[0], {})[receiver, finding, sender] = counts[0]
    return sums
