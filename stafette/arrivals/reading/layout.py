"""Where in a sheet the list stands: below titles, above totals, between headings that repeat."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from stafette.arrivals.reading.columns import by_heading
from stafette.arrivals.reading.fields import Field, heading_key
from stafette.arrivals.reading.grid import Cell, Grid, as_text

LOOK_AT = 80
TOTAL = re.compile(
    r"^\W*(?:zwischen|gesamt|end)?\s*-?(?:summen?|anzahl|gesamt(?:zahl|summe|anzahl)?|insgesamt"
    r"|total|subtotal|grand total|sum|count|personen gesamt|davon|ergebnis|zusammen|übertrag)\b",
    re.IGNORECASE,
)
NOTE = re.compile(
    r"^\W*(?:stand|erstellt|quelle|seite|page|legende|hinweis|anmerkung|datum|druck|ende der|end of|bearbeiter"
    r"|ausgedruckt|gedruckt|erzeugt|generated|printed|created|source|note|vertraulich|\*|§)\b",
    re.IGNORECASE,
)
DATE_TEXT = re.compile(r"^\d{1,4}[./-]\d{1,2}[./-]\d{1,4}$")


@dataclass(frozen=True)
class Layout:
    """The heading of a sheet and where its rows begin; `header` is None where there is no heading."""

    header: int | None
    headings: tuple[str, ...]
    first: int
    known: int


def find_layout(grid: Grid) -> Layout:
    """The row with the most headings that are known, else the first that can be one."""
    best, known = None, 0
    for index, row in enumerate(grid.rows[:LOOK_AT]):
        hits = _known_headings(row)
        if hits > known and _is_heading_like(row):
            best, known = index, hits
    if best is None or known < 2:
        best = _unknown_header(grid)
    if best is None:
        width = grid.width
        return Layout(None, tuple("" for _ in range(width)), 0, 0)
    return Layout(best, _headings(grid, best), best + 1, known)


def _known_headings(row: Sequence[Cell]) -> int:
    """Different meanings among the cells; the same one five times is data, not a heading."""
    meanings = [
        m for m, sure in (by_heading(c) for c in row if isinstance(c, str) and c.strip()) if sure >= 0.9
    ]
    return (
        len(set(meanings))
        + (0.5 if Field.IGNORED in meanings else 0).__ceil__()
        - (Field.IGNORED in meanings)
    )


def _is_heading_like(row: Sequence[Cell]) -> bool:
    cells = [c for c in row if c not in ("", None)]
    texts = [c for c in cells if isinstance(c, str) and not DATE_TEXT.match(c.strip())]
    return len(texts) >= 0.8 * len(cells)


def _unknown_header(grid: Grid) -> int | None:
    """Headings never seen before: the first broad row of text without a date or number, above rows that have them."""
    rows = grid.rows[:LOOK_AT]
    width = _usual_width(rows)
    for index, row in enumerate(rows):
        filled = [c for c in row if c not in ("", None)]
        if len(filled) < max(2, 0.6 * width):
            continue
        words = all(
            isinstance(c, str) and re.search(r"[^\W\d_]", c) and not re.search(r"\d{3,}", c) for c in filled
        )
        distinct = len({as_text(c).lower() for c in filled}) == len(filled)
        return index if words and distinct and _differs(row, rows[index + 1 :]) else None
    return None


def _usual_width(rows: Sequence[Sequence[Cell]]) -> int:
    widths = sorted(sum(1 for c in row if c not in ("", None)) for row in rows)
    widths = [w for w in widths if w > 1]
    return widths[len(widths) // 2] if widths else 0


def _differs(row: Sequence[Cell], below: Sequence[Sequence[Cell]]) -> bool:
    """Whether some column holds dates or numbers below the words of this row."""
    for at, cell in enumerate(row):
        if cell in ("", None):
            continue
        column = [r[at] for r in below[:20] if at < len(r) and r[at] not in ("", None)]
        marked = [c for c in column if not isinstance(c, str) or re.search(r"\d", c)]
        if column and len(marked) >= 0.6 * len(column):
            return True
    return False


def _headings(grid: Grid, header: int) -> tuple[str, ...]:
    """The words of the heading; where they say too little alone, with those of the group above them."""
    row = [" ".join(as_text(c).split()) for c in grid.rows[header]]
    row += [""] * (grid.width - len(row))
    groups = _groups_above(grid, header)
    result = []
    for at, text in enumerate(row):
        group = groups[at] if at < len(groups) else ""
        alone = by_heading(text)[1] if text else 0.0
        both = f"{group} {text}".strip()
        together = by_heading(both)[1] if group else 0.0
        result.append(
            both
            if group and (not text or together > alone or _is_vague(text) or _is_about_birth(group))
            else text
        )
    return tuple(result)


def _is_about_birth(group: str) -> bool:
    """Under "Geburt" a place is the place of birth, not where somebody lives."""
    return bool(re.search(r"geb|birth|born", group, re.IGNORECASE))


def _is_vague(text: str) -> bool:
    return heading_key(text) in {"datum", "date", "am", "von", "bis", "aus", "art", "code", "schluessel"}


def _groups_above(grid: Grid, header: int) -> list[str]:
    """A heading of two rows: Geburt | Datum, Ort; Zuzug | Datum, aus."""
    if header == 0:
        return []
    above = [" ".join(as_text(c).split()) for c in grid.rows[header - 1]]
    if sum(1 for t in above if t) < 2:
        return []
    groups, last = [], ""
    for text in above + [""] * (grid.width - len(above)):
        last = text or last
        groups.append(last)
    return groups


def is_repeated_heading(row: Sequence[Cell], headings: Sequence[str]) -> bool:
    """The heading again, as it stands on every printed page."""
    cells = [(as_text(c), headings[at]) for at, c in enumerate(row[: len(headings)]) if c not in ("", None)]
    same = sum(1 for text, heading in cells if text and heading_key(text) == heading_key(heading))
    return len(cells) >= 2 and same >= 0.6 * len(cells)


def is_total_or_note(row: Sequence[Cell], filled: int, width: int) -> bool:
    """A row that speaks about the list instead of standing in it."""
    first = next((c for c in row if c not in ("", None)), "")
    if any(isinstance(c, (date, datetime)) for c in row) and filled > 2:
        return False
    text = as_text(first)
    total = bool(TOTAL.match(text)) or any(isinstance(c, str) and TOTAL.match(c.strip()) for c in row[:2])
    if total and filled <= max(3, width // 3):
        return True
    if filled <= 2 and width > 3:
        return bool(NOTE.match(text)) or len(text) > 40 or ":" in text or isinstance(first, (int, float))
    return False
