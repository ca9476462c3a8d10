"""Opening hours: from „Mo–Do 9–12 und 13–16 Uhr“ to rules and back, and whether it is open now.

A schedule is a rule of RFC 5545 in its parts (`Schedule`, `ScheduleData`); both kinds are taken here. Times are local
times of the town.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from typing import Any

from dateutil import rrule

from stafette.directory.data import ScheduleData

CODES = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
GERMAN_DAYS = ("Mo", "Di", "Mi", "Do", "Fr", "Sa", "So")
_DAY = "|".join(GERMAN_DAYS)
_DAYS = rf"(?:{_DAY})\.?(?:\s*(?:–|-|—|bis|,|und|/)\s*(?:{_DAY})\.?)*"
_TIME = r"\d{1,2}(?:[:.]\d{2})?"
_SPAN = rf"({_TIME})\s*(?:Uhr\s*)?(?:–|-|—|bis)\s*({_TIME})"
_PART = re.compile(rf"({_DAYS})\s*:?\s*((?:{_SPAN}(?:\s*Uhr)?(?:\s*(?:,|und|u\.)\s*)?)+)", re.IGNORECASE)
WEEKDAYS = {code: getattr(rrule, code) for code in CODES}


@dataclass(frozen=True)
class Span:
    """Open from–to on one day; `schedule` says whether one may simply come."""

    day: date
    opens_at: time
    closes_at: time
    schedule: Any


def parse_hours(text: str) -> tuple[ScheduleData, ...]:
    """Read German opening hours; what cannot be read becomes one schedule with the text as its description.

    „Mo–Do 9–12 und 13–16 Uhr, Fr 9–12 Uhr“ gives three rules. „nach Vereinbarung“ and „Termin“ mark it as by
    appointment.
    """
    text = " ".join(text.split())
    if not text:
        return ()
    attending = (
        "appointment" if re.search(r"termin|vereinbarung|anmeldung", text, re.IGNORECASE) else "walk_in"
    )
    if re.search(r"ohne (termin|anmeldung)", text, re.IGNORECASE):
        attending = "walk_in"
    found = [
        ScheduleData(byday=",".join(days), opens_at=opens, closes_at=closes, attending=attending)
        for part in _PART.finditer(text)
        for days in [_read_days(part[1])]
        for opens, closes in _read_spans(part[2])
    ]
    rest = _PART.sub("", text).strip(" ,;.").removesuffix("Uhr").strip(" ,;.")
    if not found:
        return (ScheduleData(description=text[:300], attending=attending),)
    return tuple(replace(one, description=rest[:300]) for one in found) if rest else tuple(found)


def _read_days(text: str) -> list[str]:
    days: list[str] = []
    pieces = re.findall(rf"({_DAY})\.?|(–|-|—|bis)", text, re.IGNORECASE)
    running = False
    for day, dash in pieces:
        if dash:
            running = True
            continue
        code = CODES[[one.lower() for one in GERMAN_DAYS].index(day.lower())]
        if running and days:
            first, last = CODES.index(days[-1]), CODES.index(code)
            days += CODES[first + 1 : last + 1]
        else:
            days.append(code)
        running = False
    return list(dict.fromkeys(days))


def _read_spans(text: str) -> Iterator[tuple[time, time]]:
    for opens, closes in re.findall(_SPAN, text, re.IGNORECASE):
        first, last = _time(opens), _time(closes)
        if first is not None and last is not None and first < last:
            yield first, last


def _time(text: str) -> time | None:
    hour, _dot, minute = text.replace(".", ":").partition(":")
    if int(hour) > 24 or int(minute or 0) > 59:
        return None
    return time(23, 59) if int(hour) == 24 else time(int(hour), int(minute or 0))


def spans_on(schedules: Iterable[Any], day: date) -> list[Span]:
    """When it is open on a day, earliest first; exceptions are taken into account."""
    found = [span for schedule in schedules for span in _spans_of(schedule, day)]
    return sorted(set(found), key=lambda span: (span.opens_at, span.closes_at))


def _spans_of(schedule: Any, day: date) -> Iterator[Span]:
    special = [one for one in _exceptions(schedule) if one[0] <= day <= one[1]]
    for _first, _last, opens, closes in special:
        if opens and closes:
            yield Span(day, opens, closes, schedule)
    if special or schedule.opens_at is None or schedule.closes_at is None:
        return
    if _falls_on(schedule, day):
        yield Span(day, schedule.opens_at, schedule.closes_at, schedule)


def _exceptions(schedule: Any) -> Iterator[tuple[date, date, time | None, time | None]]:
    for one in schedule.exceptions:
        if isinstance(one, dict):
            times = [
                time.fromisoformat(one[name]) if one.get(name) else None for name in ("opens_at", "closes_at")
            ]
            yield date.fromisoformat(one["from"]), date.fromisoformat(one["to"]), times[0], times[1]
        else:
            yield one.starts_on, one.ends_on, one.opens_at, one.closes_at


def _falls_on(schedule: Any, day: date) -> bool:
    """Whether the rule has an occurrence on that day."""
    begins = max(filter(None, (schedule.valid_from, schedule.dtstart)), default=None)
    ends = min(filter(None, (schedule.valid_to, schedule.until)), default=None)
    if (begins and day < begins) or (ends and day > ends):
        return False
    plain = schedule.freq == "WEEKLY" and schedule.interval == 1 and schedule.count is None
    if plain and schedule.byday and all(code in CODES for code in schedule.byday.split(",")):
        return CODES[day.weekday()] in schedule.byday.split(",")
    start = schedule.dtstart or schedule.valid_from or day - timedelta(days=day.weekday() + 7 * 52)
    noon = datetime.combine(day, time())
    return bool(_rule(schedule, start).between(noon, noon, inc=True))


def _rule(schedule: Any, start: date) -> rrule.rrule:
    weekdays = [_weekday(code.strip()) for code in schedule.byday.split(",") if code.strip()]
    month_days = [int(number) for number in schedule.bymonthday.split(",") if number.strip()]
    return rrule.rrule(
        rrule.MONTHLY if schedule.freq == "MONTHLY" else rrule.WEEKLY,
        dtstart=datetime.combine(start, time()),
        interval=schedule.interval or 1,
        count=schedule.count,
        byweekday=weekdays or None,
        bymonthday=month_days or None,
    )


def _weekday(code: str) -> Any:
    number, name = code[:-2], code[-2:].upper()
    return WEEKDAYS[name](int(number)) if number else WEEKDAYS[name]


def open_at(schedules: Sequence[Any], moment: datetime) -> Span | None:
    """The opening that a local moment falls into, appointments left out; None when it is closed."""
    for span in spans_on(schedules, moment.date()):
        if span.schedule.attending != "appointment" and span.opens_at <= moment.time() < span.closes_at:
            return span
    return None


def next_opening(schedules: Sequence[Any], moment: datetime, *, days: int = 14) -> Span | None:
    """The next opening after a local moment, looked for so many days ahead."""
    for ahead in range(days + 1):
        for span in spans_on(schedules, moment.date() + timedelta(days=ahead)):
            if ahead or span.opens_at > moment.time():
                return span
    return None


def hours_text(schedules: Iterable[Any]) -> str:
    """Write rules as people do in German: „Mo–Do 9–12 und 13–16 Uhr, Fr 9–12 Uhr“."""
    by_days: dict[str, list[Any]] = {}
    notes: list[str] = []
    for one in schedules:
        if one.opens_at and one.closes_at and one.byday:
            by_days.setdefault(one.byday, []).append(one)
        if one.description and one.description not in notes:
            notes.append(one.description)
    parts = [
        f"{_days_text(byday)} {' und '.join(_span_text(one) for one in sorted(rows, key=_opening))} Uhr"
        for byday, rows in by_days.items()
    ]
    if any(one.attending == "appointment" for rows in by_days.values() for one in rows):
        notes.insert(0, "mit Termin")
    return ", ".join([*parts, *dict.fromkeys(notes)])


def _opening(one: Any) -> time:
    opens: time = one.opens_at
    return opens


def _span_text(one: Any) -> str:
    return f"{_hour(one.opens_at)}–{_hour(one.closes_at)}"


def _hour(at: time) -> str:
    return f"{at.hour}:{at.minute:02}" if at.minute else str(at.hour)


def _days_text(byday: str) -> str:
    codes = [code for code in byday.split(",") if code]
    if not all(code in CODES for code in codes):
        return byday
    numbers = sorted(CODES.index(code) for code in codes)
    runs: list[list[int]] = []
    for number in numbers:
        if runs and runs[-1][-1] == number - 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    words = [
        f"{GERMAN_DAYS[run[0]]}–{GERMAN_DAYS[run[-1]]}"
        if len(run) > 2
        else ", ".join(GERMAN_DAYS[n] for n in run)
        for run in runs
    ]
    return ", ".join(words)
