"""Small numbers stay hidden, and cannot be worked out from what is shown beside them (domain.md 7.1, § 16 BStatG).

Whoever knows the town knows the one family behind a "1". So a count is shown if it is nought or not small; a share
only if what is left over is not small either; a median only over ten. What is hidden for that reason alone could be
found by subtraction from a total: more is hidden until it cannot. Two shapes are all that the pages need:

`hide_family` – one split (in time, late) for several children and their sum: a child shows its whole split or none.
`hide_cells`  – a table with totals at both ends, cell by cell.

Noughts are never hidden, and the reader may know it: a hidden number is at least one. Periods that overlap could be
subtracted as well, therefore pages offer only periods that lie side by side.
"""

from collections import deque
from collections.abc import Iterable, Sequence

INSIDE, OUTSIDE = 3, 5
LEAST_FOR_MEDIAN = 10

Cell = tuple[int, int]


def is_publishable(count: int, least: int) -> bool:
    """Nought says nothing about anybody, and neither does a number that is not small."""
    return count == 0 or count >= least


def may_split(parts: Sequence[int], least: int) -> bool:
    """Tell whether all parts of a whole may be shown: a share tells what is left over, too."""
    return all(is_publishable(part, least) for part in parts)


def carries_median(count: int) -> bool:
    """Tell whether so many values carry a median."""
    return count >= LEAST_FOR_MEDIAN


def hide_family(
    children: Sequence[Sequence[int]],
    least: int,
    *,
    sum_is_shown: bool,
    hidden: Iterable[int] = (),
    at_least: Sequence[int] | None = None,
) -> set[int]:
    """Return the children whose parts stay hidden, when the sum over all of them is shown or not.

    With a shown sum the hidden children together are a published number themselves: they must be two at least, and
    each part of their sum must be publishable. Then every part of each of them could be one of several numbers
    (Fréchet's bounds for a table with given margins). `hidden` names children that are hidden anyway, `at_least` how
    much everybody knows of each child's count: one, or the number of lines below it.
    """
    found = set(hidden) | {number for number, parts in enumerate(children) if not may_split(parts, least)}
    if not found or not sum_is_shown:
        return found
    spare = sorted(
        (number for number, parts in enumerate(children) if number not in found and any(parts)),
        key=lambda number: sum(children[number]),
    )
    while not _is_safe_group(children, found, least, at_least) and spare:
        found.add(spare.pop(0))
    return found


def _is_safe_group(
    children: Sequence[Sequence[int]], found: set[int], least: int, at_least: Sequence[int] | None
) -> bool:
    group = [children[number] for number in found]
    members = sum(any(parts) for parts in group)
    sums = [sum(values) for values in zip(*group, strict=True)]
    if members < 2 or not may_split(sums, least):
        return False
    known = members if at_least is None else sum(at_least[number] for number in found)
    return len(sums) > 1 or sums[0] > known  # counts that are all as small as can be would be known


def hide_cells(rows: Sequence[Sequence[int]], least: int, *, hidden: Iterable[Cell] = ()) -> set[Cell]:
    """Return which cells of a table with totals stay hidden, as (row, column); totals have the highest numbers.

    A line that hides one cell hides the next smallest too, until no hidden cell has a single possible value: there
    is another table of whole numbers with the same shown cells and totals.
    """
    table = with_totals(rows)
    found = set(hidden) | {
        (r, c)
        for r, line in enumerate(table)
        for c, count in enumerate(line)
        if not is_publishable(count, least)
    }
    while _close_lines(table, found, least) or _hide_beside_known(table, found):
        pass
    return found


def with_totals(rows: Sequence[Sequence[int]]) -> list[list[int]]:
    """The table with a total at the end of each row, and a row of totals at the end."""
    table = [[*row, sum(row)] for row in rows]
    return [*table, [sum(column) for column in zip(*table, strict=True)]]


def known_cells(table: Sequence[Sequence[int]], hidden: set[Cell]) -> set[Cell]:
    """Return the hidden cells of a table with totals whose value follows from what is shown.

    One unit can be moved along a closed path of hidden cells, up and down in turns, as long as no cell falls below
    one. A cell on no such path has one value only. As flows in networks are whole numbers, the test is exact.
    """
    last_row, last_column = len(table) - 1, len(table[0]) - 1
    steps: dict[tuple[str, int], list[tuple[str, int]]] = {}
    for r, c in hidden:
        may_sink = table[r][c] > 1
        is_margin = (r == last_row) != (c == last_column)
        if not is_margin or may_sink:
            steps.setdefault(("r", r), []).append(("c", c))
        if is_margin or may_sink:
            steps.setdefault(("c", c), []).append(("r", r))
    return {
        (r, c)
        for r, c in hidden
        if not _reaches(steps, ("r", r), ("c", c)) and not _reaches(steps, ("c", c), ("r", r))
    }


def _reaches(
    steps: dict[tuple[str, int], list[tuple[str, int]]], start: tuple[str, int], end: tuple[str, int]
) -> bool:
    """Tell whether a closed path leads over the step from start to end and back another way."""
    if end not in steps.get(start, ()):
        return False
    seen, queue = {end}, deque([end])
    while queue:
        here = queue.popleft()
        for there in steps.get(here, ()):
            if there == start and here != end:
                return True
            if there not in seen and not (here == end and there == start):
                seen.add(there)
                queue.append(there)
    return False


def _lines(table: Sequence[Sequence[int]]) -> Iterable[list[Cell]]:
    height, width = len(table), len(table[0])
    yield from ([(r, c) for c in range(width)] for r in range(height))
    yield from ([(r, c) for r in range(height)] for c in range(width))


def _close_lines(table: Sequence[Sequence[int]], found: set[Cell], least: int) -> bool:
    """Hide the next smallest in each line whose hidden cells give themselves away; tell whether any was."""
    before = len(found)
    for line in _lines(table):
        *parts, total = line
        spare = sorted(
            (cell for cell in parts if _shown(table, found, cell)), key=lambda cell: table[cell[0]][cell[1]]
        )
        spare += [total] if _shown(table, found, total) else []
        while spare and _gives_away(table, found, parts, total, least):
            found.add(spare.pop(0))
    return len(found) > before


def _gives_away(
    table: Sequence[Sequence[int]], found: set[Cell], parts: list[Cell], total: Cell, least: int
) -> bool:
    inside = [table[r][c] for r, c in parts if (r, c) in found]
    if total in found:
        return not inside
    return bool(inside) and (len(inside) == 1 or sum(inside) < least or sum(inside) == len(inside))


def _shown(table: Sequence[Sequence[int]], found: set[Cell], cell: Cell) -> bool:
    return cell not in found and table[cell[0]][cell[1]] > 0


def _hide_beside_known(table: Sequence[Sequence[int]], found: set[Cell]) -> bool:
    """Hide one more cell beside each cell that could still be worked out; tell whether any was."""
    before = len(found)
    for r, c in sorted(known_cells(table, found)):
        beside = [(r, k) for k in range(len(table[0]))] + [(k, c) for k in range(len(table))]
        spare = [cell for cell in beside if _shown(table, found, cell)]
        if spare:
            found.add(min(spare, key=lambda cell: table[cell[0]][cell[1]]))
    return len(found) > before
