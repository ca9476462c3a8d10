"""Block keys: under which a person is found again although half of what is typed is wrong.

A key is a 32-bit number made of two coarse facts. The persons who share one key with the query are
the candidates; scoring ranks them. Keys do not know given name from family name, so swapped names
and one search box need no special case. Measured against the ways of stack.md in bench/search.py.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import combinations

from stafette.people.birthdates import BirthDate
from stafette.people.names.fold import folds, initial, skeleton, stem

MOST_PARTS = 5  # of a name: long Arabic and Portuguese chains would multiply the pairs


@dataclass(frozen=True)
class NameParts:
    """One name a person goes by, cut into its given and its family half."""

    given: str
    family: str


@dataclass(frozen=True)
class QueryKeys:
    """Keys by how few people share them: the first that yield enough candidates win."""

    dated: tuple[int, ...]  # birth date, alone or with initials
    named: tuple[int, ...]  # two parts of the name
    single: tuple[int, ...]  # one part alone: common names, asked only as a last resort


def _hash(*facts: object) -> int:
    number = zlib.crc32("|".join(map(str, facts)).encode())
    return number - (1 << 32) if number >= 1 << 31 else number


def _pair(kind: str, a: str, b: str) -> int:
    return _hash(kind, a, b) if a <= b else _hash(kind, b, a)


def _pair_keys(a: str, b: str) -> set[int]:
    """Two folded parts: beginnings and ends survive one slip in each, skeletons survive the vowels."""
    a, b = stem(a), stem(b)
    ia, ib = initial(a), initial(b)
    if len(a) == 1 or len(b) == 1:
        return {_pair("ki", skeleton(a) if len(a) > 1 else ia, skeleton(b) if len(b) > 1 else ib)}
    sa, sb = skeleton(a), skeleton(b)
    return {
        _pair("ends", a[:3], b[:3]),
        _pair("ends", a[:3], "…" + b[-3:]),
        _pair("ends", "…" + a[-3:], b[:3]),
        _pair("ends", "…" + a[-3:], "…" + b[-3:]),
        _pair("sk", sa, sb),
        _pair("ki", sa, ib),
        _pair("ki", ia, sb),
    }


def _dated_pair_keys(a: str, b: str, birth: BirthDate) -> set[int]:
    """Two of the three parts of the date with both initials, or the year with one beginning more."""
    a, b = stem(a), stem(b)
    ia, ib = initial(a), initial(b)
    year, month, day = birth.year, birth.month, birth.day
    keys = set()
    if year and month:
        keys.add(_pair(f"ym{year}.{month}", ia, ib))
    if year and day:
        keys.add(_pair(f"yd{year}.{day}", ia, ib))
    if month and day:
        keys.add(_pair(f"md{month}.{day}", ia, ib))
    if year:
        keys |= {_pair(f"y{year}", a[:3], "i" + ib), _pair(f"y{year}", "i" + ia, b[:3])}
    return keys


def _date_key(birth: BirthDate) -> set[int]:
    return {_hash("d", birth.year, birth.month, birth.day)} if birth.is_whole else set()


def _readings(text: str) -> list[tuple[str, ...]]:
    return list(folds(text))[:MOST_PARTS]


def _pairs(name: NameParts) -> Iterable[tuple[str, str]]:
    given, family = _readings(name.given), _readings(name.family)
    for g in given:
        for f in family:
            for a in g:
                for b in f:
                    yield a, b
    if not given or not family:  # an original spelling whose halves nobody told apart
        yield from _free_pairs(given + family)


def _free_pairs(parts: Sequence[tuple[str, ...]]) -> Iterable[tuple[str, str]]:
    for x, y in combinations(parts, 2):
        for a in x:
            for b in y:
                yield a, b


def person_keys(names: Iterable[NameParts], birth: BirthDate) -> list[int]:
    """All keys under which one person is stored: of every name, former name and original spelling."""
    keys = _date_key(birth)
    for name in names:
        for a, b in _pairs(name):
            keys |= _pair_keys(a, b) | _dated_pair_keys(a, b, birth)
        for part in _readings(name.family) + _readings(name.given):
            keys |= {_hash("one", stem(reading)) for reading in part}
            keys |= {_hash("bone", skeleton(stem(reading))) for reading in part}
    return sorted(keys)


def query_keys(names: Iterable[NameParts], birth: BirthDate) -> QueryKeys:
    """The keys to ask for; a date also as if day and month were swapped, or only its year were right."""
    births = [birth]
    if birth.is_whole and birth.day and birth.day <= 12 and birth.day != birth.month:
        births.append(BirthDate(birth.year, birth.day, birth.month))
    dated: set[int] = set()
    named: set[int] = set()
    single: set[int] = set()
    for each in births:
        dated |= _date_key(each)
    for name in names:
        for a, b in _pairs(name):
            named |= _pair_keys(a, b)
            for each in births:
                dated |= _dated_pair_keys(a, b, each)
        for part in _readings(name.family) + _readings(name.given):
            for reading in part:
                single |= {_hash("one", stem(reading)), _hash("bone", skeleton(stem(reading)))}
    return QueryKeys(tuple(sorted(dated)), tuple(sorted(named)), tuple(sorted(single)))
