"""The working days of one office: its Land, its region, and the days on which the house is closed.

Public holidays and the yearly closing days come from rules/calendar.toml; `closed` adds what a town's blueprint says.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

from stafette.kernel.workdays import (
    add_working_days,
    closing_name,
    holiday_name,
    is_working_day,
    working_days_between,
)


@dataclass(frozen=True)
class OfficeCalendar:
    """Counts working days of an office and tells which days did not count."""

    land: str
    region: str | None = None
    closed: Mapping[date, str] = field(default_factory=dict)

    def is_working_day(self, day: date) -> bool:
        """Whether the office works on that day."""
        return is_working_day(day, self.land, self.region) and day not in self.closed

    def after(self, start: date, n: int) -> date:
        """The n-th working day after `start`; with n = 0 the day itself, or the next working day."""
        found = add_working_days(start, n, self.land, self.region)
        for day in self._lost():
            if start < day <= found or (n == 0 and day == found):
                found = add_working_days(found, 1, self.land, self.region)
        return found

    def before(self, end: date) -> date:
        """The last working day before `end`."""
        found = add_working_days(end, -1, self.land, self.region)
        while found in self.closed:
            found = add_working_days(found, -1, self.land, self.region)
        return found

    def between(self, start: date, end: date) -> int:
        """Working days after `start` up to and including `end`; 0 where `end` lies before."""
        if end <= start:
            return 0
        counted = working_days_between(start, end, self.land, self.region)
        return counted - sum(start < day <= end for day in self._lost())

    def skipped(self, start: date, end: date) -> Iterator[tuple[date, str]]:
        """Weekdays after `start` up to `end` that do not count, each with its name."""
        day = start
        while day < end:
            day += timedelta(days=1)
            if day.weekday() < 5 and not self.is_working_day(day):
                yield day, self._name(day)

    def _name(self, day: date) -> str:
        holiday = holiday_name(day, self.land, self.region)
        return holiday or self.closed.get(day) or closing_name(day, self.land, self.region) or ""

    def _lost(self) -> list[date]:
        return sorted(day for day in self.closed if is_working_day(day, self.land, self.region))
