"""Whoever subtracts, knows the rules and has all the time in the world still learns no small number."""

import random
import time
from itertools import product

import pytest

from stafette.kernel.small_numbers import (
    INSIDE,
    OUTSIDE,
    carries_median,
    hide_cells,
    hide_family,
    is_publishable,
    known_cells,
    may_split,
    with_totals,
)


def test_nought_and_large_numbers_may_be_shown():
    assert [count for count in range(8) if is_publishable(count, OUTSIDE)] == [0, 5, 6, 7]
    assert [count for count in range(5) if is_publishable(count, INSIDE)] == [0, 3, 4]


def test_a_share_needs_what_is_left_over_to_be_large_or_nothing():
    assert may_split([20, 0], OUTSIDE) and may_split([20, 5], OUTSIDE)
    assert not may_split([20, 1], OUTSIDE) and not may_split([2, 20], OUTSIDE)


def test_a_median_needs_ten():
    assert not carries_median(9) and carries_median(10)


def test_a_lonely_hidden_child_takes_the_next_smallest_along():
    children = [[10, 10], [1, 9], [6, 6], [30, 30]]
    assert hide_family(children, OUTSIDE, sum_is_shown=True) == {1, 2}
    assert hide_family(children, OUTSIDE, sum_is_shown=False) == {1}


def test_hidden_counts_that_are_all_one_would_be_known():
    assert hide_family([[1], [1], [1], [1], [1], [9], [20]], OUTSIDE, sum_is_shown=True) == {0, 1, 2, 3, 4, 5}


def test_what_is_hidden_inside_stays_hidden_outside():
    children = [[4, 4], [9, 9], [1, 9], [6, 6]]
    inside = hide_family(children, INSIDE, sum_is_shown=True)
    assert hide_family(children, OUTSIDE, sum_is_shown=True, hidden=inside) >= inside


def possible_splits(children, hidden, sums, hidden_wholes):
    """All ways to fill the hidden splits: wholes known unless hidden themselves, sum of all children known."""
    left = [
        total - sum(children[n][k] for n in range(len(children)) if n not in hidden)
        for k, total in enumerate(sums)
    ]
    order = sorted(hidden)

    def fill(position, left):
        if position == len(order):
            if not any(left):
                yield ()
            return
        whole = sum(children[order[position]])
        wholes = range(1, sum(left) + 1) if order[position] in hidden_wholes else [whole]
        for parts in (parts for whole in wholes for parts in compositions(whole, len(left))):
            if all(part <= rest for part, rest in zip(parts, left)):
                for tail in fill(position + 1, [rest - part for part, rest in zip(parts, left)]):
                    yield (parts, *tail)

    return order, list(fill(0, left))


def compositions(whole, length):
    if length == 1:
        yield (whole,)
        return
    for first in range(whole + 1):
        for rest in compositions(whole - first, length - 1):
            yield (first, *rest)


@pytest.mark.parametrize("seed", range(60))
def test_no_hidden_small_part_of_a_family_can_be_worked_out(seed):
    dice = random.Random(seed)
    width = dice.choice([2, 2, 3])
    children = [
        [dice.choice([0, 0, 1, 2, 3, 5, 6]) for _ in range(width)]
        for _ in range(dice.randrange(2, 4) if width == 2 else 2)
    ]
    least = dice.choice([INSIDE, OUTSIDE])
    sums = [sum(values) for values in zip(*children)]
    is_shown = may_split(sums, least)
    wholes = [[sum(parts)] for parts in children]
    hidden_wholes = hide_family(wholes, least, sum_is_shown=is_publishable(sum(sums), least))
    hidden = hide_family(children, least, sum_is_shown=is_shown, hidden=hidden_wholes)
    if not is_shown:
        assert hidden
        return
    order, worlds = possible_splits(children, hidden, sums, hidden_wholes)
    for position, number in enumerate(order):
        for k in range(width):
            if not is_publishable(children[number][k], least):
                assert len({world[position][k] for world in worlds}) > 1, (children, hidden)


def possible_values(table, hidden):
    """Every value each hidden inner cell can take, by trying all tables (hidden cells are at least one)."""
    height, width = len(table) - 1, len(table[0]) - 1
    inner = sorted(cell for cell in hidden if cell[0] < height and cell[1] < width)
    found = {cell: set() for cell in hidden}
    largest = max((table[r][c] for r, c in inner), default=0) + 1
    for values in product(range(1, largest + 1), repeat=len(inner)):
        world = [row[:width] for row in table[:height]]
        for (r, c), value in zip(inner, values):
            world[r][c] = value
        full = with_totals(world)
        margins = [(r, width) for r in range(height + 1)] + [(height, c) for c in range(width)]
        if all(full[r][c] == table[r][c] for r, c in margins if (r, c) not in hidden):
            for r, c in hidden:
                found[r, c].add(full[r][c])
    return found


@pytest.mark.parametrize("seed", range(60))
def test_no_hidden_cell_can_be_worked_out_by_trying_every_table(seed):
    dice = random.Random(seed)
    height, width = dice.choice([(2, 2), (2, 2), (2, 3), (3, 2)])
    rows = [[dice.choice([0, 1, 1, 2, 3]) for _ in range(width)] for _ in range(height)]
    table, hidden = with_totals(rows), hide_cells(rows, dice.choice([INSIDE, OUTSIDE]))
    known = {cell for cell, values in possible_values(table, hidden).items() if len(values) == 1}
    assert known == known_cells(table, hidden)
    assert not {cell for cell in known if any_left(table, hidden)}, (rows, hidden)


def any_left(table, hidden):
    """A table that is hidden as a whole cannot hide more: then only that there is something is known."""
    return any(
        count > 0 and (r, c) not in hidden for r, line in enumerate(table) for c, count in enumerate(line)
    )


@pytest.mark.parametrize("seed", range(20))
def test_no_cell_of_a_large_table_can_be_worked_out(seed):
    dice = random.Random(seed)
    rows = [[int(dice.paretovariate(0.7)) - 1 for _ in range(12)] for _ in range(24)]
    table, hidden = with_totals(rows), hide_cells(rows, OUTSIDE)
    assert hidden and not known_cells(table, hidden)
    assert all(is_publishable(table[r][c], OUTSIDE) or (r, c) in hidden for r in range(25) for c in range(13))
    assert hide_cells(rows, OUTSIDE, hidden=hide_cells(rows, INSIDE)) >= hide_cells(rows, INSIDE)


def test_without_the_second_step_a_cell_would_be_known():
    rows = [[1, 9, 9], [9, 9, 9], [9, 9, 9]]
    assert known_cells(with_totals(rows), {(0, 0)}) == {(0, 0)}
    assert len(hide_cells(rows, OUTSIDE)) == 4


def test_a_table_of_sixty_by_thirty_is_done_while_one_waits():
    dice = random.Random(7)
    rows = [[int(dice.paretovariate(0.7)) - 1 for _ in range(30)] for _ in range(60)]
    started = time.process_time()
    hide_cells(rows, OUTSIDE)
    print(f"60 x 30: {1000 * (time.process_time() - started):.0f} ms CPU")
