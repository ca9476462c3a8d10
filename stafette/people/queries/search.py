"""Find a person again: block keys choose candidates in the database, scores rank them here."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from uuid import UUID

from django.db import connection
from django.utils.translation import gettext as _
from rapidfuzz import process
from rapidfuzz.distance import Indel

from stafette.kernel.actor import Actor
from stafette.kernel.clock import today
from stafette.kernel.permissions import Permission
from stafette.people.access import visible_to
from stafette.people.birthdates import BirthDate, parse_birth_date
from stafette.people.data import PersonData
from stafette.people.models import Person
from stafette.people.mrz import MrzError, looks_like_mrz, parse_mrz
from stafette.people.names.keys import NameParts, folded_names, query_keys
from stafette.people.names.score import LIKELY, Score, birth_score, parts_of, score, total_score

PER_KEY = 60  # rows per key; a key that more people share says little
_FINE = 40  # how many get the exact score after the rough one
_WORST, _WORST_NAME = 0.5, 0.5  # below this a hit only confuses
_DATE = re.compile(
    r"\b\d{1,2}[.\-/]\s?\d{1,2}[.\-/]\s?(?:\d{4}|\d{2})\b|\b\d{4}-\d{2}-\d{2}\b|\b\d{8}\b|\b(?:19|20)\d{2}\b"
)
_SQL = "select * from people_candidates(%s::uuid[], %s::int[], %s::int[], %s::int[], %s)"


@dataclass(frozen=True)
class Match:
    """A person who may be meant: what is shown of them, how alike (0–100), and why in words."""

    id: UUID
    unit_id: UUID
    given_names: str
    family_name: str
    former_names: str
    original_script: str
    birth: BirthDate
    score: int
    reasons: tuple[str, ...] = ()

    @property
    def full_name(self) -> str:
        """Family name, given names."""
        return ", ".join(part for part in (self.family_name, self.given_names) if part)


@dataclass(frozen=True)
class Query:
    """What a search text means: names in one piece or in halves, and a birth date."""

    names: tuple[NameParts, ...]
    birth: BirthDate

    @property
    def folded(self) -> str:
        """The folded names, as they are stored for persons."""
        return folded_names(self.names)

    def __bool__(self) -> bool:
        return bool(self.folded) or self.birth.is_whole


@dataclass(frozen=True, slots=True)
class Candidate:
    """What the database hands out to be scored: folded names and the birth date, nothing to show yet."""

    id: UUID
    folded: str
    birth: BirthDate


def split_names(former_names: str) -> list[str]:
    """Several former names in one field: by comma, semicolon or slash."""
    return [part for part in re.split(r"\s*[,;/]\s*", former_names) if part]


def names_of(data: PersonData) -> tuple[NameParts, ...]:
    """Every name a person goes by; an original spelling with a comma has its family name first."""
    given = f"{data.given_names} {data.patronymic}".strip()
    names = [NameParts(given, data.family_name)]
    names += [NameParts(data.given_names, former) for former in split_names(data.former_names)]
    if data.original_script:
        family, comma, first = data.original_script.partition(",")
        names.append(NameParts(first.strip() if comma else "", family.strip()))
    return tuple(names)


def read_query(text: str) -> Query:
    """Take a search text apart: a machine readable zone, or names with a birth date anywhere in it."""
    if looks_like_mrz(text):
        try:
            mrz = parse_mrz(text, on=today())
            return Query((NameParts(mrz.given_names, mrz.family_name),), mrz.birth)
        except MrzError:
            pass
    birth, rest = BirthDate(), text
    for found in _DATE.finditer(text):
        parsed = parse_birth_date(found[0].replace(" ", ""), on=today())
        if parsed:
            birth, rest = parsed, text.replace(found[0], " ", 1)
            break
    family, comma, given = rest.partition(",")
    name = NameParts(given.strip(), family.strip()) if comma else NameParts("", rest.strip())
    return Query((name,), birth)


def find_persons(*, actor: Actor, text: str, birth: BirthDate | None = None, limit: int = 10) -> list[Match]:
    """Persons of the actor's units who may be meant by a search text, the likeliest first."""
    query = read_query(text)
    query = replace(query, birth=birth) if birth else query
    return _ranked(actor, query, actor.units(Permission.PERSON_VIEW), limit, _WORST)


