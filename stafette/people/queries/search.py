"""Find a person again: block keys choose candidates in the database, scores rank them here."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from uuid import UUID

from django.db import connection
from django.utils.translation import gettext as _
from rapidfuzz.distance import Indel

from stafette.kernel.actor import Actor
from stafette.kernel.clock import today
from stafette.kernel.permissions import Permission
from stafette.people.birthdates import BirthDate, parse_birth_date
from stafette.people.data import PersonData
from stafette.people.mrz import MrzError, looks_like_mrz, parse_mrz
from stafette.people.names.fold import fold
from stafette.people.names.keys import NameParts, QueryKeys, query_keys
from stafette.people.names.score import LIKELY, Score, birth_score, score, total_score

CANDIDATES = 400
_FINE = 60  # how many get the exact score after the rough one
_WORST = 0.42  # below this a hit only confuses
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
    def spellings(self) -> list[str]:
        """Each name as one text, for scoring."""
        return [f"{name.given} {name.family}".strip() for name in self.names]

    def __bool__(self) -> bool:
        return any(fold(text) for text in self.spellings) or self.birth.is_whole


@dataclass(frozen=True)
class _Candidate:
    id: UUID
    unit_id: UUID
    given_names: str
    family_name: str
    former_names: str
    patronymic: str
    original_script: str
    birth: BirthDate

    @property
    def spellings(self) -> list[str]:
        names = [f"{self.given_names} {self.patronymic} {self.family_name}"]
        names += [f"{self.given_names} {former}" for former in split_names(self.former_names)]
        return [*names, self.original_script] if self.original_script else names


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
    return _ranked(query, actor.units(Permission.PERSON_VIEW), limit, _WORST)


def possible_duplicates(
    *, actor: Actor, unit: UUID, person: PersonData, limit: int = 10, but: UUID | None = None
) -> list[Match]:
    """Persons of this unit who may be the one that is about to be created; `but` leaves one out."""
    if not actor.may(Permission.PERSON_VIEW, unit=unit):
        return []
    query = Query(names_of(person), person.birth)
    return [m for m in _ranked(query, [unit], limit + 1, LIKELY) if m.id != but][:limit]


def _ranked(query: Query, units: Iterable[UUID], limit: int, worst: float) -> list[Match]:
    if not query:
        return []
    keys = query_keys(query.names, query.birth)
    found = rank(query.spellings, query.birth, _candidates(keys, list(units)), limit)
    return [_match(candidate, value, query) for candidate, value in found if value.total >= worst]


def _candidates(keys: QueryKeys, units: list[UUID]) -> list[_Candidate]:
    if not units:
        return []
    with connection.cursor() as cursor:
        values = [units, list(keys.dated), list(keys.named), list(keys.single), CANDIDATES]
        cursor.execute(_SQL, values)
        return [_Candidate(*row[:7], birth=BirthDate(*row[7:])) for row in cursor.fetchall()]


def rank(
    spellings: Sequence[str], birth: BirthDate, candidates: Sequence[_Candidate], limit: int
) -> list[tuple[_Candidate, Score]]:
    """Order candidates by likeness: roughly all of them, exactly the best of those."""
    rough = _rough(spellings, birth, candidates)
    best: dict[UUID, tuple[_Candidate, Score]] = {}
    for index in sorted(range(len(candidates)), key=lambda i: -rough[i])[:_FINE]:
        candidate = candidates[index]
        value = score(spellings, birth, candidate.spellings, candidate.birth)
        if candidate.id not in best or best[candidate.id][1].total < value.total:
            best[candidate.id] = (candidate, value)
    return sorted(best.values(), key=lambda pair: -pair[1].total)[:limit]


def _rough(spellings: Sequence[str], birth: BirthDate, candidates: Sequence[_Candidate]) -> list[float]:
    """One pass in C over all candidates: likeness of the sorted folded names, and the dates."""
    query = [_sorted_fold(text) for text in spellings]
    texts, owner = [], []
    for index, candidate in enumerate(candidates):
        for text in candidate.spellings:
            texts.append(_sorted_fold(text))
            owner.append(index)
    names = [0.0] * len(candidates)
    for wanted in query:
        for index, text in zip(owner, texts, strict=True):
            names[index] = max(names[index], Indel.normalized_similarity(wanted, text))
    return [total_score(name, birth_score(birth, c.birth)) for name, c in zip(names, candidates, strict=True)]


def _sorted_fold(text: str) -> str:
    return " ".join(sorted(fold(text)))


def _match(candidate: _Candidate, value: Score, query: Query) -> Match:
    return Match(
        id=candidate.id,
        unit_id=candidate.unit_id,
        given_names=candidate.given_names,
        family_name=candidate.family_name,
        former_names=candidate.former_names,
        original_script=candidate.original_script,
        birth=candidate.birth,
        score=round(100 * value.total),
        reasons=tuple(_reasons(value, query, candidate)),
    )


def _reasons(value: Score, query: Query, candidate: _Candidate) -> list[str]:
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
