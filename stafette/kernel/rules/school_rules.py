"""Typed reader of `rules/school_duty.toml`: cut-off days, birth ranges, duration and beginning of duty."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from functools import cache
from pathlib import Path

from stafette.kernel.rules.dated import (
    ANY_LAND,
    Dated,
    Source,
    Status,
    pick,
    read_dated,
    read_land,
    read_own_source,
    read_source,
    refuse_overlap,
)
from stafette.kernel.rules.table import RULES, RuleDataError, Table, open_rules


class Until(StrEnum):
    """How the vocational branch ends."""

    YEARS = "years"
    SCHOOL_YEAR_OF_18 = "school_year_of_18"


class Begins(StrEnum):
    """When the duty of somebody begins who comes from abroad."""

    AT_ONCE = "at_once"
    REGISTRATION = "registration"
    ASSIGNMENT = "assignment"
    MONTHS = "months"


@dataclass(frozen=True)
class Part:
    """The place in the law of one part of a rule."""

    source: Source
    status: Status


@dataclass(frozen=True)
class MayDates:
    """Children after the cut-off whom parents may register: up to which birthday."""

    youngest_cutoff: tuple[int, int]
    younger_by_years: int
    compulsory_once_admitted: bool
    part: Part


@dataclass(frozen=True)
class Newcomers:
    """When the duty begins after an arrival from abroad."""

    begins: Begins
    asylum: Begins
    months: int
    right_before: bool
    part: Part


@dataclass(frozen=True)
class SchoolRule:
    """School duty of one Land."""

    id: str
    land: str
    full_time_years: int
    full_time: Part
    vocational_until: Until
    vocational_years: int
    vocational: Part
    newcomers: Newcomers
    may: MayDates | None
    head: Dated


@dataclass(frozen=True)
class Cutoff:
    """By which day a child must be six, in which school years."""

    land: str
    first_school_year: int
    last_school_year: int | None
    day: tuple[int, int]
    source: Source
    status: Status


@dataclass(frozen=True)
class BirthRange:
    """Who must begin school in a school year: born from … to …, as the authority announces it."""

    school_year: int
    born_from: date
    born_to: date
    source: Source
    status: Status


@dataclass(frozen=True)
class Measles:
    """From which age day care asks for proof."""

    from_years: int
    proof_within_months: int
    head: Dated


@dataclass(frozen=True)
class SchoolRules:
    """All of `rules/school_duty.toml`."""

    starts: tuple[int, int]
    starts_head: Dated
    rules: tuple[SchoolRule, ...]
    cutoffs: tuple[Cutoff, ...]
    birth_ranges: dict[tuple[str, int], BirthRange]
    measles: Measles


def _part(inner: Table, head: Dated) -> Part:
    part = Part(*read_own_source(inner, head))
    inner.done()
    return part


def _may(entry: Table, head: Dated) -> MayDates | None:
    if not entry.has("may"):
        return None
    inner = entry.table("may")
    return MayDates(
        inner.month_day("youngest_cutoff"),
        inner.count("younger_by_years"),
        inner.flag("compulsory_once_admitted"),
        _part(inner, head),
    )


def _newcomers(entry: Table, head: Dated) -> Newcomers:
    inner = entry.table("begins")
    begins = inner.choice("kind", Begins)
    asylum = inner.choice("asylum", Begins) if inner.has("asylum") else begins
    months = inner.count("months") if Begins.MONTHS in (begins, asylum) else 0
    return Newcomers(begins, asylum, months, inner.flag("right_before", False), _part(inner, head))


def _rule(entry: Table) -> SchoolRule:
    head = read_dated(entry)
    full_time, vocational = entry.table("full_time"), entry.table("vocational")
    until = vocational.choice("until", Until)
    rule = SchoolRule(
        id=entry.text("id"),
        land=read_land(entry),
        full_time_years=full_time.count("years"),
        full_time=_part(full_time, head),
        vocational_until=until,
        vocational_years=vocational.count("years") if until is Until.YEARS else 0,
        vocational=_part(vocational, head),
        newcomers=_newcomers(entry, head),
        may=_may(entry, head),
        head=head,
    )
    entry.done()
    return rule


def _cutoff(entry: Table) -> Cutoff:
    last = entry.count("last_school_year") if entry.has("last_school_year") else None
    land, first, day = read_land(entry), entry.count("first_school_year"), entry.month_day("day")
    cutoff = Cutoff(land, first, last, day, read_source(entry), entry.choice("status", Status))
    entry.done()
    return cutoff


def _birth_ranges(entry: Table) -> dict[tuple[str, int], BirthRange]:
    land, source, status = read_land(entry), read_source(entry), entry.choice("status", Status)
    found: dict[tuple[str, int], BirthRange] = {}
    before: BirthRange | None = None
    for row in entry.tables("years"):
        year = row.count("school_year")
        now = BirthRange(year, row.day("born_from"), row.day("born_to"), source, status)
        if now.born_to < now.born_from:
            raise row.error("born_to", "liegt vor born_from")
        follows = before and before.school_year + 1 == year
        if before and follows and now.born_from != before.born_to + timedelta(days=1):
            raise row.error("born_from", f"schließt nicht an {before.born_to:%d.%m.%Y} an")
        found[land, year] = before = now
        row.done()
    entry.done()
    return found


@cache
def school_rules(folder: Path = RULES) -> SchoolRules:
    """Read `rules/school_duty.toml` once."""
    file = open_rules("school_duty", folder)
    year, measles = file.table("school_year"), file.table("measles")
    ranges: dict[tuple[str, int], BirthRange] = {}
    for entry in file.tables("birth_ranges"):
        ranges |= _birth_ranges(entry)
    found = SchoolRules(
        starts=year.month_day("starts"),
        starts_head=read_dated(year),
        rules=tuple(_rule(entry) for entry in file.tables("rule")),
        cutoffs=tuple(_cutoff(entry) for entry in file.tables("cutoff")),
        birth_ranges=ranges,
        measles=Measles(
            measles.count("from_years"), measles.count("proof_within_months"), read_dated(measles)
        ),
    )
    for table in (year, measles, file):
        table.done()
    refuse_overlap(found.rules, "rules/school_duty.toml")
    return found


def school_rule(land: str, on: date) -> SchoolRule:
    """The rule of a Land on a day."""
    return pick(school_rules().rules, land, on)


def cutoff(land: str, school_year: int) -> Cutoff:
    """The cut-off of a Land for a school year; years before the first entry follow the first."""
    cutoffs = school_rules().cutoffs
    own = [entry for entry in cutoffs if entry.land == land] or [e for e in cutoffs if e.land == ANY_LAND]
    if not own:
        raise RuleDataError(f"rules/school_duty.toml: kein Stichtag für {land}")
    fitting = [entry for entry in own if entry.first_school_year <= school_year]
    return max(fitting or own[:1], key=lambda entry: entry.first_school_year)


def birth_range(land: str, school_year: int) -> BirthRange:
    """The configured range of birth dates, else the one that follows from two cut-off days."""
    known = school_rules().birth_ranges.get((land, school_year))
    if known:
        return known
    rule, before = cutoff(land, school_year), cutoff(land, school_year - 1)
    first = date(school_year - 7, *before.day) + timedelta(days=1)
    return BirthRange(school_year, first, date(school_year - 6, *rule.day), rule.source, rule.status)


@cache
def first_school_year(born: date, land: str) -> int:
    """The school year in which a child born on this day must begin school."""
    year = born.year + 6
    while birth_range(land, year).born_to < born:
        year += 1
    return year
