"""Write rules as people do in German: „Mo–Do 9–12 und 13–16 Uhr, Fr 9–12 Uhr“."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, time
from typing import Any

from stafette.directory.hours.days import CODES, GERMAN_DAYS, days_text

HOW = {
    "appointment": "mit Termin",
    "phone": "telefonisch",
    "online": "online",
}
INTERVALS = {2: "alle 2 Wochen ", 3: "alle 3 Wochen ", 4: "alle 4 Wochen "}


def hours_text(schedules: Iterable[Any]) -> str:
    """Rules in one line; notes that are no times stand at its end, each once."""
    rows = list(schedules)
    timed = [one for one in rows if one.opens_at and one.closes_at and (one.byday or one.bymonthday)]
    on_call = [one for one in rows if one.byday and not one.opens_at]
    notes = [one.description for one in rows if one.description and one not in on_call]
    hows = {one.attending for one in timed}
    shared = HOW.get(next(iter(hows)), "") if len(hows) == 1 and len(timed) == len(rows) else ""
    parts = [_part(group, "" if shared else HOW.get(group[0].attending, "")) for group in _groups(timed)]
    calls = [f"{days_text(one.byday.split(','))} {one.description or 'nach Vereinbarung'}" for one in on_call]
    said = [shared] if shared and not any(shared in note for note in notes) else []
    return ", ".join([*parts, *calls, *said, *dict.fromkeys(notes)])


def _groups(timed: list[Any]) -> list[list[Any]]:
    """Rules of the same days, in the order in which they come."""
    groups: dict[tuple[Any, ...], list[Any]] = {}
    for one in timed:
        key = (
            one.freq, one.interval, one.byday, one.bymonthday, one.valid_from, one.valid_to, one.attending
        )  # fmt: skip
        groups.setdefault(key, []).append(one)
    return list(groups.values())


def _part(group: list[Any], how: str) -> str:
    first = group[0]
    spans = " und ".join(_span(one) for one in sorted(group, key=_opening))
    return f"{INTERVALS.get(first.interval, '')}{_days(first)} {spans} Uhr{f' {how}' if how else ''}{_when(first)}"


def _days(one: Any) -> str:
    codes = [code for code in one.byday.split(",") if code]
    if codes and all(code in CODES for code in codes):
        return "täglich" if len(codes) == 7 else days_text(codes)
    if codes and len({code[-2:] for code in codes}) == 1 and codes[0][-2:] in CODES:
        counts = ["letzter" if code[:-2] == "-1" else f"{code[:-2]}." for code in codes]
        return f"{' und '.join(counts)} {GERMAN_DAYS[CODES.index(codes[0][-2:])]} im Monat"
    if one.bymonthday:
        return f"am {', '.join(f'{day}.' for day in one.bymonthday.split(','))} des Monats"
    return str(one.byday)


def _when(one: Any) -> str:
    begins, ends = _day("ab", one.valid_from), _day("bis", one.valid_to)
    said = " ".join(filter(None, (begins, ends)))
    return f" ({said})" if said else ""


def _day(word: str, day: date | None) -> str:
    return f"{word} {day:%d.%m.%Y}" if day else ""


def _opening(one: Any) -> time:
    opens: time = one.opens_at
    return opens


def _span(one: Any) -> str:
    return f"{hour_text(one.opens_at)}–{hour_text(one.closes_at)}"


def hour_text(at: time) -> str:
    """9, 9:30, and 24 for the last minute of a day."""
    if at == time(23, 59):
        return "24"
    return f"{at.hour}:{at.minute:02}" if at.minute else str(at.hour)