def possible_duplicates(
    *, actor: Actor, unit: UUID, person: PersonData, limit: int = 10, but: UUID | None = None
) -> list[Match]:
    """Persons of this unit who may be the one that is about to be created; `but` leaves one out."""
    if not actor.may(Permission.PERSON_VIEW, unit=unit):
        return []
    query = Query(names_of(person), person.birth)
    return [m for m in _ranked(actor, query, [unit], limit + 1, LIKELY) if m.id != but][:limit]


def _ranked(actor: Actor, query: Query, units: Iterable[UUID], limit: int, worst: float) -> list[Match]:
    if not query:
        return []
    found = rank(query, candidates(query, list(units)), limit)
    good = [
        (candidate.id, value)
        for candidate, value in found
        if value.total >= worst and (not query.folded or value.name >= _WORST_NAME)
    ]
    persons = {p.pk: p for p in visible_to(actor).filter(pk__in=[pk for pk, _value in good])}
    return [_match(persons[pk], value) for pk, value in good if pk in persons]


def candidates(query: Query, units: list[UUID]) -> list[Candidate]:
    """Persons who share a key with the query, asked from the one function that may pass the policies."""
    keys = query_keys(query.names, query.birth)
    if not units:
        return []
    with connection.cursor() as cursor:
        cursor.execute(_SQL, [units, list(keys.dated), list(keys.named), list(keys.single), PER_KEY])
        return [Candidate(row[0], row[1], BirthDate(*row[2:])) for row in cursor.fetchall()]


def rank(query: Query, found: Sequence[Candidate], limit: int) -> list[tuple[Candidate, Score]]:
    """Order candidates by likeness: roughly all of them, exactly the best of those."""
    wanted = parts_of(query.folded)
    best: dict[UUID, tuple[Candidate, Score]] = {}
    for index in _roughly_best(query, found):
        candidate = found[index]
        value = score(wanted, query.birth, parts_of(candidate.folded), candidate.birth)
        if candidate.id not in best or best[candidate.id][1].total < value.total:
            best[candidate.id] = (candidate, value)
    return sorted(best.values(), key=lambda pair: -pair[1].total)[:limit]


def _roughly_best(query: Query, found: Sequence[Candidate]) -> list[int]:
    """One pass in C over all candidates: likeness of the folded names in order of the alphabet, and the dates."""
    texts, owners = [], []
    for index, candidate in enumerate(found):
        for text in candidate.folded.split("|"):
            texts.append(text)
            owners.append(index)
    names = [0.0] * len(found)
    for wanted in query.folded.split("|"):
        for _text, like, place in process.extract(
            wanted, texts, scorer=Indel.normalized_similarity, limit=None
        ):
            names[owners[place]] = max(names[owners[place]], like)
    rough = [
        -total_score(name, birth_score(query.birth, c.birth)) for name, c in zip(names, found, strict=True)
    ]
    return sorted(range(len(found)), key=rough.__getitem__)[:_FINE]


def _match(person: Person, value: Score) -> Match:
    return Match(
        id=person.pk,
        unit_id=person.unit_id,
        given_names=person.given_names,
        family_name=person.family_name,
        former_names=person.former_names,
        original_script=person.original_script,
        birth=person.birth,
        score=round(100 * value.total),
        reasons=tuple(_reasons(value)),
    )


def _reasons(value: Score) -> list[str]:
    """Why somebody was offered, in words a clerk can check."""
    reasons = []
    if value.is_variant:
        reasons.append(_("mögliche Namensvariante"))
    elif value.name >= 0.995:
        reasons.append(_("gleicher Name"))
    elif value.name >= 0.8:
        reasons.append(_("ähnlicher Name"))
    if value.birth == 1.0:
        reasons.append(_("gleiches Geburtsdatum"))
    elif value.is_swapped:
        reasons.append(_("Tag und Monat der Geburt vertauscht"))
    elif value.birth is not None and value.birth >= 0.6:
        reasons.append(_("ähnliches Geburtsdatum"))
    elif value.birth is not None:
        reasons.append(_("anderes Geburtsdatum"))
    return reasons
