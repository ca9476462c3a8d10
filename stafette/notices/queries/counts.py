"""How many notices went to the foreigners' authority, per norm and quarter: the committee's count (domain.md 12).

A function of the database's owner counts; here small numbers are hidden, with their totals so that none can be worked
out by subtraction (kernel/small_numbers.py).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db import connection

from stafette.kernel.actor import Actor
from stafette.kernel.clock import today
from stafette.kernel.permissions import Permission
from stafette.kernel.small_numbers import INSIDE, hide_cells, with_totals
from stafette.notices.outbound_rules import outbound_rules

QUARTERS = 4


@dataclass(frozen=True)
class Counts:
    """A table with a line per norm and a column per quarter, both with totals; None is a number that stays hidden."""

    quarters: list[str]
    lines: list[tuple[str, list[int | None]]]


def counts(*, actor: Actor, on: date | None = None) -> Counts:
    """Count the last full quarters in the units whose figures the actor sees."""
    if not actor.may(Permission.FIGURES_VIEW):
        return Counts([], [])
    starts = _quarters(on or today())
    with connection.cursor() as cursor:
        cursor.execute("select * from outbound_counts(%s, %s)", [starts[0], _first_of(on or today())])
        found = {(norm, quarter): count for norm, quarter, count in cursor.fetchall()}
    norms = outbound_rules().norms
    rows = [[found.get((norm.id, quarter), 0) for quarter in starts] for norm in norms]
    table, hidden = with_totals(rows), hide_cells(rows, INSIDE)
    shown: list[list[int | None]] = [
        [None if (line, column) in hidden else value for column, value in enumerate(values)]
        for line, values in enumerate(table)
    ]
    names = [*(norm.section for norm in norms), ""]
    return Counts(
        [f"{(start.month + 2) // 3}/{start.year}" for start in starts], list(zip(names, shown, strict=True))
    )


def _first_of(day: date) -> date:
    return date(day.year, 3 * ((day.month - 1) // 3) + 1, 1)


def _quarters(day: date) -> list[date]:
    """Full quarters only: periods that lie side by side, so that none can be subtracted from another."""
    found: list[date] = []
    start = _first_of(day)
    for _number in range(QUARTERS):
        start = date(start.year - (start.month == 1), (start.month - 4) % 12 + 1, 1)
        found.insert(0, start)
    return found
