"""Working days of a Land: Monday to Friday without public holidays and the closing days of the house.

Two notions that must not be mixed: a *day off* (Saturday, Sunday, public holiday) moves the end of a
legal period, § 193 BGB; a *closing day* only keeps a day from counting as a working day of the office.
Years are computed once and kept, so that counting costs microseconds.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache, lru_cache
from pathlib import Path
from types import MappingProxyType

from holidays import country_holidays

from stafette.kernel.rules.dated import ANY_LAND, LANDS, Dated, read_dated, read_land
from stafette.kernel.rules.table import RULES, Table, open_rules

ONE_DAY = timedelta(days=1)


@dataclass(frozen=True)
class YearlyDay:
    """A day that comes every year, on a fixed date or some days after another holiday."""

    name: str
    land: str
    region: str | None
    month_day: tuple[int, int] | None
    after: str | None
    days: int
    head: Dated

    def in_year(self, year: int, known: Mapping[str, date]) -> date:
        """The day in a year; `known` are the public holidays it may hang on."""
        if self.after is not None:
            return known[self.after] + timedelta(days=self.days)
        assert self.month_day is not None
        return date(year, *self.month_day)

    def applies(self, land: str, region: str | None) -> bool:
        """Whether a Land or one of its regions has this day."""
        return self.land in (land, ANY_LAND) and self.region in (None, region)


@dataclass(frozen=True)
class CalendarRules:
    """What the library of holidays lacks."""

    closing_days: tuple[YearlyDay, ...]
    regional_holidays: tuple[YearlyDay, ...]

    @property
    def regions(self) -> Mapping[str, str]:
        """The Land of every region with holidays of its own."""
        return {day.region: day.land for day in self.regional_holidays if day.region}


def _yearly_day(entry: Table) -> YearlyDay:
    after = entry.text("after") if entry.has("after") else None
    day = YearlyDay(
        name=entry.text("name"),
        land=read_land(entry),
        region=entry.text("region") if entry.has("region") else None,
        month_day=None if after else entry.month_day("month_day"),
        after=after,
        days=entry.count("days") if after else 0,
        head=read_dated(entry),
    )
    entry.done()
    return day


@cache
def calendar_rules(folder: Path = RULES) -> CalendarRules:
    """Read the days of `rules/calendar.toml` once."""
    file = open_rules("calendar", folder)
    return CalendarRules(
        closing_days=tuple(_yearly_day(entry) for entry in file.tables("closing_day")),
        regional_holidays=tuple(_yearly_day(entry) for entry in file.tables("regional_holiday")),
    )


@lru_cache(maxsize=2048)
def public_holidays(land: str, year: int, region: str | None = None) -> Mapping[date, str]:
    """Name of each public holiday of a Land in a year, with those of one region where it has its own."""
    if land not in LANDS or land == ANY_LAND:
        raise ValueError(f"unknown Land {land!r}")
    rules = calendar_rules()
    if region is not None and rules.regions.get(region) != land:
        raise ValueError(f"unknown region {region!r} of {land}")
    found = dict(country_holidays("DE", subdiv=land, years=year, language="de"))
    known = {name: day for day, name in found.items()}
    for holiday in rules.regional_holidays:
        if holiday.applies(land, region):
            day = holiday.in_year(year, known)
            if holiday.head.holds_on(day):
                found[day] = holiday.name
    return MappingProxyType(found)


@lru_cache(maxsize=2048)
def _working_ordinals(land: str, year: int, region: str | None) -> tuple[int, ...]:
    free = set(public_holidays(land, year, region))
    for closing in calendar_rules().closing_days:
        if closing.applies(land, region):
            day = closing.in_year(year, {})
            if closing.head.holds_on(day):
                free.add(day)
    first = date(year, 1, 1).toordinal()
    last = date(year, 12, 31).toordinal()
    every_day = (date.fromordinal(number) for number in range(first, last + 1))
    return tuple(day.toordinal() for day in every_day if day.weekday() < 5 and day not in free)


def holiday_name(day: date, land: str, region: str | None = None) -> str | None:
    """What the public holiday on this day is called, if it is one."""
    return public_holidays(land, day.year, region).get(day)


def closing_name(day: date, land: str, region: str | None = None) -> str | None:
    """Why the house is closed every year on this day, if it is."""
    for closing in calendar_rules().closing_days:
        if (
            closing.applies(land, region)
            and closing.head.holds_on(day)
            and closing.in_year(day.year, {}) == day
        ):
            return closing.name
    return None


def is_day_off(day: date, land: str, region: str | None = None) -> bool:
    """Saturday, Sunday or public holiday: a legal period does not end on it (§ 193 BGB)."""
    return day.weekday() >= 5 or day in public_holidays(land, day.year, region)


def next_business_day(day: date, land: str, region: str | None = None) -> date:
    """The day itself, or the first one after it that is not a day off."""
    while is_day_off(day, land, region):
        day += ONE_DAY
    return day


def is_working_day(day: date, land: str, region: str | None = None) -> bool:
    """Whether the office works: no weekend, no public holiday, no closing day."""
    ordinals = _working_ordinals(land, day.year, region)
    place = bisect_left(ordinals, day.toordinal())
    return place < len(ordinals) and ordinals[place] == day.toordinal()


def add_working_days(start: date, n: int, land: str, region: str | None = None) -> date:
    """The n-th working day after `start`, which itself never counts; before it where n is negative.

    With n = 0 the day itself, or the next working day.
    """
    year, ordinal = start.year, start.toordinal()
    ordinals = _working_ordinals(land, year, region)
    if n >= 0:
        place = bisect_right(ordinals, ordinal) + n - 1 if n else bisect_left(ordinals, ordinal)
        while place >= len(ordinals):
            place -= len(ordinals)
            year += 1
            ordinals = _working_ordinals(land, year, region)
    else:
        place = bisect_left(ordinals, ordinal) + n
        while place < 0:
            year -= 1
            ordinals = _working_ordinals(land, year, region)
            place += len(ordinals)
    return date.fromordinal(ordinals[place])


def working_days_between(start: date, end: date, land: str, region: str | None = None) -> int:
    """Working days after `start` up to and including `end`; negative where `end` lies before.

    So `working_days_between(d, add_working_days(d, n, land), land)` is n for every n > 0.
    """
    if end < start:
        return -working_days_between(end, start, land, region)
    count = 0
    for year in range(start.year, end.year + 1):
        ordinals = _working_ordinals(land, year, region)
        count += bisect_right(ordinals, end.toordinal()) - bisect_right(ordinals, start.toordinal())
    return count
