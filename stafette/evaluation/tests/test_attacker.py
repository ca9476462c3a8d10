"""Somebody who lays all papers of a town side by side, and narrows down every hidden number with every sum.

The attacker has what is published of each unit and each quarter, and every longer period and sum of units besides. For
each hidden number they keep the least and the most it can be. No hidden number may end up with one possible value.
"""

import random

import pytest

from stafette.evaluation.protecting import ALONE, SEVERAL, Cell, Piece, add_up, protect
from stafette.kernel.small_numbers import OUTSIDE, is_publishable

DAYS, HOURS = (1, 2, 3), (9, 10, 11)
CODES = ("a", "b", "c", "d", "")


def random_sums(dice):
    number = dice.choice([1, 4, 5, 6, 8, 12, 25, 60, 200])
    sums = {"contacts": {"": number}}
    for kind in (*ALONE, *SEVERAL, "hour"):
        counts = sums.setdefault(kind, {})
        odds = [dice.choice([1, 2, 10, 40]) for _code in CODES]
        for _one in range(number):
            if kind == "hour":
                code = f"{dice.choice(DAYS)}-{dice.choice(HOURS)}"
                counts[code] = counts.get(code, 0) + 1
                continue
            picked = dice.choices(CODES, odds, k=1 if kind in ALONE else dice.choice([1, 1, 2]))
            for code in set(picked):
                counts[code] = counts.get(code, 0) + 1
    return sums


def narrow(shown, truth, equations, most):
    """Least and most of every number; a line that is there counts something."""
    low = {key: shown[key] if shown.get(key) is not None else 1 for key in truth}
    high = {key: shown[key] if shown.get(key) is not None else most for key in truth}
    moved = True
    while moved:
        moved = False
        for whole, parts in equations:
            lows, highs = sum(low[p] for p in parts), sum(high[p] for p in parts)
            news = [(whole, max(low[whole], lows), min(high[whole], highs))]
            news += [(p, low[whole] - (highs - high[p]), high[whole] - (lows - low[p])) for p in parts]
            for key, lower, upper in news:
                if lower > low[key] or upper < high[key]:
                    low[key], high[key], moved = max(low[key], lower), min(high[key], upper), True
    return low, high


def known_although_hidden(sums, piece):
    """Hidden numbers of one piece that have a single possible value after all."""
    total = sums["contacts"][""]
    if piece.total is None:
        return []
    found = []
    for kind in ALONE:
        counts = {code: count for code, count in sums[kind].items() if count}
        if piece.kinds[kind] is None:
            continue  # not even its lines are there
        truth = {**counts, "all": total}
        shown = {**piece.kinds[kind], "all": piece.total}
        low, high = narrow(shown, truth, [("all", list(counts))], total)
        assert all(low[key] <= truth[key] <= high[key] for key in truth)
        found += [(kind, key) for key in truth if shown[key] is None and low[key] == high[key]]
    if piece.hours is not None:
        truth = dict(grid_of(sums["hour"]))
        shown = {key: piece.hours[key] for key in truth}
        assert shown[0, -1] == total
        equations = [((0, -1), [k for k in truth if k[0] == 0 and k[1] != -1])]
        equations += [((0, -1), [k for k in truth if k[1] == -1 and k[0] != 0])]
        equations += [
            ((d, -1), [k for k in truth if k[0] == d and k[1] != -1]) for d in DAYS if (d, -1) in truth
        ]
        equations += [
            ((0, h), [k for k in truth if k[1] == h and k[0] != 0]) for h in HOURS if (0, h) in truth
        ]
        low, high = narrow(shown, truth, equations, total)
        found += [("hour", key) for key in truth if shown[key] is None and low[key] == high[key]]
    return found


def grid_of(hours):
    cells = {}
    for code, count in hours.items():
        day, hour = map(int, code.split("-"))
        for key in ((day, hour), (day, -1), (0, hour), (0, -1)):
            cells[key] = cells.get(key, 0) + count
    return cells


