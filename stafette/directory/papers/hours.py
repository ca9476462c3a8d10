"""Opening hours in nine languages, from the rules of the schedules; only a note keeps its German words."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, time, timedelta
from typing import Any

from stafette.directory.hours import CODES
from stafette.directory.papers.words import texts
from stafette.kernel.clock import today

AHEAD = timedelta(days=60)  # exceptions that somebody who gets the card now may meet
ISOLATE = "\u2066{}\u2069"  # a number stays in its order inside Arabic text


def hours_lines(schedules: Iterable[Any], language: str, *, day: date | None = None) -> list[str]:
    """One line for each set of days: „Пн–Чт: 9:00–12:00 ч.“; what does not hold any more is left out.

    A note of a schedule is German and therefore not in these lines: `hours_notes` has it.
    """
    words, now = texts(language)["hours_words"], day or today()
    valid = [one for one in schedules if not _ended(one, now)]
    lines: dict[tuple[str, ...], list[Any]] = {}
    for one in valid:
        if one.opens_at and one.closes_at and (one.byday or one.bymonthday):
            lines.setdefault((_days(one, words), *_conditions(one, words, now)), []).append(one)
    found = [_line(days, rows, conditions, words) for (days, *conditions), rows in lines.items()]
    if not found and any(one.attending == "appointment" for one in valid):
        found.append(words["only_appointment"])
    closed = [span for one in valid for span in _closed(one, now)]
    if closed:
        dates = words["comma"].join(dict.fromkeys(_dates(*span) for span in sorted(closed)))
        found.append(words["closed"].format(dates=dates))
    return found


def hours_notes(schedules: Iterable[Any], *, day: date | None = None) -> list[str]:
    """What the schedules say in German besides their times."""
    now = day or today()
    return list(
        dict.fromkeys(one.description for one in schedules if one.description and not _ended(one, now))
    )


def number(text: str, language: str) -> str:
    """A telephone number, date or time that keeps its order of reading inside Arabic text."""
    return ISOLATE.format(text) if language == "ar" else text


def date_text(day: date) -> str:
    """A date as it stands on German papers, in every language: 22.11.2026."""
    return f"{day:%d.%m.%Y}"


def _ended(one: Any, now: date) -> bool:
    return any(last and last < now for last in (one.valid_to, one.until))


def _conditions(one: Any, words: Any, now: date) -> tuple[str, ...]:
    """What holds for a line besides its times: by appointment, on the telephone, every other week, from a day on."""
    found = []
    if one.attending in ("appointment", "phone", "online"):
        found.append(words[one.attending])
    if one.freq == "WEEKLY" and one.interval == 2:
        found.append(words["biweekly"])
    if one.valid_from and one.valid_from > now:
        found.append(words["from"].format(date=date_text(one.valid_from)))
    return tuple(found)


def _line(days: str, rows: list[Any], conditions: list[str], words: Any) -> str:
    spans = dict.fromkeys(
        words["span"].format(opens=_clock(one.opens_at, words), closes=_clock(one.closes_at, words))
        for one in sorted(rows, key=lambda one: (one.opens_at, one.closes_at))
    )
    line = words["line"].format(days=days, spans=words["comma"].join(spans))
    return f"{line} ({words['comma'].join(conditions)})" if conditions else str(line)


def _clock(at: time, words: Any) -> str:
    form = words["minute"] if at.minute else words["hour"]
    return str(form.format(hour=at.hour, minute=f"{at.minute:02}"))


def _days(one: Any, words: Any) -> str:
    names, codes = words["days"], [code.strip() for code in one.byday.split(",") if code.strip()]
    if not codes:
        return ", ".join(f"{number.strip()}." for number in one.bymonthday.split(","))
    if not all(code in CODES for code in codes):
        return str(words["comma"].join(_of_month(code, words) for code in codes))
    numbers = sorted(CODES.index(code) for code in codes)
    runs: list[list[int]] = []
    for at in numbers:
        if runs and runs[-1][-1] == at - 1:
            runs[-1].append(at)
        else:
            runs.append([at])
    parts = [
        words["range"].format(first=names[run[0]], last=names[run[-1]])
        if len(run) > 2
        else words["comma"].join(names[at] for at in run)
        for run in runs
    ]
    return str(words["comma"].join(parts))


def _of_month(code: str, words: Any) -> str:
    """„1MO“ is the first Monday of the month, „-1FR“ the last Friday."""
    name, count = words["days"][CODES.index(code[-2:])], code[:-2]
    if not count:
        return str(name)
    form = words["month_last"] if count.startswith("-") else words["month"]
    return str(form.format(day=name, n=count.lstrip("+")))


def _closed(one: Any, now: date) -> Iterable[tuple[date, date]]:
    for exception in one.exceptions:
        if exception.get("opens_at") and exception.get("closes_at"):
            continue
        first, last = date.fromisoformat(exception["from"]), date.fromisoformat(exception["to"])
        if last >= now and first <= now + AHEAD:
            yield first, last


def _dates(first: date, last: date) -> str:
    return date_text(first) if first == last else f"{date_text(first)}–{date_text(last)}"
