"""What a reader hands on: the cells of one sheet, and what is known about them."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

Cell = str | int | float | bool | date | datetime | time | timedelta | None


@dataclass
class Grid:
    """One sheet as rows of cells; row 1 of the file is rows[0]."""

    name: str
    rows: list[list[Cell]]
    kind: str
    encoding: str = ""
    separator: str = ""
    wrapped: bool = False
    hidden: bool = False
    notes: list[str] = field(default_factory=list)

    @property
    def width(self) -> int:
        """Cells of the widest row."""
        return max(map(len, self.rows), default=0)


def as_text(cell: Cell) -> str:
    """A cell as a clerk would read it aloud; 6667.0 is 6667."""
    if cell is None:
        return ""
    if isinstance(cell, str):
        return cell.strip()
    if isinstance(cell, bool):
        return "ja" if cell else "nein"
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    if isinstance(cell, datetime):
        return cell.strftime("%d.%m.%Y")
    if isinstance(cell, date):
        return cell.strftime("%d.%m.%Y")
    return str(cell)
