"""When it is open, for people: the next seven days with all exceptions, and one sentence for this moment."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from stafette.directory.hours import CODES, Span, next_opening, open_at, spans_on
from stafette.directory.papers.hours import hours_lines, hours_notes
from stafette.portal.shown.said import Said, said


@dataclass(frozen=True)
class Day:
    """One of the next seven days; `spans` pairs „9:00–12:00“ with how one comes („mit Termin“), mostly empty."""

    name: str
    day: date
    spans: tuple[tuple[str, str], ...]
    is_today: bool


@dataclass(frozen=True)
class Opening:
    """`is_open` is None where nobody told the hours; `more` is what no table can hold, in German."""

    is_open: bool | None
    sentence: str
    days: tuple[Day, ...]
    more: tuple[Said, ...]


def opening(
    schedules: Sequence[Any], moment: datetime, *, w: Mapping[str, Any], language: str, paused: bool
) -> Opening:
    """What to say about a service's hours at a local moment."""
    days = tuple(_day(schedules, moment.date() + timedelta(days=ahead), ahead, w) for ahead in range(7))
    if not any(one.spans for one in days):
        days = ()
    odd = hours_lines([one for one in schedules if not _is_weekly(one)], language, day=moment.date())
    notes = hours_notes(schedules, day=moment.date())
    more = (*(Said(line) for line in odd), *(said(language, note) for note in notes))
    if paused or not schedules:
        return Opening(None, "", () if paused else days, more)
    now_open = open_at(schedules, moment)
    if now_open:
        until = clock(now_open.closes_at, w)
        return Opening(True, w["open_until"].format(time=until), days, more)
    following = next_opening(schedules, moment)
    if following is None:
        return Opening(None, "", days, more)
    return Opening(False, _next(following, moment, w), days, more)


def _next(span: Span, moment: datetime, w: Mapping[str, Any]) -> str:
    at = clock(span.opens_at, w)
    if span.day == moment.date():
        said_next = w["opens_today"].format(time=at)
    else:
        name = w["weekdays"][span.day.weekday()]
        date_said = w["date"].format(day=span.day.day, month=span.day.month)
        said_next = w["opens_on"].format(day=name, date=date_said, time=at)
    how = _how(span, w)
    return f"{w['closed_now']} {said_next}" + (f" ({how})" if how else "")


def _day(schedules: Sequence[Any], day: date, ahead: int, w: Mapping[str, Any]) -> Day:
    spans = tuple(
        (f"{bare(one.opens_at)}–{bare(one.closes_at)}", _how(one, w)) for one in spans_on(schedules, day)
    )
    return Day(w["weekdays"][day.weekday()], day, spans, ahead == 0)


def _how(span: Span, w: Mapping[str, Any]) -> str:
    """How one comes, where one may not simply come."""
    return str(w["attending"].get(span.schedule.attending, ""))


def _is_weekly(one: Any) -> bool:
    days = [code for code in one.byday.split(",") if code]
    return one.freq == "WEEKLY" and one.interval == 1 and all(code in CODES for code in days)


def bare(at: Any) -> str:
    """A time of the day as everybody reads it: 9:00."""
    return f"{at.hour}:{at.minute:02}"


def clock(at: Any, w: Mapping[str, Any]) -> str:
    """The same with the language's word around it."""
    return str(w["clock"].format(time=bare(at)))
