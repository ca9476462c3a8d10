"""Propose what each column means: by its heading, by what the clerk said last time, by its content."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from rapidfuzz import fuzz, process

from stafette.arrivals.reading.fields import REPEATABLE, SYNONYMS, Field, heading_key
from stafette.arrivals.reading.grid import Cell, as_text
from stafette.arrivals.reading.sniffing import Likeness, likeness

KNOWN = 0.95
LIKELY = 0.8
GUESS = 0.6
NUMBERED = re.compile(r"^(?:\d{1,2}(?:te[rs]?|st|nd|rd|th)?|[ivx]+)?(.*?)\d{0,2}$")
BRACKET = re.compile(r"[(\[].*?[)\]]")
# Content that speaks against a heading; a date of birth does not stand in a column without dates.
MUST_LOOK_LIKE: dict[Field, str] = {
    Field.BIRTH_DATE: "date",
    Field.MOVED_IN_ON: "date",
    Field.EMAIL: "email",
}
SAMPLES = 400


@dataclass(frozen=True)
class Column:
    """One column of the file, what it seems to mean, how sure we are, and why."""

    index: int
    heading: str
    meaning: Field
    confidence: float
    samples: tuple[str, ...] = ()
    reason: str = ""

    @property
    def key(self) -> str:
        """The name under which a correction is remembered."""
        return heading_key(self.heading) or f"spalte{self.index + 1}"


def propose(
    headings: Sequence[str], rows: Sequence[Sequence[Cell]], remembered: Mapping[str, str] | None = None
) -> list[Column]:
    """Columns in the order of the file, each with its likeliest meaning."""
    remembered = remembered or {}
    columns = []
    for index, heading in enumerate(headings):
        cells = [row[index] for row in rows[:SAMPLES] if index < len(row) and row[index] not in ("", None)]
        columns.append(_propose_one(index, heading, cells, remembered))
    return _tidy(columns, rows)


def _propose_one(index: int, heading: str, cells: list[Cell], remembered: Mapping[str, str]) -> Column:
    samples = tuple(dict.fromkeys(as_text(cell) for cell in cells[:40]))[:3]
    blank = Column(index, heading, Field.IGNORED, 0.0, samples)
    key = blank.key
    if key in remembered and remembered[key] in set(Field):
        return replace(blank, meaning=Field(remembered[key]), confidence=1.0, reason="remembered")
    alike = likeness(cells)
    meaning, confidence = by_heading(heading)
    if meaning and confidence >= LIKELY and not _contradicts(meaning, alike):
        return replace(blank, meaning=meaning, confidence=confidence, reason="heading")
    guess, sure = alike.best()
    if guess and meaning == guess:
        return replace(blank, meaning=guess, confidence=max(sure, confidence, LIKELY), reason="heading")
    if guess and (sure > confidence * 0.9 or _contradicts(meaning, alike)):
        return replace(blank, meaning=guess, confidence=min(sure, LIKELY), reason="content")
    if meaning and not _contradicts(meaning, alike):
        return replace(blank, meaning=meaning, confidence=confidence * 0.8, reason="heading")
    return blank


def _contradicts(meaning: Field | None, alike: Likeness) -> bool:
    wanted = MUST_LOOK_LIKE.get(meaning) if meaning else None
    return bool(
        wanted
        and alike.filled >= 3
        and max(alike.share(wanted), alike.share("serial") if wanted == "date" else 0) < 0.4
    )


@lru_cache(maxsize=2048)
def by_heading(heading: str) -> tuple[Field | None, float]:
    """The meaning of a heading by itself: known word, known word with a number or hint, word that resembles one."""
    key = heading_key(heading)
    if not key:
        return None, 0.0
    for variant in (key, heading_key(BRACKET.sub("", heading)), *(p for p in _numbered(key))):
        if variant in SYNONYMS:
            return SYNONYMS[variant], 1.0 if variant == key else KNOWN
    found = _by_parts(heading)
    if found:
        return found, LIKELY
    close = (
        process.extractOne(key, SYNONYMS.keys(), scorer=fuzz.ratio, score_cutoff=84) if len(key) > 4 else None
    )
    if close:
        return SYNONYMS[close[0]], close[1] / 100 * 0.9
    return None, 0.0


def _numbered(key: str) -> tuple[str, ...]:
    """1. Staatsangehörigkeit, Staatsangehörigkeit 2."""
    match = NUMBERED.match(key)
    return (match[1],) if match and match[1] and match[1] != key else ()


_WORDS = re.compile(r"[^\W_]+")
# What a heading of several words means when one of its words is this; the first that is found decides.
_PARTS: tuple[tuple[str, Field], ...] = (
    ("geburtsort", Field.IGNORED), ("geburtsland", Field.IGNORED), ("birthplace", Field.IGNORED),
    ("geburtsname", Field.BIRTH_NAME), ("geburtsdatum", Field.BIRTH_DATE), ("geborenam", Field.BIRTH_DATE),
    ("dateofbirth", Field.BIRTH_DATE), ("birthdate", Field.BIRTH_DATE), ("gebdat", Field.BIRTH_DATE),
    ("staatsang", Field.NATIONALITY), ("nationalit", Field.NATIONALITY), ("citizen", Field.NATIONALITY),
    ("vertret", Field.GUARDIAN), ("sorgeberecht", Field.GUARDIAN), ("guardian", Field.GUARDIAN),
    ("erziehungsberecht", Field.GUARDIAN), ("sperr", Field.ADDRESS_LOCK),
    ("wohnungsgeber", Field.LANDLORD), ("vermieter", Field.LANDLORD), ("landlord", Field.LANDLORD),
    ("zugezogenaus", Field.CAME_FROM), ("zuzugaus", Field.CAME_FROM), ("zuzugvon", Field.CAME_FROM),
    ("vorherig", Field.CAME_FROM), ("herkunft", Field.CAME_FROM), ("previous", Field.CAME_FROM),
    ("movedfrom", Field.CAME_FROM), ("bisherig", Field.CAME_FROM), ("letzterwohn", Field.CAME_FROM),
    ("einzug", Field.MOVED_IN_ON), ("zuzug", Field.MOVED_IN_ON), ("movein", Field.MOVED_IN_ON),
    ("movedin", Field.MOVED_IN_ON), ("haushalt", Field.HOUSEHOLD_NUMBER), ("household", Field.HOUSEHOLD_NUMBER),
    ("hausnummernzusatz", Field.HOUSE_SUFFIX), ("strassehausn", Field.ADDRESS), ("strasseundh", Field.ADDRESS),
    ("strassemith", Field.ADDRESS), ("hausnummer", Field.HOUSE_NUMBER), ("hausnr", Field.HOUSE_NUMBER),
    ("housen", Field.HOUSE_NUMBER), ("strasse", Field.STREET), ("street", Field.STREET),
    ("postleitzahl", Field.POSTAL_CODE), ("postcode", Field.POSTAL_CODE), ("ortsteil", Field.DISTRICT),
    ("stadtteil", Field.DISTRICT), ("anschrift", Field.ADDRESS), ("adresse", Field.ADDRESS),
    ("vornamefamilienname", Field.FULL_NAME), ("namevorname", Field.FULL_NAME), ("fullname", Field.FULL_NAME),
    ("vorname", Field.GIVEN_NAMES), ("givenname", Field.GIVEN_NAMES), ("firstname", Field.GIVEN_NAMES),
    ("familienname", Field.FAMILY_NAME), ("nachname", Field.FAMILY_NAME), ("surname", Field.FAMILY_NAME),
    ("lastname", Field.FAMILY_NAME), ("familyname", Field.FAMILY_NAME), ("geschlecht", Field.SEX),
    ("gender", Field.SEX), ("sprache", Field.LANGUAGE), ("language", Field.LANGUAGE), ("telefon", Field.PHONE),
    ("phone", Field.PHONE), ("mobil", Field.PHONE), ("email", Field.EMAIL), ("wohnort", Field.TOWN),
    ("gemeinde", Field.TOWN),
)  # fmt: skip


def _by_parts(heading: str) -> Field | None:
    key = heading_key(heading)
    return next((meaning for part, meaning in _PARTS if part in key), None)


def _tidy(columns: list[Column], rows: Sequence[Sequence[Cell]]) -> list[Column]:
    """Settle what only the columns together can tell: which of two, and what "Name" means."""
    columns = _settle_names(columns, rows)
    columns = _settle_dates(columns, rows)
    columns = _settle_places(columns, rows)
    columns = _settle_rivals(columns)
    return _settle_address(columns, rows)


def _having(columns: list[Column], meaning: Field) -> list[Column]:
    return [column for column in columns if column.meaning == meaning]


def _swap(columns: list[Column], old: Column, meaning: Field, confidence: float) -> list[Column]:
    new = replace(old, meaning=meaning, confidence=confidence)
    return [new if column.index == old.index else column for column in columns]


def _texts(rows: Sequence[Sequence[Cell]], index: int) -> list[str]:
    return [t for t in (as_text(row[index]) for row in rows[:SAMPLES] if index < len(row)) if t]


def _settle_names(columns: list[Column], rows: Sequence[Sequence[Cell]]) -> list[Column]:
    """ "Name" is the family name beside a column of given names, else the whole name."""
    family, given = _having(columns, Field.FAMILY_NAME), _having(columns, Field.GIVEN_NAMES)
    full = _having(columns, Field.FULL_NAME)
    if family and not given and not full:
        texts = _texts(rows, family[0].index)
        if sum(1 for t in texts if "," in t or " " in t) > 0.6 * len(texts):
            return _swap(columns, family[0], Field.FULL_NAME, LIKELY)
        unclear = [c for c in columns if c.meaning == Field.IGNORED and c.reason == "" and c.samples]
        names = [c for c in unclear if likeness(_texts(rows, c.index)).share("name") > 0.8]
        if names:
            return _swap(columns, names[0], Field.GIVEN_NAMES, GUESS)
    if given and not family and full:
        return _swap(columns, full[0], Field.FAMILY_NAME, LIKELY)
    if given and not family:
        near = sorted(_name_like(columns, rows), key=lambda c: abs(c.index - given[0].index))
        return _swap(columns, near[0], Field.FAMILY_NAME, GUESS) if near else columns
    if not family and not full:
        return _guess_names(columns, rows)
    return columns


def _name_like(columns: list[Column], rows: Sequence[Sequence[Cell]]) -> list[Column]:
    """Columns without a meaning that are filled like the fullest and hold capitalised words."""
    longest = max((likeness(_texts(rows, c.index)).filled for c in columns), default=0)
    free = [c for c in columns if c.meaning == Field.IGNORED and c.reason == ""]
    alike = {c.index: likeness(_texts(rows, c.index)) for c in free}
    return [c for c in free if alike[c.index].filled > 0.7 * longest and alike[c.index].share("name") > 0.8]


def _guess_names(columns: list[Column], rows: Sequence[Sequence[Cell]]) -> list[Column]:
    """Without a heading that helps: columns of capitalised words that hardly ever repeat are names."""
    named = _name_like(columns, rows)
    comma = [c for c in named if likeness(_texts(rows, c.index)).share("comma_name") > 0.7]
    if comma:
        return _swap(columns, comma[0], Field.FULL_NAME, GUESS)
    if len(named) >= 2:
        return _swap(_swap(columns, named[0], Field.FAMILY_NAME, GUESS), named[1], Field.GIVEN_NAMES, GUESS)
    return columns


def _settle_places(columns: list[Column], rows: Sequence[Sequence[Cell]]) -> list[Column]:
    """What stands where without a heading: a town behind its code, a country behind a nationality, a guardian."""
    guessed = [c for c in _having(columns, Field.NATIONALITY) if c.reason == "content"]
    if len(guessed) > 1 and not _having(columns, Field.CAME_FROM):
        columns = _swap(columns, guessed[-1], Field.CAME_FROM, GUESS)
    codes = _having(columns, Field.POSTAL_CODE)
    for column in (c for c in columns if c.meaning == Field.IGNORED and c.reason == ""):
        alike = likeness(_texts(rows, column.index))
        behind = bool(codes) and column.index == codes[0].index + 1
        if behind and alike.share("name") > 0.8 and alike.distinct < 0.2 and not _having(columns, Field.TOWN):
            columns = _swap(columns, column, Field.TOWN, GUESS)
        elif alike.filled > 2 and alike.share("comma_name") > 0.7 and not _having(columns, Field.GUARDIAN):
            columns = _swap(columns, column, Field.GUARDIAN, GUESS)
    return columns


def _settle_dates(columns: list[Column], rows: Sequence[Sequence[Cell]]) -> list[Column]:
    """Of the columns with dates the one that reaches back decades is the birth date, the recent one the move."""
    missing = [m for m in (Field.BIRTH_DATE, Field.MOVED_IN_ON) if not _having(columns, m)]
    for column in (c for c in columns if c.meaning == Field.IGNORED and c.reason == ""):
        alike = likeness([row[column.index] for row in rows[:SAMPLES] if column.index < len(row)])
        if alike.share("date") < 0.7:
            continue
        meaning = Field.BIRTH_DATE if alike.spread_years > 12 else Field.MOVED_IN_ON
        if meaning in missing:
            columns = _swap(columns, column, meaning, GUESS)
            missing.remove(meaning)
    return columns


def _settle_rivals(columns: list[Column]) -> list[Column]:
    """One column per meaning: the surer one, then the fuller one, then the first."""
    for meaning in Field:
        rivals = _having(columns, meaning)
        if meaning in REPEATABLE or len(rivals) < 2:
            continue
        winner = max(rivals, key=lambda c: (c.confidence, bool(c.samples), -c.index))
        for loser in rivals:
            if loser is not winner:
                columns = _swap(columns, loser, Field.IGNORED, 0.5)
    return columns


def _settle_address(columns: list[Column], rows: Sequence[Sequence[Cell]]) -> list[Column]:
    """A street column that carries the numbers is the whole address."""
    street, number = _having(columns, Field.STREET), _having(columns, Field.HOUSE_NUMBER)
    if street and not number and not _having(columns, Field.ADDRESS):
        texts = _texts(rows, street[0].index)
        if texts and sum(1 for t in texts if re.search(r"\d", t)) > 0.5 * len(texts):
            return _swap(columns, street[0], Field.ADDRESS, street[0].confidence)
    return columns
