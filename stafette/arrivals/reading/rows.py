"""From cells to rows that mean something: column by column, so that each different text is read only once."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import zip_longest
from typing import Any, NamedTuple

from stafette.arrivals.reading import codes, names
from stafette.arrivals.reading.addresses import split_address, split_street, split_town
from stafette.arrivals.reading.columns import Column
from stafette.arrivals.reading.dates import NOTHING, DayOrder, Found, birth_problem, day_order, read_date
from stafette.arrivals.reading.fields import Field
from stafette.arrivals.reading.grid import Cell, as_text
from stafette.arrivals.reading.layout import Layout, is_repeated_heading, is_total_or_note
from stafette.kernel.clock import today

NAME_LIMIT = 200


class Row(NamedTuple):
    """One person of the list, as far as it could be read; `problem` is set where it cannot be taken."""

    number: int
    family_name: str
    given_names: str
    birth_name: str
    birth: Found
    sex: str
    nationalities: tuple[str, ...]
    street: str
    house_number: str
    postal_code: str
    town: str
    district: str
    moved_in_on: date | None
    came_from: str
    guardian: str
    household_number: str
    landlord: str
    address_locked: bool
    language: str
    phone: str
    email: str
    problem: str
    value: str
    remarks: tuple[str, ...]


@dataclass
class Rows:
    """All rows of a list and what was left out on the way."""

    rows: list[Row]
    left_out: list[int] = field(default_factory=list)
    order: DayOrder = DayOrder.DAY_FIRST


class Reader(dict[Any, Any]):
    """A function that remembers its answers; `map(reader.__getitem__, cells)` runs at the speed of a dict."""

    def __init__(self, read: Callable[[Any], Any]) -> None:
        super().__init__()
        self.read = read

    def __missing__(self, cell: Any) -> Any:
        found = self[cell] = self.read(cell)
        return found

    def all(self, cells: Sequence[Any]) -> list[Any]:
        """The answer for each cell."""
        return list(map(self.__getitem__, cells))


def data_rows(rows: Sequence[list[Cell]], layout: Layout) -> tuple[list[int], list[list[Cell]], list[int]]:
    """Row numbers and rows of the list itself, and the numbers of the rows left out: totals, notes, headings."""
    width = len(layout.headings)
    heads = frozenset(heading for heading in layout.headings[:3] if heading and layout.header is not None)
    numbers, kept, left_out = [], [], []
    for number, row in enumerate(rows[layout.first :], start=layout.first + 1):
        filled = len(row) - row.count("") - row.count(None)
        if not filled or (filled < 4 and all(not as_text(c) for c in row)):
            continue
        unusual = filled <= max(3, width // 3)
        if (unusual and is_total_or_note(row, filled, width)) or _same_heading(row, layout, heads):
            left_out.append(number)
            continue
        numbers.append(number)
        kept.append(row)
    return numbers, kept, left_out


def _same_heading(row: list[Cell], layout: Layout, heads: frozenset[str]) -> bool:
    """Cheap look first: only a row that shares a cell with the heading is compared in full."""
    return not heads.isdisjoint(row[:3]) and is_repeated_heading(row, layout.headings)


def read_rows(
    rows: Sequence[list[Cell]], layout: Layout, columns: Sequence[Column], on: date | None = None
) -> Rows:
    """Every row of the list, good or refused."""
    on = on or today()
    numbers, kept, left_out = data_rows(rows, layout)
    if not kept:
        return Rows([], left_out)
    table = _Table(kept, columns, len(layout.headings))
    order = day_order(table.cells(c) for c in columns if c.meaning in (Field.BIRTH_DATE, Field.MOVED_IN_ON))
    values = _values(table, order, on)
    result = list(map(Row._make, zip(numbers, *values, strict=True)))
    return Rows(_judge(result, kept, table, len(layout.headings)), left_out, order)


class _Table:
    """The kept rows by column."""

    def __init__(self, rows: list[list[Cell]], columns: Sequence[Column], width: int) -> None:
        self.count = len(rows)
        self.by_index = list(zip_longest(*rows, fillvalue=""))
        self.columns = columns
        self.width = width

    def cells(self, column: Column) -> Sequence[Cell]:
        if column.index < len(self.by_index):
            return self.by_index[column.index]
        return [""] * self.count

    def of(self, meaning: Field) -> Sequence[Cell] | None:
        column = next((c for c in self.columns if c.meaning == meaning), None)
        return None if column is None else self.cells(column)

    def several(self, meaning: Field) -> list[Sequence[Cell]]:
        return [self.cells(c) for c in self.columns if c.meaning == meaning]

    def texts(self, meaning: Field) -> list[str]:
        cells = self.of(meaning)
        return [""] * self.count if cells is None else Reader(_clean).all(cells)

    def has(self, meaning: Field) -> bool:
        return any(c.meaning == meaning for c in self.columns)


def _clean(cell: Cell) -> str:
    return names.tidy(as_text(cell))


def _values(table: _Table, order: DayOrder, on: date) -> list[Sequence[Any]]:
    """The columns of Row after its number, in its order."""
    family, given, guessed = _names(table)
    street, house, postal, town = _address(table)
    moved = _dates(table, Field.MOVED_IN_ON, order, on)
    blank: list[Any] = [""] * table.count
    return [
        family, given, table.texts(Field.BIRTH_NAME),
        _births(table, order, on),
        _codes(table, Field.SEX, codes.sex),
        _nationalities(table),
        street, house, postal, town, table.texts(Field.DISTRICT),
        [found.whole() for found in moved],
        table.texts(Field.CAME_FROM), _joined(table, Field.GUARDIAN), table.texts(Field.HOUSEHOLD_NUMBER),
        table.texts(Field.LANDLORD),
        _locks(table),
        _codes(table, Field.LANGUAGE, codes.language_code),
        table.texts(Field.PHONE), table.texts(Field.EMAIL),
        blank, blank,
        [("name_split_guessed",) if unsure else () for unsure in guessed],
    ]  # fmt: skip


def _names(table: _Table) -> tuple[list[str], list[str], list[bool]]:
    if table.has(Field.FULL_NAME) and not table.has(Field.FAMILY_NAME):
        parts = Reader(names.split_full_name).all(table.texts(Field.FULL_NAME))
        family, given, sure = ([p[n] for p in parts] for n in range(3))
        if table.has(Field.GIVEN_NAMES):
            given = table.texts(Field.GIVEN_NAMES)
        return family, given, [not s for s in sure]
    return table.texts(Field.FAMILY_NAME), table.texts(Field.GIVEN_NAMES), [False] * table.count


def _address(table: _Table) -> tuple[list[str], list[str], list[str], list[str]]:
    postal = table.texts(Field.POSTAL_CODE)
    town = table.texts(Field.TOWN)
    if table.has(Field.TOWN):
        both = Reader(split_town).all(town)
        postal = [p or b[0] for p, b in zip(postal, both, strict=True)]
        town = [b[1] for b in both]
    if table.has(Field.POSTAL_CODE):
        postal = [p.zfill(5) if p.isdigit() and len(p) == 4 else p for p in postal]
    if table.has(Field.ADDRESS):
        whole = Reader(split_address).all(table.texts(Field.ADDRESS))
        street, house = [w[0] for w in whole], [w[1] for w in whole]
        postal = [p or w[2] for p, w in zip(postal, whole, strict=True)]
        town = [t or w[3] for t, w in zip(town, whole, strict=True)]
        return street, house, postal, town
    street, house = table.texts(Field.STREET), table.texts(Field.HOUSE_NUMBER)
    if table.has(Field.HOUSE_SUFFIX):
        house = [f"{h} {s}".strip() for h, s in zip(house, table.texts(Field.HOUSE_SUFFIX), strict=True)]
    if not table.has(Field.HOUSE_NUMBER):
        pairs = Reader(split_street).all(street)
        street, house = [p[0] for p in pairs], [p[1] for p in pairs]
    return street, house, postal, town


def _dates(table: _Table, meaning: Field, order: DayOrder, on: date) -> list[Found]:
    cells = table.of(meaning)
    if cells is None:
        return [NOTHING] * table.count
    return Reader(lambda cell: read_date(cell, order, on)).all(cells)


def _births(table: _Table, order: DayOrder, on: date) -> list[Found]:
    cells = table.of(Field.BIRTH_DATE)
    if cells is None:
        cells = table.of(Field.BIRTH_YEAR)
    if cells is None:
        return [NOTHING] * table.count
    return Reader(lambda cell: birth_problem(read_date(cell, order, on), on)).all(cells)


def _codes(table: _Table, meaning: Field, read: Callable[[str], str | None]) -> list[str]:
    cells = table.of(meaning)
    return [""] * table.count if cells is None else Reader(lambda cell: read(as_text(cell)) or "").all(cells)


def _nationalities(table: _Table) -> list[tuple[str, ...]]:
    several = table.several(Field.NATIONALITY)
    if not several:
        return [()] * table.count
    read = Reader(lambda cell: codes.nationalities(as_text(cell))[0])
    first = read.all(several[0])
    for cells in several[1:]:
        more = read.all(cells)
        first = [
            a if not b else a + tuple(k for k in b if k not in a) for a, b in zip(first, more, strict=True)
        ]
    return first


def _joined(table: _Table, meaning: Field) -> list[str]:
    several = table.several(meaning)
    if len(several) < 2:
        return table.texts(meaning)
    clean = Reader(_clean)
    return ["; ".join(t for t in map(clean.__getitem__, cells) if t) for cells in zip(*several, strict=True)]


def _locks(table: _Table) -> list[bool]:
    cells = table.of(Field.ADDRESS_LOCK)
    return (
        [False] * table.count if cells is None else Reader(lambda cell: codes.lock(as_text(cell))).all(cells)
    )


_REMARKED = (Field.NATIONALITY, Field.MOVED_IN_ON, Field.SEX)


def _judge(rows: list[Row], kept: list[list[Cell]], table: _Table, width: int) -> list[Row]:
    """Refuse what cannot be taken and remark what is odd; most rows pass untouched."""
    births = table.of(Field.BIRTH_DATE) or table.of(Field.BIRTH_YEAR)
    has_birth = births is not None
    has_given = table.has(Field.GIVEN_NAMES) or table.has(Field.FULL_NAME)
    unread = _unread(table, rows)
    odd = Reader(_name_remarks)
    result = []
    for at, row in enumerate(rows):
        birth = row.birth
        if not row.family_name:
            row = row._replace(problem="no_family_name")
        elif birth.problem:
            value = as_text(births[at]) if births else ""
            row = row._replace(problem=f"birth_{birth.problem}", value=value, birth=NOTHING)
        elif len(row.family_name) > NAME_LIMIT or len(row.given_names) > NAME_LIMIT:
            row = row._replace(problem="too_long")
        elif len(kept[at]) > width and any(as_text(c) for c in kept[at][width:]):
            row = row._replace(problem="too_many_cells")
        remarks = row.remarks + odd[row.family_name] + odd[row.given_names] + unread.get(at, ())
        if has_birth and not birth.day and not row.problem:
            remarks += ("partial_birth_date",) if birth.year else ("no_birth_date",)
        if has_given and not row.given_names:
            remarks += ("no_given_names",)
        if not row.street and not row.address_locked:
            remarks += ("no_address",)
        result.append(row._replace(remarks=tuple(dict.fromkeys(remarks))) if remarks else row)
    return result


def _name_remarks(name: str) -> tuple[str, ...]:
    found = []
    if names.FORMULA.match(name):
        found.append("looks_like_formula")
    elif names.LOST.search(name):
        found.append("lost_letters")
    elif names.DIGIT.search(name):
        found.append("digits_in_name")
    return tuple(found)


def _unread(table: _Table, rows: list[Row]) -> dict[int, tuple[str, ...]]:
    """Rows in which a cell is filled but says nothing that we understand."""
    found: dict[int, tuple[str, ...]] = {}
    for meaning, code in (
        (Field.NATIONALITY, "nationality_unreadable"),
        (Field.MOVED_IN_ON, "move_in_unreadable"),
        (Field.SEX, "sex_unreadable"),
    ):
        cells = table.of(meaning)
        if cells is None:
            continue
        values = [getattr(row, {"nationality": "nationalities"}.get(meaning, meaning)) for row in rows]
        for at, (cell, value) in enumerate(zip(cells, values, strict=True)):
            if not value and cell not in ("", None) and _says_something(meaning, as_text(cell)):
                found[at] = (*found.get(at, ()), code)
    return found


def _says_something(meaning: Field, text: str) -> bool:
    if meaning == Field.SEX:
        return bool(text) and codes.sex(text) is None
    return bool(text) and text not in {"-", "0", "/", "?"}
