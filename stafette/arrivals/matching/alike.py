"""Are two rows, or a row and a record, the same human? Sure, perhaps, or no; perhaps is for a human to say."""

from __future__ import annotations

from enum import IntEnum
from typing import NamedTuple

from rapidfuzz.distance import OSA

from stafette.arrivals.reading.names import family_stem, plain

PERHAPS_BOTH, PERHAPS_EACH = 0.8, 0.6


class Likeness(IntEnum):
    """How sure it is that two are one."""

    NO = 0
    PERHAPS = 1
    SURE = 2


class Face(NamedTuple):
    """What is compared of a person; `address` is the key of street and number, empty where unknown or locked."""

    family: str
    given: str
    year: int | None
    month: int | None
    day: int | None
    sex: str
    address: str


def face(
    family: str, given: str, born: tuple[int | None, int | None, int | None], sex: str, address: str
) -> Face:
    """A person reduced to what is compared."""
    return Face(plain(family), plain(given), *born, sex, address)


def compare(a: Face, b: Face) -> Likeness:
    """Same name and same whole birth date is sure; a slip in one of them, or the halves swapped, is perhaps."""
    dates = _dates(a, b)
    if dates == 0 or (a.sex and b.sex and a.sex != b.sex and not _equal(a.given, b.given)):
        return Likeness.NO
    same_family, same_given = _equal(a.family, b.family), _equal(a.given, b.given)
    if same_family and same_given:
        if dates == 2 and (a.day or (a.address and a.address == b.address)):
            return Likeness.SURE
        near = dates == 2 or (a.address and a.address == b.address)
        return Likeness.PERHAPS if near else Likeness.NO
    if dates < 2 or not a.day:
        return Likeness.NO
    if _equal(a.family, b.given) and _equal(a.given, b.family):
        return Likeness.PERHAPS
    if same_given and a.address and a.address == b.address:
        return Likeness.PERHAPS  # a new family name, as after a marriage
    return Likeness.PERHAPS if _near(a, b) else Likeness.NO


def _dates(a: Face, b: Face) -> int:
    """2 the same, 1 with a slip or a swap, 0 different. Two unknown dates are the same unknown."""
    if (a.year, a.month, a.day) == (b.year, b.month, b.day):
        return 2
    if not a.year or not b.year:
        return 1
    if a.year == b.year and (not a.month or not b.month or (a.month == b.day and a.day == b.month)):
        return 1
    same = (a.year == b.year) + (a.month == b.month) + (a.day == b.day)
    return 1 if same == 2 else 0


def _equal(a: str, b: str) -> bool:
    """Equal, where a letter lost on the way ("?") may have been any."""
    if a == b:
        return True
    if ("?" not in a and "?" not in b) or len(a) != len(b):
        return False
    return all(x == y or x == "?" or y == "?" for x, y in zip(a, b, strict=True)) and {*a} != {"?"} != {*b}


def _near(a: Face, b: Face) -> bool:
    family = 1.0 if family_stem(a.family) == family_stem(b.family) else _similar(a.family, b.family)
    given = _similar(a.given, b.given)
    if min(family, given) < PERHAPS_EACH:
        return False
    return (family + given) / 2 >= PERHAPS_BOTH and (
        family == 1.0 or given == 1.0 or min(family, given) >= 0.75
    )


def _similar(a: str, b: str) -> float:
    if not a or not b:
        return 0.0
    if "?" in a or "?" in b:
        if len(a) != len(b):
            return OSA.normalized_similarity(a, b)
        return sum(1 for x, y in zip(a, b, strict=True) if x == y or "?" in (x, y)) / len(a)
    return OSA.normalized_similarity(a, b)
