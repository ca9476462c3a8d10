"""What the cells of a column look like when its heading says nothing."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import pairwise

from stafette.arrivals.reading.codes import country_key, is_key, language_code, lock, sex
from stafette.arrivals.reading.dates import DayOrder, read_date
from stafette.arrivals.reading.fields import Field
from stafette.arrivals.reading.grid import Cell, as_text

EMAIL = re.compile(r"^[^@\s]+@[^@\s]+\.[a-z]{2,}$", re.IGNORECASE)
PHONE = re.compile(r"^(?:\+|00|0)[\d /()\-]{6,}$")
POSTAL = re.compile(r"^(?:D-)?\d{5}$")
HOUSE = re.compile(r"^\d{1,4}\s?[a-zA-Z]?(?:\s?[-/+]\s?\d{1,4}\s?[a-zA-Z]?)?$")
STREETISH = re.compile(
    r"(?:stra[sß]+e|str\.|weg|platz|gasse|gäßchen|gässchen|allee|ring|damm|ufer|chaussee|hof|markt|steig|promenade"
    r"|winkel|siedlung|berg|graben|street|road|avenue|lane)\b|^(?:am|an der|im|in der|zum|zur|alte|neue)\s",
    re.IGNORECASE,
)
NAME = re.compile(r"^[^\W\d_][^\d_;|@]{0,60}$")
COMMA_NAME = re.compile(r"^[^\W\d_][^\d,]*,\s*[^\W\d_][^\d,]*$")


@dataclass(frozen=True)
class Likeness:
    """Shares of the filled cells that look like something, and how the values are spread."""

    filled: int
    shares: dict[str, float]
    spread_years: float
    distinct: float

    def share(self, what: str) -> float:
        """How much of the column looks like `what`."""
        return self.shares.get(what, 0.0)

    def best(self) -> tuple[Field | None, float]:
        """The one meaning that the content alone suggests, if any."""
        if self.filled < 2:
            return None, 0.0
        order: tuple[tuple[str, Field, float], ...] = (
            ("email", Field.EMAIL, 0.95), ("lock", Field.ADDRESS_LOCK, 0.7), ("sex", Field.SEX, 0.85),
            ("nationality", Field.NATIONALITY, 0.85), ("postal", Field.POSTAL_CODE, 0.8),
            ("phone", Field.PHONE, 0.7), ("address", Field.ADDRESS, 0.8), ("street", Field.STREET, 0.75),
            ("language", Field.LANGUAGE, 0.6), ("house", Field.HOUSE_NUMBER, 0.5),
        )  # fmt: skip
        for what, meaning, sure in order:
            if self.share(what) >= 0.8 and not (what == "house" and self.share("running") > 0.8):
                return meaning, sure * self.share(what)
        return None, 0.0


def likeness(cells: Sequence[Cell]) -> Likeness:
    """Look at a sample of a column."""
    texts = [t for t in (as_text(cell) for cell in cells) if t]
    filled = len(texts)
    if not filled:
        return Likeness(0, {}, 0.0, 0.0)
    counts: Counter[str] = Counter()
    years: list[int] = []
    for cell, text in zip([c for c in cells if as_text(c)], texts, strict=True):
        counts.update(_looks(cell, text, years))
    shares = {what: n / filled for what, n in counts.items()}
    shares["running"] = _running(texts)
    middle = sorted(years)[len(years) // 20 : len(years) - len(years) // 20] if years else []
    spread = middle[-1] - middle[0] if middle else 0
    return Likeness(filled, shares, spread, len(set(texts)) / filled)


def _looks(cell: Cell, text: str, years: list[int]) -> list[str]:
    found = []
    if isinstance(cell, (date, datetime)) or (len(re.findall(r"\d", text)) >= 4 and not POSTAL.match(text)):
        parsed = read_date(cell, DayOrder.DAY_FIRST)
        parsed = read_date(cell, DayOrder.MONTH_FIRST) if parsed.problem else parsed
        if parsed.year and not (isinstance(cell, (int, float)) and not 10_000 < cell < 60_000):
            years.append(parsed.year)
            found.append("date")
    if isinstance(cell, (int, float)) and 3_000 < cell < 60_000 and not isinstance(cell, bool):
        found.append("serial")  # may be a day as Excel counts them; a postal code looks the same
    elif re.fullmatch(r"[1-5]\d{4}", text):
        found.append("serial")
    tests = {
        "email": EMAIL.match(text),
        "phone": PHONE.match(text) and not isinstance(cell, (float, int)),
        "postal": POSTAL.match(text),
        "house": HOUSE.match(text),
        "sex": sex(text),
        "nationality": is_key(text) or country_key(text),
        "street": STREETISH.search(text),
        "address": STREETISH.search(text) and re.search(r"\s\d+", text),
        "language": language_code(text),
        "lock": len(text) < 30 and lock(text) and re.search(r"§|sperre|bmg", text, re.IGNORECASE),
        "name": NAME.match(text) and text[:1].isupper(),
        "comma_name": COMMA_NAME.match(text),
    }
    return found + [what for what, hit in tests.items() if hit]


def _running(texts: list[str]) -> float:
    """How much of the column is a running number."""
    numbers = [int(t) for t in texts if t.isdigit() and len(t) < 8]
    if len(numbers) < 2:
        return 0.0
    return sum(1 for a, b in pairwise(numbers) if b == a + 1) / (len(texts) - 1)
