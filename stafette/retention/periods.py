"""How deletion goes about it (rules/purge.toml), and which events lie so far back that a period has run out."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from functools import cache

from stafette.kernel.deadlines import add_months
from stafette.kernel.rules.dated import Dated, read_dated
from stafette.kernel.rules.retention import delete_on
from stafette.kernel.rules.table import open_rules

EARLIEST = date(1990, 1, 1)


class Span(StrEnum):
    """In what a limit is counted."""

    DAYS = "days"
    MONTHS = "months"
    YEARS = "years"


@dataclass(frozen=True)
class PurgeLimit:
    """One number of the deletion itself, with its source."""

    id: str
    label: str
    count: int
    unit: Span
    head: Dated

    def after(self, day: date) -> date:
        """The day that lies so much later."""
        if self.unit is Span.DAYS:
            return day + timedelta(days=self.count)
        return add_months(day, self.count * (12 if self.unit is Span.YEARS else 1))

    def before(self, day: date) -> date:
        """The day that lies so much earlier."""
        if self.unit is Span.DAYS:
            return day - timedelta(days=self.count)
        return add_months(day, -self.count * (12 if self.unit is Span.YEARS else 1))


@cache
def limits() -> tuple[PurgeLimit, ...]:
    """Read `rules/purge.toml` once."""
    found = []
    for entry in open_rules("purge").tables("limit"):
        found.append(
            PurgeLimit(
                entry.text("id"),
                entry.text("label"),
                entry.count("count"),
                entry.choice("unit", Span),
                read_dated(entry),
            )
        )
        entry.done()
    return tuple(found)


def limit(limit_id: str, on: date) -> PurgeLimit:
    """One limit as it holds on a day; LookupError where none holds."""
    for found in limits():
        if found.id == limit_id and found.head.holds_on(on):
            return found
    raise LookupError(f"no limit {limit_id} on {on:%Y-%m-%d}")


@cache
def last_event_due(code: str, by: date) -> date | None:
    """The latest day of an event whose data must be gone by that day; None for a class without period.

    Later events are due later or on the same day, so the day is found by halving.
    """
    if delete_on(code, EARLIEST) is None:
        return None
    low, high = EARLIEST, by
    while low < high:
        middle = low + (high - low + timedelta(days=1)) // 2
        due = delete_on(code, middle)
        assert due is not None
        if due <= by:
            low = middle
        else:
            high = middle - timedelta(days=1)
    return low
