"""Periods for which one counts: month, quarter, half year, calendar year, school year, October to September, free.

All from the same dated facts (W-05). A period that still runs is counted up to today, and what it is compared with
ends after as many days, because half a quarter beside a whole one would look like a collapse.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta

from dateutil.relativedelta import relativedelta
from django.utils.formats import date_format
from django.utils.translation import gettext as _

MONTH, QUARTER, HALF, YEAR, SCHOOL_YEAR, AUTUMN_YEAR, FREE = (
    "monat", "quartal", "halbjahr", "jahr", "schuljahr", "okt-sep", "frei",
)  # fmt: skip
MONTHS = {MONTH: 1, QUARTER: 3, HALF: 6, YEAR: 12, SCHOOL_YEAR: 12, AUTUMN_YEAR: 12}
FIRST_MONTH = {MONTH: 1, QUARTER: 1, HALF: 1, YEAR: 1, SCHOOL_YEAR: 8, AUTUMN_YEAR: 10}
ONE_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Period:
    """From the first to the last day, both counted; `kind` says what it is called."""

    kind: str
    since: date
    until: date

    @property
    def code(self) -> str:
        """What stands in an address: quartal:2026-07-01, frei:2026-07-01:2026-09-12."""
        tail = f":{self.until:%Y-%m-%d}" if self.kind == FREE else ""
        return f"{self.kind}:{self.since:%Y-%m-%d}{tail}"

    @property
    def days(self) -> int:
        """How many days, both ends counted."""
        return (self.until - self.since).days + 1

    @property
    def weeks(self) -> float:
        """How many weeks, with a fraction."""
        return self.days / 7

    @property
    def is_whole_quarters(self) -> bool:
        """Whether quarters of the calendar add up to it: only such periods are published."""
        after = self.until + ONE_DAY
        return all(day.day == 1 and day.month % 3 == 1 for day in (self.since, after)) and after > self.since

    def before(self) -> Period:
        """The period of the same kind before it; a free one moves by its own length."""
        if self.kind == FREE:
            months = _whole_months(self.since, self.until)
            start = self.since - (relativedelta(months=months) if months else timedelta(days=self.days))
            return Period(FREE, start, self.since - ONE_DAY)
        return starting(self.kind, self.since - relativedelta(months=MONTHS[self.kind]))

    def year_before(self) -> Period:
        """The same period of the year before."""
        if self.kind == FREE:
            end = self.until + ONE_DAY - relativedelta(years=1) - ONE_DAY
            return Period(FREE, self.since - relativedelta(years=1), end)
        return starting(self.kind, self.since - relativedelta(years=1))

    def cut(self, last: date) -> Period:
        """The same, but no further than this day."""
        return replace(self, until=max(self.since, min(self.until, last)))

    def first_days(self, days: int) -> Period:
        """The first days of it, as many as asked for."""
        return self.cut(self.since + timedelta(days=days - 1))

    def quarters(self) -> list[Period]:
        """The quarters of the calendar that it touches, the first first."""
        found, here = [], starting(QUARTER, self.since)
        while here.since <= self.until:
            found.append(here)
            here = starting(QUARTER, here.until + ONE_DAY)
        return found


def starting(kind: str, day: date) -> Period:
    """The period of this kind that contains the day."""
    length, first = MONTHS[kind], FIRST_MONTH[kind]
    behind = (day.month - first) % length
    since = date(day.year, day.month, 1) - relativedelta(months=behind)
    return Period(kind, since, since + relativedelta(months=length) - ONE_DAY)


def read(code: str) -> Period | None:
    """The period of such a code, or None where it is none."""
    kind, _colon, rest = code.partition(":")
    try:
        days = [date.fromisoformat(part) for part in rest.split(":")]
    except ValueError:
        return None
    if kind == FREE and len(days) == 2 and days[0] <= days[1]:
        return Period(FREE, *days)
    if kind in MONTHS and len(days) == 1 and starting(kind, days[0]).since == days[0]:
        return starting(kind, days[0])
    return None


def to_choose(kind: str, *, first: date, last: date, most: int) -> list[Period]:
    """Periods of this kind from the last back to the first, at most so many."""
    found: list[Period] = []
    here = starting(kind, last)
    while here.until >= first and len(found) < most:
        found.append(here)
        here = here.before()
    return found


def label(period: Period) -> str:
    """What the period is called: 3. Quartal 2026, Schuljahr 2025/26, 01.07.2026 bis 12.09.2026."""
    since, until = period.since, period.until
    if period.kind == MONTH:
        return date_format(since, "F Y")
    if period.kind == QUARTER:
        return _("{number}. Quartal {year}").format(number=(since.month + 2) // 3, year=since.year)
    if period.kind == HALF:
        return _("{number}. Halbjahr {year}").format(number=1 if since.month == 1 else 2, year=since.year)
    if period.kind == YEAR:
        return _("Kalenderjahr {year}").format(year=since.year)
    if period.kind == SCHOOL_YEAR:
        return _("Schuljahr {years}").format(years=f"{since.year}/{until.year % 100:02}")
    if period.kind == AUTUMN_YEAR:
        return _("Oktober {first} bis September {last}").format(first=since.year, last=until.year)
    return span(period)


def span(period: Period) -> str:
    """From when to when, in days."""
    return _("{since} bis {until}").format(since=f"{period.since:%d.%m.%Y}", until=f"{period.until:%d.%m.%Y}")


def kind_words() -> dict[str, str]:
    """Kinds of periods in words."""
    return {
        MONTH: _("Monate"),
        QUARTER: _("Quartale"),
        HALF: _("Halbjahre"),
        YEAR: _("Kalenderjahre"),
        SCHOOL_YEAR: _("Schuljahre"),
        AUTUMN_YEAR: _("Oktober bis September"),
    }


def _whole_months(since: date, until: date) -> int:
    """How many whole months from the first to the last day; 0 where it is none."""
    after = until + ONE_DAY
    months = (after.year - since.year) * 12 + after.month - since.month
    return months if months > 0 and since + relativedelta(months=months) == after else 0
