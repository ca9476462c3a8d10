"""Who arrived together: by the office's own number, else by guardian, address and day of the move.

Family names decide nothing by themselves: in Bulgaria they differ between man and woman, couples keep theirs,
and half of a street may be called Pop. Wrong togetherness does more harm than a second letter (one person's
data would be talked about with a stranger), so doubt separates: people of different nationality who came from
different countries, and the many adults of an employer's quarters.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import date

from stafette.arrivals.reading.addresses import address_key
from stafette.arrivals.reading.codes import country_key
from stafette.arrivals.reading.names import family_stem, plain, split_full_name
from stafette.arrivals.reading.rows import Row

ADULT = 18
QUARTERS = 4  # more adults than this at one door on one day are no family


def group(rows: Sequence[Row]) -> list[int]:
    """For each row the number of its household; households are numbered in the order of the file."""
    keys: list[tuple[object, ...]] = [_key(row) for row in rows]
    members: dict[tuple[object, ...], list[int]] = defaultdict(list)
    for at, key in enumerate(keys):
        members[key].append(at)
    for key, ats in members.items():
        if len(ats) > 1 and key[0] == "address":
            for at, part in zip(ats, _split([rows[at] for at in ats]), strict=True):
                keys[at] = (*key, part)
    _follow_guardians(rows, keys)
    numbers: dict[tuple[object, ...], int] = {}
    return [numbers.setdefault(key, len(numbers)) for key in keys]


def _key(row: Row) -> tuple[object, ...]:
    if row.household_number:
        return ("number", row.household_number.lower())
    if row.street:
        return ("address", address_key(row.street, row.house_number), row.postal_code, row.moved_in_on)
    if row.guardian:
        return ("person", _person(*split_full_name(row.guardian)[:2]), row.moved_in_on)
    return ("person", _person(row.family_name, row.given_names), row.moved_in_on)


def _person(family: str, given: str) -> tuple[str, ...]:
    """A name whichever way round it is written."""
    return tuple(sorted((plain(family), plain(given))))


def _split(rows: list[Row]) -> list[object]:
    """Parts of the people behind one door: by where they came from, and adult by adult in quarters."""
    origins = [country_key(row.came_from) or "" for row in rows]
    if len({o for o in origins if o}) > 1 and _strangers(rows, origins):
        return [_with_guardian(rows, at, origins) for at in range(len(rows))]
    adults = {_identity(row) for row in rows if _is_adult(row)}
    if len(adults) > QUARTERS:
        return [family_stem(row.family_name) for row in rows]
    return [0] * len(rows)


def _strangers(rows: list[Row], origins: list[str]) -> bool:
    """Groups from different countries that share no nationality either."""
    nations: dict[str, set[str]] = defaultdict(set)
    for row, origin in zip(rows, origins, strict=True):
        if not origin or not row.nationalities:
            return False
        nations[origin].update(row.nationalities)
    seen: set[str] = set()
    for keys in nations.values():
        if seen & keys:
            return False
        seen |= keys
    return True


def _with_guardian(rows: list[Row], at: int, origins: list[str]) -> str:
    """A child belongs where its guardian is, wherever it came from."""
    wanted = _guardian(rows[at])
    for row, origin in zip(rows, origins, strict=True):
        if wanted and _person(row.family_name, row.given_names) == wanted:
            return origin
    return origins[at]


def _guardian(row: Row) -> tuple[str, ...] | None:
    return _person(*split_full_name(row.guardian.split(";")[0])[:2]) if row.guardian else None


def _identity(row: Row) -> tuple[object, ...]:
    """One adult whose row stands twice with a typing error is still one."""
    return (row.birth.year, row.birth.month, row.birth.day, row.sex, row.given_names[:1])


def _is_adult(row: Row) -> bool:
    born, when = row.birth, row.moved_in_on or date.max
    return not born.year or when == date.max or when.year - born.year >= ADULT


def _follow_guardians(rows: Sequence[Row], keys: list[tuple[object, ...]]) -> None:
    """A child goes with its guardian even if it moved in on another day, or behind another door."""
    wanted = {at: _guardian(row) for at, row in enumerate(rows) if row.guardian and keys[at][0] != "number"}
    if not wanted:
        return
    names = set(wanted.values())
    found: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for at, row in enumerate(rows):
        if at not in wanted:
            person = _person(row.family_name, row.given_names)
            if person in names:
                found[person].append(at)
    for at, guardian in wanted.items():
        there = [g for g in found.get(guardian or (), ()) if _same_door(rows[at], rows[g])]
        if there:
            closest = min(there, key=lambda g: abs(g - at))
            keys[at] = keys[closest]


def _same_door(child: Row, adult: Row) -> bool:
    if not child.street or not adult.street:
        return True
    return address_key(child.street, child.house_number) == address_key(adult.street, adult.house_number)
