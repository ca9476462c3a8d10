"""What was understood of typed hours, day by day: shown while one types."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from stafette.directory.data import ScheduleData
from stafette.directory.hours.closings import exceptions_text, parse_exceptions, with_exceptions
from stafette.directory.hours.days import CODES, LONG_DAYS
from stafette.directory.hours.reading import parse_hours, unread
from stafette.directory.hours.writing import hours_text


@dataclass(frozen=True)
class Preview:
    """Days with their hours, closed days, what stays a note, and lines that say no day."""

    days: list[tuple[str, str]]
    others: list[str]
    closed: list[str]
    note: str
    wrong: tuple[str, ...]


def preview_of(hours: str, exceptions: str, today: date) -> Preview | None:
    """None where nothing was typed."""
    rules = parse_hours(hours)
    found, wrong = parse_exceptions(exceptions, today)
    if not rules and not found and not wrong:
        return None
    closed = exceptions_text(with_exceptions((ScheduleData(),), found))
    weekly = [one for one in rules if _is_plain(one)]
    return Preview(
        days=[
            (LONG_DAYS[number], _on(weekly, code))
            for number, code in enumerate(CODES)
            if any(code in one.byday.split(",") for one in weekly)
        ],
        others=[hours_text([one]) for one in rules if one.byday and not _is_plain(one)],
        closed=closed.splitlines(),
        note=unread(hours),
        wrong=wrong,
    )


def _is_plain(one: ScheduleData) -> bool:
    codes = one.byday.split(",")
    always = one.valid_from is None and one.valid_to is None
    return one.freq == "WEEKLY" and one.interval == 1 and always and all(code in CODES for code in codes)


def _on(rules: list[ScheduleData], code: str) -> str:
    """The hours of one day without its name."""
    day = [
        ScheduleData(
            byday=code, opens_at=one.opens_at, closes_at=one.closes_at, attending=one.attending,
            description=one.description if not one.opens_at else "",
        )
        for one in rules
        if code in one.byday.split(",")
    ]  # fmt: skip
    return hours_text(day).replace(f"{LONG_DAYS[CODES.index(code)][:2]} ", "")
