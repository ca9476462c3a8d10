"""Which counts may be published: quarter by quarter and unit by unit, so that no two papers can be subtracted.

The smallest piece that is ever published is one unit in one quarter that has ended. Each piece is protected by itself
(domain.md 7.1: nought or at least five, what is left over too, more hidden until nothing can be worked out). Every
longer period and every sum over units is made only of what these pieces show: `add_up` never sees a hidden number.
So whoever lays any number of our papers side by side knows no more than the pieces tell.

Where even hiding all counts of a question would give them away, the question is withheld for that piece: it lists no
answers, not even that they occurred.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import TypeVar

from stafette.kernel.small_numbers import OUTSIDE, hide_cells, hide_family, is_publishable, with_totals

ALONE = ("language", "channel", "target_group", "origin", "result")  # each contact has exactly one answer
SEVERAL = ("topic", "service", "sheet", "sheet_language")  # a contact may have several, or none
WEEKDAYS = range(1, 8)
Sums = dict[str, dict[str, int]]  # kind → code → contacts
Hour = tuple[int, int]  # ISO weekday and hour; 0 and -1 stand for the sum over all
ALL_DAYS, ALL_HOURS = 0, -1
K = TypeVar("K")


@dataclass(frozen=True)
class Cell:
    """A count; where it is hidden, `least` is what the published pieces of it add up to."""

    count: int | None
    least: int = 0

    @property
    def known(self) -> int:
        """The count, or of a hidden one what is known at least."""
        return self.least if self.count is None else self.count

    def __add__(self, other: Cell) -> Cell:
        known = self.known + other.known
        return Cell(None, known) if self.count is None or other.count is None else Cell(known)


NOUGHT, HIDDEN = Cell(0), Cell(None)


@dataclass(frozen=True)
class Piece:
    """What is published of one unit in one quarter; a kind that is withheld has None instead of its counts."""

    total: int | None
    kinds: Mapping[str, Mapping[str, int | None] | None]
    hours: Mapping[Hour, int | None] | None


@dataclass(frozen=True)
class Counts:
    """Counts of a period: exact for the house, with hidden cells for what is published."""

    total: Cell
    kinds: dict[str, dict[str, Cell]] = field(default_factory=dict)
    hours: dict[Hour, Cell] = field(default_factory=dict)
    withheld: frozenset[str] = frozenset()  # kinds of which a piece lists no answers

    def of(self, kind: str, code: str) -> Cell:
        """One count; what never occurred is nought, unless a piece keeps to itself whether it did."""
        return self.kinds.get(kind, {}).get(code, HIDDEN if kind in self.withheld else NOUGHT)

    def at(self, day: int, hour: int) -> Cell:
        """The count of an hour of the week, in the same way."""
        return self.hours.get((day, hour), HIDDEN if "hour" in self.withheld else NOUGHT)


def exact(sums: Sums) -> Counts:
    """The counts as they are, for those who work with them."""
    total = Cell(sums.get("contacts", {}).get("", 0))
    kinds = {
        kind: {code: Cell(count) for code, count in codes.items()}
        for kind, codes in sums.items()
        if kind != "hour"
    }
    grid = {_hour(code): count for code, count in sums.get("hour", {}).items()}
    return Counts(total, kinds, {key: Cell(count) for key, count in _with_margins(grid).items()})


def protect(sums: Sums, least: int = OUTSIDE) -> Piece:
    """What may be shown of one unit in one quarter."""
    total = sums.get("contacts", {}).get("", 0)
    if not is_publishable(total, least):
        return Piece(None, dict.fromkeys((*ALONE, *SEVERAL)), None)
    kinds = {kind: _alone(sums.get(kind, {}), least) for kind in ALONE}
    kinds |= {kind: _several(sums.get(kind, {}), total, least) for kind in SEVERAL}
    return Piece(total, kinds, _hours({_hour(c): n for c, n in sums.get("hour", {}).items()}, least))


def add_up(pieces: Iterable[Piece]) -> Counts:
    """The counts of a longer period or of several units, from what is published of each piece and nothing else."""
    known = list(pieces)
    kinds = {kind: _added([piece.kinds[kind] for piece in known]) for kind in (*ALONE, *SEVERAL)}
    hours = _added([piece.hours for piece in known])
    withheld = {kind for piece in known for kind, answers in piece.kinds.items() if answers is None}
    withheld |= {"hour"} if any(piece.hours is None for piece in known) else set()
    total = sum((_cell(piece.total) for piece in known), NOUGHT)
    return Counts(total, kinds, hours, frozenset(withheld))


def _added(several: list[Mapping[K, int | None] | None]) -> dict[K, Cell]:
    keys = dict.fromkeys(key for one in several if one is not None for key in one)
    return {
        key: sum((HIDDEN if one is None else _cell(one.get(key, 0)) for one in several), NOUGHT)
        for key in keys
    }


def _cell(count: int | None) -> Cell:
    return HIDDEN if count is None else Cell(count)


def _alone(counts: Mapping[str, int], least: int) -> dict[str, int | None] | None:
    """One answer per contact: the counts add up to the published total, so hidden ones must not follow from it."""
    codes = [code for code, count in counts.items() if count]
    numbers = [counts[code] for code in codes]
    hidden = hide_family([[number] for number in numbers], least, sum_is_shown=True)
    inside = [numbers[number] for number in hidden]
    if hidden and (len(inside) < 2 or sum(inside) < least or sum(inside) == len(inside)):
        return None
    return {code: None if number in hidden else counts[code] for number, code in enumerate(codes)}


def _several(counts: Mapping[str, int], total: int, least: int) -> dict[str, int | None]:
    """Several answers per contact: no sum is shown, but how many did not give an answer follows from the total."""
    return {
        code: count if is_publishable(count, least) and is_publishable(total - count, least) else None
        for code, count in counts.items()
        if count
    }


def _hours(grid: Mapping[Hour, int], least: int) -> dict[Hour, int | None] | None:
    """Weekday by hour with sums at both ends; withheld where only hiding the total would protect it."""
    if not grid:
        return {}
    days = sorted({day for day, _hour in grid})
    hours = sorted({hour for _day, hour in grid})
    rows = [[grid.get((day, hour), 0) for hour in hours] for day in days]
    hidden = hide_cells(rows, least)
    if (len(days), len(hours)) in hidden:
        return None
    table = with_totals(rows)
    return {
        (day, hour): None if (r, c) in hidden else table[r][c]
        for r, day in enumerate([*days, ALL_DAYS])
        for c, hour in enumerate([*hours, ALL_HOURS])
        if table[r][c]
    }


def _with_margins(grid: Mapping[Hour, int]) -> dict[Hour, int]:
    found: dict[Hour, int] = dict(grid)
    for (day, hour), count in grid.items():
        for key in ((day, ALL_HOURS), (ALL_DAYS, hour), (ALL_DAYS, ALL_HOURS)):
            found[key] = found.get(key, 0) + count
    return found


def _hour(code: str) -> Hour:
    day, _dash, hour = code.partition("-")
    return int(day), int(hour)
