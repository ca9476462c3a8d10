"""Days on which the usual hours do not hold: „24.12.–01.01. geschlossen“, „31.12. 9–12 Uhr“, one a line."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from stafette.directory.data import ExceptionData, ScheduleData
from stafette.directory.hours.reading import read_time
from stafette.directory.hours.writing import hour_text

_DAY = r"(\d{1,2})\.(\d{1,2})\.(\d{4}|\d{2}(?!\d))?"
_LINE = re.compile(
    rf"^{_DAY}\s*(?:(?:–|-|—|bis)\s*{_DAY})?\s*:?\s*(?P<rest>.*)$",
    re.IGNORECASE,
)
_TIMES = re.compile(
    r"^(?:nur\s+)?(?:von\s+)?(\d{1,2}(?:[:.]\d{2})?)\s*(?:Uhr\s*)?(?:–|-|—|bis)\s*(\d{1,2}(?:[:.]\d{2})?)\s*(?:Uhr)?(?P<note>.*)$",
    re.IGNORECASE,
)


def parse_exceptions(text: str, day: date) -> tuple[tuple[ExceptionData, ...], tuple[str, ...]]:
    """Read one exception a line; gives them and the lines that cannot be read.

    Without a year it is the next such day from `day` on; a range may go over the turn of the year.
    """
    found, wrong = [], []
    for line in filter(None, (one.strip(" ,;") for one in re.split(r"[\n;]", text))):
        one = _exception(line, day)
        if one is None:
            wrong.append(line)
        else:
            found.append(one)
    return tuple(sorted(found, key=lambda one: one.starts_on)), tuple(wrong)


def _exception(line: str, today: date) -> ExceptionData | None:
    parts = _LINE.match(line)
    if parts is None:
        return None
    days = _range(parts.groups()[:6], today)
    rest = parts["rest"].strip(" ,:()")
    if days is None:
        return None
    hours = _TIMES.match(rest)
    if hours:
        opens, closes = read_time(hours[1]), read_time(hours[2])
        if opens is None or closes is None or opens >= closes:
            return None
        note = hours["note"].strip(" ,:()")
        return ExceptionData(
            starts_on=days[0],
            ends_on=days[1],
            is_closed=False,
            opens_at=opens,
            closes_at=closes,
            note=note[:200],
        )
    note = re.sub(r"^(?:ganztägig\s+)?(?:geschlossen|zu)\b", "", rest, flags=re.IGNORECASE).strip(" ,:()")
    return ExceptionData(starts_on=days[0], ends_on=days[1], note=note[:200])


def _range(parts: Sequence[str | None], today: date) -> tuple[date, date] | None:
    first_day, first_month, first_year, last_day, last_month, last_year = parts
    if last_day is None or last_month is None:
        last_day, last_month, last_year = first_day, first_month, first_year
    first = _day(
        first_day, first_month, first_year or _before(first_month, last_month, last_year), today.year
    )
    if first is None:
        return None
    last = _day(last_day, last_month, last_year, first.year)
    if last is None:
        return None
    if last < first and not last_year:
        last = _day(last_day, last_month, str(first.year + 1), first.year)
    if last and last < today and not first_year and not last_year:
        first = _day(first_day, first_month, str(first.year + 1), first.year)
        last = _day(last_day, last_month, str(last.year + 1), last.year)
    return (first, last) if first and last and first <= last else None


def _before(first_month: str | None, last_month: str | None, last_year: str | None) -> str | None:
    """The year of a first day whose last day has one: „24.12.–01.01.2027“ begins in 2026."""
    if not last_year or not first_month or not last_month:
        return None
    year = int(last_year) + (2000 if len(last_year) == 2 else 0)
    return str(year - 1 if int(first_month) > int(last_month) else year)


def _day(day: str | None, month: str | None, year: str | None, usual: int) -> date | None:
    number = int(year) if year else usual
    try:
        return date(number + 2000 if number < 100 else number, int(month or 0), int(day or 0))
    except ValueError:
        return None


def exceptions_text(schedules: Iterable[Any]) -> str:
    """The exceptions of all rules, one a line, each once."""
    found = {one for schedule in schedules for one in _plain(schedule.exceptions)}
    return "\n".join(
        _line(one) for one in sorted(found, key=lambda one: (one.starts_on, one.ends_on, one.note))
    )


def _plain(exceptions: Iterable[Any]) -> Iterable[ExceptionData]:
    for one in exceptions:
        if isinstance(one, ExceptionData):
            yield one
        else:
            times = [read_time(one[name]) if one.get(name) else None for name in ("opens_at", "closes_at")]
            yield ExceptionData(
                starts_on=date.fromisoformat(one["from"]), ends_on=date.fromisoformat(one["to"]),
                is_closed=one.get("closed", True), opens_at=times[0], closes_at=times[1], note=one.get("note", ""),
            )  # fmt: skip


def _line(one: ExceptionData) -> str:
    days = f"{one.starts_on:%d.%m.%Y}"
    if one.ends_on != one.starts_on:
        days += f"–{one.ends_on:%d.%m.%Y}"
    said = "geschlossen"
    if one.opens_at and one.closes_at:
        said = f"{hour_text(one.opens_at)}–{hour_text(one.closes_at)} Uhr"
    return f"{days} {said}{f', {one.note}' if one.note else ''}"


def with_exceptions(
    schedules: Sequence[ScheduleData], exceptions: tuple[ExceptionData, ...]
) -> tuple[ScheduleData, ...]:
    """The rules with these exceptions; special hours stand on the first rule only, or they would count twice."""
    closed = tuple(replace(one, is_closed=True, opens_at=None, closes_at=None) for one in exceptions)
    return tuple(
        replace(one, exceptions=exceptions if number == 0 else closed) for number, one in enumerate(schedules)
    )
