"""Block keys: under which a person is found again although half of what is typed is wrong.

A key is a 32-bit number made of two coarse facts. The persons who share one key with the query are
the candidates; scoring ranks them. Keys do not know given name from family name, so swapped names
and one search box need no special case. Measured against the ways of stack.md in bench/search.py.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import combinations
from zlib import crc32

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


def _hash(text: str) -> int:
    """A signed 32-bit number, as PostgreSQL's integer is."""
    return (crc32(text.encode()) ^ 0x80000000) - 0x80000000


def _pair(kind: str, a: str, b: str) -> int:
    return _hash(f"{kind}|{a}|{b}" if a <= b else f"{kind}|{b}|{a}")


def _ends(a: str, b: str) -> list[tuple[str, str]]:
    """Beginning or end of one part with beginning or end of the other: one slip in each leaves one pair whole."""
    return [(a[:3], b[:3]), (a[:3], "…" + b[-3:]), ("…" + a[-3:], b[:3]), ("…" + a[-3:], "…" + b[-3:])]


def _pair_keys(a: str, b: str) -> set[int]:
    """Two folded parts: ends survive one slip in each, skeletons survive the vowels."""
    a, b = stem(a), stem(b)
    ia, ib = initial(a), initial(b)
    if len(a) == 1 or len(b) == 1:
        return {_pair("ki", skeleton(a) if len(a) > 1 else ia, skeleton(b) if len(b) > 1 else ib)}
    sa, sb = skeleton(a), skeleton(b)
    keys = {_pair("ends", x, y) for x, y in _ends(a, b)}
    return keys | {_pair("whole", a, b), _pair("sk", sa, sb), _pair("ki", sa, ib), _pair("ki", ia, sb)}


def _dated_pair_keys(a: str, b: str, birth: BirthDate) -> set[int]:
    """The year, or day and month, with enough of both parts to leave a handful among a million."""
    a, b = stem(a), stem(b)
    year, month, day = birth.year, birth.month, birth.day
    ia, ib = "i" + initial(a), "i" + initial(b)
    keys = set()
    if year:
        keys = {_pair(f"y{year}", x, y) for x, y in [*_ends(a, b)[1:], (a[:3], ib), (ia, b[:3])]}
        keys.add(_pair(f"y{year}", "k" + skeleton(a), "k" + skeleton(b)))
    if month and day:
        keys |= {_pair(f"md{month}.{day}", a[:3], ib), _pair(f"md{month}.{day}", ia, b[:3])}
    return keys


def _date_key(birth: BirthDate) -> set[int]:
    return {_hash(f"d|{birth.year}|{birth.month}|{birth.day}")} if birth.is_whole else set()


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
            keys |= {_hash("one|" + stem(reading)) for reading in part}
            keys |= {_hash("bone|" + skeleton(stem(reading))) for reading in part}
    return sorted(keys)


def folded_names(names: Iterable[NameParts]) -> str:
    """The folded parts of every name, stored beside the keys so that scoring need not fold again."""
    texts = []
    for name in names:
        parts = folds(f"{name.given} {name.family}")
        texts.append(" ".join("/".join(readings) for readings in sorted(parts)))
    return "|".join(dict.fromkeys(text for text in texts if text))


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
                single |= {_hash("one|" + stem(reading)), _hash("bone|" + skeleton(stem(reading)))}
    return QueryKeys(tuple(sorted(dated)), tuple(sorted(named)), tuple(sorted(single)))
