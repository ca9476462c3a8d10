"""Dates as lists of arrivals hold them: cells, serial numbers, text in any order, partly known.

The reader of `people.birthdates` answers what one person types. A column of a file can be read better:
its own days show whether 07/11 is the seventh of November or the eleventh of July.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from stafette.arrivals.reading.grid import Cell
from stafette.kernel.clock import today
from stafette.people.birthdates import EARLIEST_YEAR, parse_birth_date

_EXCEL_ZERO = date(1899, 12, 30)
_ISO = re.compile(r"^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:[T ].*)?$")
_PARTS = re.compile(
    r"^(\d{1,2})\s*([.,/\-\s])\s*(\d{1,2})\s*[.,/\-\s]\s*(\d{4}|\d{2})(?:[T ]+\d{1,2}:\d{2}.*)?$"
)
_YEAR = re.compile(r"^(?:[0x?]{1,2}[./\-]){0,2}(\d{4})$|^(\d{4})(?:-[0x?]{2}){0,2}$", re.IGNORECASE)
_MONTH_YEAR = re.compile(r"^(?:[0x?]{1,2}[./\-])?(\d{1,2})[./\-](\d{4})$", re.IGNORECASE)
_EIGHT = re.compile(r"^\d{8}$")
_SERIAL = re.compile(r"^\d{5}(?:[.,]\d+)?$")
_BLANK = re.compile(
    r"^[\s0?x.\-/]*$|^(?:unbekannt|unknown|k\.?\s?a\.?|n/?a|ohne|nicht bekannt)$", re.IGNORECASE
)


class DayOrder(StrEnum):
    """What comes first in 07/11/2022."""

    DAY_FIRST = "day_first"
    MONTH_FIRST = "month_first"


@dataclass(frozen=True)
class Found:
    """What a cell says of a date, or what is wrong with it; nothing at all where it is blank."""

    year: int | None = None
    month: int | None = None
    day: int | None = None
    problem: str = ""

    def whole(self) -> date | None:
        """The day, where all of it is known."""
        return date(self.year, self.month, self.day) if self.year and self.month and self.day else None


NOTHING = Found()


def day_order(columns: Iterable[Iterable[Cell]]) -> DayOrder:
    """Which order the file uses: a first part above 12 speaks for one, a second part for the other."""
    day_first = month_first = 0
    for column in columns:
        for cell in column:
            match = _PARTS.match(cell.strip()) if isinstance(cell, str) else None
            if match:
                day_first += int(match[1]) > 12
                month_first += int(match[3]) > 12
    return DayOrder.MONTH_FIRST if month_first > day_first else DayOrder.DAY_FIRST


def read_date(cell: Cell, order: DayOrder, on: date | None = None) -> Found:
    """A date, whole or partly known."""
    if cell is None or cell == "":
        return NOTHING
    if isinstance(cell, datetime):
        return Found(cell.year, cell.month, cell.day)
    if isinstance(cell, date):
        return Found(cell.year, cell.month, cell.day)
    if isinstance(cell, bool):
        return Found(problem="unreadable")
    if isinstance(cell, (int, float)):
        return _number(float(cell))
    if isinstance(cell, str):
        return _text(" ".join(cell.split()), order, on or today())
    return Found(problem="unreadable")


def birth_problem(found: Found, on: date) -> Found:
    """The same date, refused where nobody can have been born then."""
    if found.problem or not found.year:
        return found
    if (found.year, found.month or 1, found.day or 1) > (on.year, on.month, on.day):
        return Found(problem="future")
    return Found(problem="too_early") if found.year < EARLIEST_YEAR else found


def _number(number: float) -> Found:
    if 1850 <= number <= 2100 and number.is_integer():
        return Found(year=int(number))
    if 3000 <= number < 120_000:
        day = _EXCEL_ZERO + timedelta(days=int(number))
        return Found(day.year, day.month, day.day)
    text = str(int(number))
    if number.is_integer() and 7 <= len(text) <= 8:
        return _eight(text.zfill(8))
    return Found(problem="unreadable")


def _text(text: str, order: DayOrder, on: date) -> Found:
    if _BLANK.match(text):
        return NOTHING
    if match := _ISO.match(text):
        return _checked(int(match[1]), int(match[2]), int(match[3]))
    if match := _PARTS.match(text):
        first, second = int(match[1]), int(match[3])
        if order == DayOrder.MONTH_FIRST and match[2] in "/-":
            first, second = second, first
        return _checked(_century(match[4], on), second, first)
    if match := _YEAR.match(text):
        return Found(year=int(match[1] or match[2]))
    if match := _MONTH_YEAR.match(text):
        return _checked(int(match[2]), int(match[1]), 0)
    if _EIGHT.match(text):
        return _eight(text)
    if _SERIAL.match(text):
        return _number(float(text.replace(",", ".")))
    return _words(text, on)


def _words(text: str, on: date) -> Found:
    """3. März 1985, 03-Mar-85: months in words are read as people type them."""
    plain = re.sub(r"[-/.]", " ", re.sub(r"^\w{2,10},\s+", "", text))
    plain = re.sub(r"^([^\W\d]+)\s+(\d{1,2}),?\s+(\d{4})$", r"\2 \1 \3", plain)
    born = parse_birth_date(" ".join(plain.split()), on=on) if re.search(r"[^\W\d]{3}", plain) else None
    return Found(born.year, born.month, born.day) if born else Found(problem="unreadable")


def _eight(digits: str) -> Found:
    """19850312 or 12031985."""
    iso = _checked(int(digits[:4]), int(digits[4:6]), int(digits[6:]))
    if not iso.problem and 1850 <= int(digits[:4]) <= 2100:
        return iso
    return _checked(int(digits[4:]), int(digits[2:4]), int(digits[:2]))


def _century(digits: str, on: date) -> int:
    """Two digits name the last year with that ending; a four-digit year stands for itself."""
    year = int(digits)
    if len(digits) == 4:
        return year
    return year + (2000 if year <= on.year % 100 else 1900)


def _checked(year: int, month: int, day: int) -> Found:
    """00.00.1985 is partly known; 31.02.1990 is nothing."""
    if month > 12 or day > 31 or (day and not month) or not 1 <= year <= 9999:
        return Found(problem="impossible")
    try:
        date(year, month or 1, day or 1)
    except ValueError:
        return Found(problem="impossible")
    return Found(year, month or None, day or None)
