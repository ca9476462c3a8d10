"""Birth dates as registers really hold them: partly known, and written in every way people write.

00.00.1985 and 01.01.1985 stand in registers for "only the year is known"; a passport says 1985-02-01,
a clerk types 1.2.85, a spreadsheet delivers 31079. What cannot be a date is refused, never guessed.
"""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import date, timedelta

from stafette.people.names.fold import fold

EARLIEST_YEAR = 1890
_EXCEL_ZERO = date(1899, 12, 30)  # Excel counts days from here once its leap-year error of 1900 is past
_EXCEL_RANGE = range(3654, 109575)  # 01.01.1910 to 31.12.2199: a smaller number is a year or a slip
_MONTHS = {
    month: number
    for number, words in enumerate(
        (
            "januar jan jaenner jänner january ianuarie januari styczen stycznia януари",
            "februar feb february feber februarie luty lutego февруари",
            "märz maerz mrz mär march mar martie marzec marca март",
            "april apr aprilie kwiecien kwietnia април",
            "mai may maj maja май",
            "juni jun june iunie czerwiec czerwca юни",
            "juli jul july iulie lipiec lipca юли",
            "august aug sierpien sierpnia август",
            "september sep sept septembrie wrzesien wrzesnia септември",
            "oktober okt october oct octombrie pazdziernik pazdziernika октомври",
            "november nov noiembrie listopad listopada ноември",
            "dezember dez december dec decembrie grudzien grudnia декември",
        ),
        start=1,
    )
    for word in words.split()
    for month in (word, "".join(fold(word)))
}
_ISO = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:[T ]\d{1,2}:\d{2}.*)?$")
_PARTS = re.compile(r"(\d{1,2})\s*[.,/\-\s]\s*(\d{1,2})\s*[.,/\-\s]\s*(\d{4}|\d{2})(?:\s+\d{1,2}:\d{2}.*)?$")
_MONTH_YEAR = re.compile(r"(\d{1,2})\s*[./-]\s*(\d{4})$")
_WORDS = re.compile(r"(?:(\d{1,2})\s*\.?\s*)?([^\W\d]+)\.?\s+(\d{4}|\d{2})$")
_DIGITS = re.compile(r"\d+$")


@dataclass(frozen=True, order=True)
class BirthDate:
    """What is known of a birth date; month and day may be missing, the year too."""

    year: int | None = None
    month: int | None = None
    day: int | None = None

    def __bool__(self) -> bool:
        return any((self.year, self.month, self.day))

    def __str__(self) -> str:
        """German form with the register's zeros for what is not known: 00.00.1985."""
        return f"{self.day or 0:02}.{self.month or 0:02}.{self.year or 0:04}" if self else ""

    @property
    def is_whole(self) -> bool:
        """Day, month and year are known."""
        return bool(self.year and self.month and self.day)

    def as_date(self) -> date | None:
        """The calendar day, where all three parts are known."""
        return date(self.year, self.month, self.day) if self.year and self.month and self.day else None

    def first_possible(self) -> date | None:
        """The earliest day it may have been: rules about age ask for both ends."""
        return date(self.year, self.month or 1, self.day or 1) if self.year else None

    def last_possible(self) -> date | None:
        """The latest day it may have been."""
        if not self.year:
            return None
        month = self.month or 12
        return date(self.year, month, self.day or calendar.monthrange(self.year, month)[1])


def from_date(day: date) -> BirthDate:
    """A whole birth date from a calendar day."""
    return BirthDate(day.year, day.month, day.day)


def parse_birth_date(text: str, *, on: date) -> BirthDate | None:
    """Anything people type as a birth date, or None when it is none.

    A two-digit year belongs to the last hundred years before `on`: nobody is born in the future and
    few are older. A day in the future or before 1890 is not a birth date.
    """
    for read in (_read_iso, _read_parts, _read_words, _read_month_year, _read_digits):
        found = read(text.strip(), on)
        if found is not None:
            return _checked(found, on)
    return None


def _read_iso(text: str, on: date) -> BirthDate | None:
    m = _ISO.match(text)
    return _parts(m[1], m[2], m[3], on) if m else None


def _read_parts(text: str, on: date) -> BirthDate | None:
    m = _PARTS.match(text)
    return _parts(m[3], m[2], m[1], on) if m else None


def _read_words(text: str, on: date) -> BirthDate | None:
    m = _WORDS.match(text)
    if not m:
        return None
    month = _MONTHS.get(m[2].lower()) or _MONTHS.get("".join(fold(m[2])))
    return _parts(m[3], str(month), m[1] or "0", on) if month else None


def _read_month_year(text: str, on: date) -> BirthDate | None:
    m = _MONTH_YEAR.match(text)
    return _parts(m[2], m[1], "0", on) if m else None


def _read_digits(text: str, on: date) -> BirthDate | None:
    if not _DIGITS.match(text):
        return None
    if len(text) == 8:
        german = _checked(_parts(text[4:], text[2:4], text[:2], on), on)
        return german or _parts(text[:4], text[4:6], text[6:], on)
    if len(text) == 6:
        return _parts(text[4:], text[2:4], text[:2], on)
    if len(text) == 5 and int(text) in _EXCEL_RANGE:
        return from_date(_EXCEL_ZERO + timedelta(days=int(text)))
    return BirthDate(year=int(text)) if len(text) == 4 else None


def _parts(year: str, month: str, day: str, on: date) -> BirthDate:
    return BirthDate(_whole_year(year, on) or None, int(month) or None, int(day) or None)


def _whole_year(text: str, on: date) -> int:
    if len(text) > 2:
        return int(text)
    year = on.year - on.year % 100 + int(text)
    return year if year <= on.year else year - 100


def _checked(found: BirthDate, on: date) -> BirthDate | None:
    if found.year is None or not EARLIEST_YEAR <= found.year <= on.year:
        return None
    if found.day and not found.month:
        return None
    try:
        first = found.first_possible()
    except ValueError:
        return None
    return found if first and first <= on else None
