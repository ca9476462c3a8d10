"""Delimited text in any separator, quoting and line end, as rows of cells."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from dataclasses import dataclass

from stafette.arrivals.reading.encoding import decode
from stafette.arrivals.reading.grid import Cell, Grid

SEPARATORS = (";", "\t", ",", "|", "¦", "^", "~")
SAMPLE_LINES = 400
FIELD_LIMIT = 1_000_000
SEP_LINE = re.compile(r"^\ufeff?\"?sep=(.)\"?\s*(\r\n|\r|\n)", re.IGNORECASE)


@dataclass(frozen=True)
class Dialect:
    """How the cells of a line are kept apart."""

    separator: str
    quoting: int


def read_delimited(data: bytes) -> Grid:
    """All rows of a text file, empty ones included, so that row numbers are those the clerk sees."""
    csv.field_size_limit(FIELD_LIMIT)
    text, encoding = decode(data)
    declared = SEP_LINE.match(text)
    skipped = 1 if declared else 0
    if declared:
        text = text[declared.end() :]
    text, wrapped = _unwrap(text)
    dialect = _dialect(text, declared.group(1) if declared else None)
    rows: list[list[Cell]] = [[] for _ in range(skipped)]
    rows += [list(row) for row in _parse(text, dialect)]
    return Grid(
        name="", rows=rows, kind="csv", encoding=encoding, separator=dialect.separator, wrapped=wrapped
    )


def _parse(text: str, dialect: Dialect) -> list[list[str]]:
    """Rows as the csv module sees them; where its lines do not line up with the file's, it is left out."""
    reader = csv.reader(
        io.StringIO(text, newline=""),
        delimiter=dialect.separator,
        quoting=dialect.quoting,  # type: ignore[arg-type]
    )
    rows = list(reader)
    if dialect.quoting == csv.QUOTE_NONE:
        return [[_bare(cell) for cell in row] for row in rows]
    return rows


def _bare(cell: str) -> str:
    if len(cell) > 1 and cell[0] == cell[-1] == '"':
        return cell[1:-1].replace('""', '"')
    return cell


def _dialect(text: str, declared: str | None) -> Dialect:
    sample = _head(text)
    separator = declared or max(SEPARATORS, key=lambda s: (_fit(sample, s), -SEPARATORS.index(s)))
    return Dialect(separator, _quoting(text, separator))


def _quoting(text: str, separator: str) -> int:
    """A quotation mark that nobody closes would swallow the rest of the file: then take marks literally."""
    if '"' not in text:
        return csv.QUOTE_NONE
    usual = max(2, _head(text, 20).count(separator) // 20)
    for row in csv.reader(io.StringIO(text, newline=""), delimiter=separator):
        for cell in row:
            if len(cell) > 40 and cell.count(separator) >= usual and ("\n" in cell or "\r" in cell):
                return csv.QUOTE_NONE
    return csv.QUOTE_MINIMAL


def _head(text: str, lines: int = SAMPLE_LINES) -> str:
    """The first lines, whichever of the three line ends the file has."""
    at, seen = 0, 0
    for match in re.finditer(r"\r\n|\r|\n", text):
        at, seen = match.end(), seen + 1
        if seen == lines:
            return text[:at]
    return text


def _fit(sample: str, separator: str) -> tuple[float, int]:
    """How evenly a separator cuts the lines: the share of lines of the commonest width, then the width."""
    try:
        rows = list(csv.reader(io.StringIO(sample, newline=""), delimiter=separator))
    except csv.Error:
        return (0.0, 0)
    widths = Counter(len(row) for row in rows if any(cell.strip() for cell in row))
    total = sum(widths.values())
    wide = [(count, width) for width, count in widths.items() if width > 1]
    if not wide:
        return (0.0, 0)
    count, width = max(wide)
    return (round(count / total, 1), width)


def _unwrap(text: str) -> tuple[str, bool]:
    """Undo a file whose whole lines were put in quotation marks, and perhaps cut again at commas."""
    if not text.lstrip().startswith('"'):
        return text, False
    sample = _head(text, 60)
    for outer in (",", ";", "\t"):
        if _holds_whole_lines(sample, outer):
            whole = csv.reader(io.StringIO(text, newline=""), delimiter=outer)
            return "\n".join(outer.join(row).rstrip(outer) for row in whole), True
    return text, False


def _holds_whole_lines(sample: str, outer: str) -> bool:
    """Whether the first cells are themselves lines with separators; strict, so that "a";"b" is not taken for one."""
    try:
        rows = [
            row
            for row in csv.reader(io.StringIO(sample, newline=""), delimiter=outer, strict=True)
            if any(row)
        ]
    except csv.Error:
        return False
    if len(rows) < 2:
        return False
    for inner in (s for s in SEPARATORS[:4] if s != outer):
        counts = Counter(row[0].count(inner) for row in rows)
        usual, lines = counts.most_common(1)[0]
        longest = max(sum(1 for cell in row[1:] if cell) for row in rows)
        if usual >= 2 and lines >= 0.6 * len(rows) and longest <= usual + 1:
            return True
    return False
