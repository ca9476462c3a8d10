"""Reading lists of arrivals that nobody agreed on a form for.

`look_at` finds the list in a file and proposes what its columns mean; `read` makes rows of it with the
columns as the clerk confirmed them. Nothing here knows the database.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from stafette.arrivals.reading.columns import Column, propose
from stafette.arrivals.reading.fields import LABELS, Field
from stafette.arrivals.reading.grid import Cell, Grid
from stafette.arrivals.reading.households import group
from stafette.arrivals.reading.layout import Layout, find_layout
from stafette.arrivals.reading.reasons import rejection, remark
from stafette.arrivals.reading.rows import Row, Rows, data_rows, read_rows
from stafette.arrivals.reading.source import kind_of, read_grids
from stafette.kernel.errors import BadInput

__all__ = [
    "LABELS", "Cell", "Column", "Field", "Grid", "Look", "Row", "Rows", "correct", "group", "kind_of", "look_at",
    "read", "rejection", "remark",
]  # fmt: skip

PREVIEW_ROWS = 400


@dataclass
class Look:
    """What was found in a file before anybody confirmed it."""

    grid: Grid
    layout: Layout
    columns: list[Column]
    sheets: list[str] = field(default_factory=list)
    others_with_data: list[str] = field(default_factory=list)

    @property
    def mapping(self) -> dict[str, str]:
        """Heading to meaning, as it is remembered for the sender."""
        return {column.key: str(column.meaning) for column in self.columns}

    @property
    def unsure(self) -> list[Column]:
        """Columns the clerk should look at."""
        return [c for c in self.columns if c.samples and 0 < c.confidence < 0.8]


def look_at(data: bytes, *, remembered: Mapping[str, str] | None = None, sheet: str | None = None) -> Look:
    """Find the list in a file; BadInput says what is wrong where there is none."""
    grids = read_grids(data)
    looks = [_look(grid, remembered) for grid in grids if grid.rows]
    if not looks:
        raise BadInput("Die Tabelle ist leer. Bitte prüfen Sie, ob die richtige Datei gesendet wurde.")
    wanted = [found for found in looks if found.grid.name == sheet]
    best = max(wanted or looks, key=_worth)
    best.sheets = [grid.name for grid in grids]
    best.others_with_data = [found.grid.name for found in looks if found is not best and _is_list(found)]
    if not _is_list(best):
        raise BadInput(
            "In der Datei wurde keine Liste von Personen gefunden: Es fehlt eine Spalte mit Namen. "
            "Bitte prüfen Sie, ob es die richtige Datei ist und ob sie eine Zeile mit Überschriften hat."
        )
    return best


def _look(grid: Grid, remembered: Mapping[str, str] | None) -> Look:
    layout = find_layout(grid)
    _, sample, _ = data_rows(grid.rows[: layout.first + PREVIEW_ROWS], layout)
    return Look(grid, layout, propose(layout.headings, sample, remembered))


def _worth(found: Look) -> tuple[bool, bool, int, int]:
    meanings = {c.meaning for c in found.columns} - {Field.IGNORED}
    return (_is_list(found), not found.grid.hidden, len(meanings), len(found.grid.rows))


def _is_list(found: Look) -> bool:
    meanings = {c.meaning for c in found.columns}
    named = bool(meanings & {Field.FAMILY_NAME, Field.FULL_NAME})
    named = named or (
        len(meanings) > 3 and bool(meanings & {Field.GIVEN_NAMES, Field.BIRTH_DATE})
    )  # to be corrected
    return named and len(found.grid.rows) > found.layout.first


def correct(found: Look, mapping: Mapping[str, str]) -> Look:
    """The same file with the meanings that the clerk chose, by heading key."""
    columns = [
        replace(c, meaning=Field(mapping[c.key]), confidence=1.0) if mapping.get(c.key) in set(Field) else c
        for c in found.columns
    ]
    return replace(found, columns=columns)


def read(found: Look, *, on: date | None = None) -> Rows:
    """All rows of the list."""
    return read_rows(found.grid.rows, found.layout, found.columns, on)


def sheet_names(grids: Sequence[Grid]) -> list[str]:
    """The names of the sheets, for the clerk to choose from."""
    return [grid.name for grid in grids]
