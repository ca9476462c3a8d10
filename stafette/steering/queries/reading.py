"""One call of the owner's function: sums per pair of units and finding, never a row about anybody."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
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


def read(*, actor: Actor, quarters: Iterable[date], with_days: bool, weeks_since: date) -> Sums:
    """Count for the units in which the actor holds figures_view; nothing for an actor without that permission.

    What changed since the last call is added up first, so that the numbers are those of this moment.
    """
    sums = Sums()
    if not actor.may(Permission.FIGURES_VIEW):
        return sums
    with connection.cursor() as cursor:
        cursor.execute(
            "select * from steering_read(%s::date[], %s, %s, %s)",
            [list(quarters), with_days, weeks_since, today()],
        )
        for kind, period, receiver, finding, sender, names, counts in cursor.fetchall():
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
