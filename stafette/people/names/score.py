"""How well a person fits a query: the folded names part by part, then the birth date.

Scores rank a list for a human, they decide nothing. A match says in words why it was offered.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import product

from rapidfuzz.distance import OSA, JaroWinkler

from stafette.people.birthdates import BirthDate
from stafette.people.names.fold import initial, skeleton, stem

SURE, LIKELY = 0.92, 0.78  # at and above: very likely the same person; worth showing beside a new one
_NAME_WEIGHT = 0.62


@dataclass(frozen=True)
class Score:
    """How alike two persons are, as a whole and by halves; `variant` = only the ending differs."""

    total: float
    name: float
    birth: float | None
    is_variant: bool = False
    is_swapped: bool = False


Parts = Sequence[tuple[str, ...]]


def _part(query: str, other: str) -> float:
    if query == other:
        return 1.0
    if len(query) == 1 or len(other) == 1:
        return 0.8 if initial(query) == initial(other) else 0.0
    a, b = stem(query), stem(other)
    if a == b:
        return 0.97
    alike = 0.4 * JaroWinkler.similarity(a, b) + 0.6 * OSA.normalized_similarity(a, b)
    bones_a, bones_b = skeleton(a), skeleton(b)
    if bones_a == bones_b and len(bones_a) > 1:
        return max(alike, 0.86)
    if len(bones_a) > 2 and len(bones_b) > 2:
        return max(alike, 0.84 * OSA.normalized_similarity(bones_a, bones_b))
    return alike


def _best(query: tuple[str, ...], other: tuple[str, ...]) -> float:
    if len(query) == 1 and len(other) == 1:
        return _part(query[0], other[0])
    return max(_part(a, b) for a, b in product(query, other))


def name_score(query: Parts, other: Parts) -> float:
    """Each part of the query takes its best partner; a part without partner on one side costs little.

    People carry more names than they use: a missing second given name says nothing, two names that
    contradict each other say much.
    """
    if not query or not other:
        return 0.0
    grid = sorted(
        ((_best(q, o), i, j) for i, q in enumerate(query) for j, o in enumerate(other)), reverse=True
    )
    used_q: set[int] = set()
    used_o: set[int] = set()
    total = weight = 0.0
    for value, i, j in grid:
        if i in used_q or j in used_o:
            continue
        used_q.add(i)
        used_o.add(j)
        size = min(len(query[i][0]), 8) + 2.0
        total += value * size
        weight += size
    left = max(len(query) - len(used_q), 0) * 0.06 + max(len(other) - len(used_o), 0) * 0.02
    return max(total / weight - left, 0.0)


def birth_score(query: BirthDate, other: BirthDate) -> float | None:
    """1 for the same day, less for a slip, a swap or a lost part; None when either is unknown."""
    if not query or not other:
        return None
    if query == other:
        return 1.0
    if query.is_whole and other.is_whole:
        if (query.year, query.month, query.day) == (other.year, other.day, other.month):
            return 0.92
        same = (query.year == other.year) + (query.month == other.month) + (query.day == other.day)
        lost = (query.day == query.month == 1) or (other.day == other.month == 1)
        if query.year == other.year and lost:
            return 0.7
        if same == 2:
            return 0.72 if abs((query.year or 0) - (other.year or 0)) <= 10 else 0.6
        return 0.25 * same
    known = [(a, b) for a, b in zip(_triple(query), _triple(other), strict=True) if a and b]
    if not known:
        return None
    return 0.8 if all(a == b for a, b in known) else 0.1


def _triple(birth: BirthDate) -> tuple[int | None, int | None, int | None]:
    return birth.year, birth.month, birth.day


def total_score(name: float, birth: float | None, *, nameless: bool = False) -> float:
    """Names and birth date in one number; where one is missing the other alone, a little lower."""
    if nameless:
        return (birth or 0.0) * 0.96
    if birth is None:
        return name * 0.96
    return _NAME_WEIGHT * name + (1 - _NAME_WEIGHT) * birth


def parts_of(folded: str) -> list[Parts]:
    """The names that keys.folded_names wrote down, ready to be scored."""
    return [[tuple(part.split("/")) for part in name.split(" ")] for name in folded.split("|") if name]


def score(query: Sequence[Parts], query_birth: BirthDate, names: Sequence[Parts], birth: BirthDate) -> Score:
    """The best of all pairs of names two persons go by, with their birth dates."""
    best, variant = 0.0, False
    for q, n in product(query, names):
        value = name_score(q, n)
        if value > best:
            best, variant = value, _is_variant(q, n)
    dates = birth_score(query_birth, birth)
    return Score(total_score(best, dates, nameless=not query), best, dates, variant, dates == 0.92)


def _is_variant(a: Parts, b: Parts) -> bool:
    first, second = {p[0] for p in a}, {p[0] for p in b}
    return first != second and {stem(p) for p in first} == {stem(p) for p in second}
