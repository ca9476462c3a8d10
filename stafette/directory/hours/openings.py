"""When a rule falls: on which days, whether it is open now, and when next. Times are local times of the town."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from dateutil import rrule

from stafette.directory.hours.days import CODES

WEEKDAYS = {code: getattr(rrule, code) for code in CODES}


@dataclass(frozen=True)
class Span:
    """Open from–to on one day; `schedule` says whether one may simply come."""

    day: date
    opens_at: time
    closes_at: time
    schedule: Any


def spans_on(schedules: Iterable[Any], day: date) -> list[Span]:
    """When it is open on a day, earliest first; exceptions are taken into account."""
    found = [span for schedule in schedules for span in _spans_of(schedule, day)]
    once = {
        (span.opens_at, span.closes_at): span for span in reversed(found)
    }  # the first of two equal ones stays
    return [span for _times, span in sorted(once.items(), key=lambda item: item[0])]


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
    """The opening that a local moment falls into, appointments left out; None when it is closed.

    They are left out before equal times are put together: at one place one may come, at another only be asked to.
    """
    walk_in = [one for one in schedules if one.attending != "appointment"]
    for span in spans_on(walk_in, moment.date()):
        if span.opens_at <= moment.time() < span.closes_at:
            return span
    return None


def next_opening(schedules: Sequence[Any], moment: datetime, *, days: int = 14) -> Span | None:
    """The next opening after a local moment, looked for so many days ahead."""
    for ahead in range(days + 1):
        for span in spans_on(schedules, moment.date() + timedelta(days=ahead)):
            if ahead or span.opens_at > moment.time():
                return span
    return None
