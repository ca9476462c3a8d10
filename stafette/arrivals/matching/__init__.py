"""What each row of a list means for the unit's books: new, known, possibly double, changed, or refused."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from hashlib import blake2b
from typing import Any, NamedTuple
from uuid import UUID

from stafette.arrivals.matching.alike import Face, Likeness, compare, face
from stafette.arrivals.matching.candidates import Home, Record, candidates, homes
from stafette.arrivals.reading import Row
from stafette.arrivals.reading.addresses import address_key
from stafette.arrivals.reading.names import LOST, plain

BUCKET = 200  # so many of one birth date (01.01. of a year) are compared by initial only


class Verdict(NamedTuple):
    """The outcome of one row and what it was compared with."""

    outcome: str
    person: UUID | None = None
    twin: int | None = None
    differences: Mapping[str, list[Any]] = {}


NEW, REJECTED = Verdict("new"), Verdict("rejected")


def fingerprint(row: Row) -> int:
    """A number by which the same row is known again in the next list, so that no question is asked twice."""
    key = f"{plain(row.family_name)}|{plain(row.given_names)}|{_born(row)}"
    key += f"|{address_key(row.street, row.house_number)}"
    return int.from_bytes(blake2b(key.encode(), digest_size=8).digest(), "big", signed=True)


def _born(row: Row) -> tuple[int | None, int | None, int | None]:
    return row.birth.year, row.birth.month, row.birth.day


def match(unit: UUID, rows: Sequence[Row], decided: Mapping[int, UUID] | None = None) -> list[Verdict]:
    """A verdict per row. `decided`: by fingerprint, whom a clerk once said that a row is."""
    decided = decided or {}
    faces = [_face(row) for row in rows]
    found = _closest(unit, rows, faces)
    twins = _twins(rows, faces)
    lives = homes(unit, [person for _, record in found.values() for person in _ids(record)])
    verdicts = []
    for at, row in enumerate(rows):
        if row.problem:
            verdicts.append(REJECTED)
            continue
        likeness, record = found.get(at, (Likeness.NO, None))
        if record is not None and likeness == Likeness.SURE:
            verdicts.append(_known(row, record, lives))
        elif decided and (person := decided.get(fingerprint(row))):
            verdicts.append(Verdict("known", person))
        elif record is not None:
            verdicts.append(
                Verdict("possible_duplicate", _id(record), twins.get(at), _differences(row, record, lives))
            )
        elif at in twins:
            verdicts.append(Verdict("possible_duplicate", None, twins[at]))
        else:
            verdicts.append(NEW)
    return verdicts


def _face(row: Row) -> Face:
    address = address_key(row.street, row.house_number) if row.street else ""
    return face(row.family_name, row.given_names, _born(row), row.sex, address)


def _id(record: Record) -> UUID:
    """A record that was merged into another stands for that one."""
    return record.merged_into or record.id


def _ids(record: Record) -> tuple[UUID, ...]:
    return (record.id, record.merged_into) if record.merged_into else (record.id,)


def _closest(unit: UUID, rows: Sequence[Row], faces: list[Face]) -> dict[int, tuple[Likeness, Record]]:
    pairs = list(candidates(unit, rows))
    unsure = [record.id for at, record in pairs if faces[at].address]
    lives = homes(unit, unsure) if pairs else {}
    best: dict[int, tuple[Likeness, Record]] = {}
    for at, record in pairs:
        likeness = compare(faces[at], _face_of(record, lives.get(record.id)))
        if likeness > best.get(at, (Likeness.NO, record))[0]:
            best[at] = (likeness, record)
    return best


def _face_of(record: Record, home: Home | None) -> Face:
    born = (record.birth_year, record.birth_month, record.birth_day)
    address = address_key(home.street, home.house_number) if home and home.street else ""
    return face(record.family_name, record.given_names, born, record.sex, address)


def _known(row: Row, record: Record, lives: Mapping[UUID, Home]) -> Verdict:
    differences = _differences(row, record, lives)
    return Verdict("changed" if differences else "known", _id(record), None, differences)


def _differences(row: Row, record: Record, lives: Mapping[UUID, Home]) -> dict[str, list[Any]]:
    """What the list says otherwise than our books: field to old and new. What it does not say changes nothing."""
    found: dict[str, list[Any]] = {}
    for name in ("family_name", "given_names"):
        ours, theirs = getattr(record, name), getattr(row, name)
        if theirs and ours != theirs and not LOST.search(theirs):
            found[name] = [ours, theirs]
    if _differs_in_birth(row, record):
        found["birth"] = [_date_text(*record[4:7]), _date_text(*_born(row))]
    if row.sex and record.sex and row.sex != record.sex:
        found["sex"] = [record.sex, row.sex]
    if set(row.nationalities) - set(record.nationalities):
        found["nationalities"] = [record.nationalities, list(row.nationalities)]
    home = lives.get(_id(record)) or lives.get(record.id)
    if row.street and home and _elsewhere(row, home):
        old = f"{home.street} {home.house_number}, {home.postal_code} {home.town}".strip(" ,")
        found["address"] = [old, f"{row.street} {row.house_number}, {row.postal_code} {row.town}".strip(" ,")]
    if row.address_locked and not record.address_locked:
        found["address_locked"] = [False, True]
    return found


def _differs_in_birth(row: Row, record: Record) -> bool:
    return bool(row.birth.year) and _born(row) != (record.birth_year, record.birth_month, record.birth_day)


def _date_text(year: int | None, month: int | None, day: int | None) -> str:
    return f"{day or 0:02}.{month or 0:02}.{year or 0:04}" if year else ""


def _elsewhere(row: Row, home: Home) -> bool:
    if address_key(row.street, row.house_number) != address_key(home.street, home.house_number):
        return True
    return bool(row.postal_code and home.postal_code and row.postal_code != home.postal_code)


def _twins(rows: Sequence[Row], faces: list[Face]) -> dict[int, int]:
    """Rows that may repeat an earlier one of the same list, with the number of that row."""
    days: dict[tuple[int, int, int], list[int]] = defaultdict(list)
    names: dict[tuple[str, str, str], list[int]] = defaultdict(list)
    for at, (row, one) in enumerate(zip(rows, faces, strict=True)):
        if row.problem:
            continue
        if one.year and one.month and one.day:
            days[one.year, one.month, one.day].append(at)
        if one.address:
            names[one.family, one.given, one.address].append(at)
    found: dict[int, int] = {}
    for ats in names.values():
        if len(ats) > 1:
            _note(ats, rows, faces, found)
    for ats in days.values():
        if len(ats) > 1:
            for part in _parts(ats, faces):
                _note(part, rows, faces, found)
    return found


def _parts(ats: list[int], faces: list[Face]) -> list[list[int]]:
    """A crowd born on the same day, as 01.01. where only the year was known, is compared by initials."""
    if len(ats) <= BUCKET:
        return [ats]
    parts: dict[str, list[int]] = defaultdict(list)
    for at in ats:
        parts[f"{faces[at].given[:2]}"].append(at)
    return list(parts.values())


def _note(ats: list[int], rows: Sequence[Row], faces: list[Face], found: dict[int, int]) -> None:
    for later, at in enumerate(ats):
        if at in found:
            continue
        one = faces[at]
        for earlier in ats[:later]:
            if compare(one, faces[earlier]):
                found[at] = rows[earlier].number
                break