@pytest.mark.parametrize("seed", range(300))
def test_no_hidden_number_of_a_piece_can_be_worked_out(seed):
    sums = random_sums(random.Random(seed))
    assert known_although_hidden(sums, protect(sums)) == []


@pytest.mark.parametrize("seed", range(300))
def test_no_small_number_and_no_small_rest_is_shown(seed):
    sums = random_sums(random.Random(seed))
    piece = protect(sums)
    if piece.total is None:
        assert not any(counts for counts in piece.kinds.values()) and piece.hours is None
        return
    for kind in (*ALONE, *SEVERAL):
        for code, count in (piece.kinds[kind] or {}).items():
            assert count is None or count == sums[kind][code]
            if count is not None:
                assert is_publishable(count, OUTSIDE), (kind, code)
                assert is_publishable(piece.total - count, OUTSIDE), (kind, code)


def test_answers_that_are_all_one_are_withheld_whole():
    piece = protect({"contacts": {"": 5}, "language": dict.fromkeys("abcde", 1)})

    assert piece.total == 5 and piece.kinds["language"] is None


def naive(sums):
    """Only what is small itself is hidden."""
    total = sums["contacts"][""]
    kinds = {
        kind: {code: count if is_publishable(count, OUTSIDE) else None for code, count in sums[kind].items()}
        for kind in (*ALONE, *SEVERAL)
    }
    return Piece(total, kinds, None)


def test_the_attacker_finds_what_is_hidden_alone():
    many = [random_sums(random.Random(seed)) for seed in range(60)]
    assert any(known_although_hidden(one, naive(one)) for one in many)


@pytest.mark.parametrize("seed", range(60))
def test_longer_periods_and_sums_of_units_tell_nothing_that_the_pieces_do_not(seed):
    """Two worlds that differ only in hidden numbers print the same papers, whatever is added up."""
    dice = random.Random(seed)
    pieces = [protect(random_sums(dice)) for _quarter in range(4)]
    blind = [
        Piece(one.total, {k: dict(c) if c is not None else None for k, c in one.kinds.items()}, one.hours)
        for one in pieces
    ]
    for first in range(4):
        for last in range(first, 4):
            whole = add_up(pieces[first : last + 1])
            assert whole == add_up(blind[first : last + 1])
            for kind in (*ALONE, *SEVERAL):
                for code, cell in whole.kinds[kind].items():
                    parts = [one.kinds[kind] for one in pieces[first : last + 1]]
                    shown = [None if part is None else part.get(code, 0) for part in parts]
                    hidden = any(one is None for one in shown)
                    known = sum(one or 0 for one in shown)
                    assert cell == (Cell(None, known) if hidden else Cell(known))


def test_a_hidden_quarter_hides_the_year_and_says_what_is_known():
    big, small = (
        {"contacts": {"": 40}, "language": {"de": 20, "bg": 20}},
        {"contacts": {"": 3}, "language": {"bg": 3}},
    )
    year = add_up([protect(big), protect(small)])

    assert year.total == Cell(None, 40)
    assert year.of("language", "bg") == Cell(None, 20)


def test_what_a_piece_withholds_is_not_said_to_be_nought():
    big = {"contacts": {"": 40}, "language": {"de": 40}, "hour": {"1-9": 40}}
    ones = {
        "contacts": {"": 5},
        "language": dict.fromkeys("abcde", 1),
        "hour": {f"{n}-{8 + n}": 1 for n in range(1, 6)},
    }
    half = add_up([protect(big), protect(ones)])

    assert half.of("language", "de") == Cell(None, 40) and half.of("language", "a") == Cell(None)
    assert half.at(2, 10) == Cell(None) and half.at(1, 9) == Cell(None, 40)
    assert add_up([protect(big)]).of("language", "a") == Cell(0)
