"""Ages as the law counts them, also where a register knows only the year or the month of birth."""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

from stafette.kernel.rules.dated import Dated, Source, pick, read_dated, read_land, refuse_overlap
from stafette.kernel.rules.table import RULES, open_rules


@dataclass(frozen=True)
class Birth:
    """A date of birth as far as it is known: registers write 00.00.1985 for a year alone."""

    year: int
    month: int | None = None
    day: int | None = None

    def __post_init__(self) -> None:
        if self.day and not self.month:
            raise ValueError("a day of birth needs its month")
        self.earliest, self.latest  # noqa: B018 – refuses 31 February on creation

    @classmethod
    def of(cls, birth: date | Birth) -> Birth:
        """Take a full date or a partial one."""
        return birth if isinstance(birth, Birth) else cls(birth.year, birth.month, birth.day)

    @property
    def earliest(self) -> date:
        """The first day on which the person can have been born."""
        return date(self.year, self.month or 1, self.day or 1)

    @property
    def latest(self) -> date:
        """The last day on which the person can have been born."""
        month = self.month or 12
        return date(self.year, month, self.day or monthrange(self.year, month)[1])

    @property
    def is_complete(self) -> bool:
        """Whether year, month and day are known."""
        return bool(self.day)

    def __str__(self) -> str:
        return f"{self.day or 0:02}.{self.month or 0:02}.{self.year:04}"


@dataclass(frozen=True)
class AgeRange:
    """The youngest and the oldest a person can be on a day; equal where the birth date is complete."""

    low: int
    high: int

    @property
    def is_certain(self) -> bool:
        """Whether the known part of the birth date settles the age."""
        return self.low == self.high


@dataclass(frozen=True)
class AgeAnswer:
    """Whether a person is of an age; `holds` is None where an incomplete birth date leaves it open."""

    holds: bool | None
    sentence: str
    source: Source
    rule: str


@dataclass(frozen=True)
class KindergartenAge:
    """From which age a child of a Land has a claim to day care."""

    id: str
    land: str
    from_years: int
    head: Dated


@dataclass(frozen=True)
class AgeRules:
    """All of `rules/ages.toml`."""

    newborn_below_years: int
    newborn: Dated
    kindergarten: tuple[KindergartenAge, ...]


@cache
def age_rules(folder: Path = RULES) -> AgeRules:
    """Read `rules/ages.toml` once."""
    file = open_rules("ages", folder)
    newborn = file.table("newborn")
    below, head = newborn.count("below_years"), read_dated(newborn)
    newborn.done()
    found = []
    for entry in file.tables("kindergarten"):
        years, land = entry.count("from_years"), read_land(entry)
        found.append(KindergartenAge(entry.text("id"), land, years, read_dated(entry)))
        entry.done()
    file.done()
    refuse_overlap(found, "rules/ages.toml")
    return AgeRules(below, head, tuple(found))


def completed_years(birth: date, on: date) -> int:
    """Age by §§ 187 (2), 188 (2) BGB: the birthday itself counts, from midnight.

    Who was born on 29 February completes a year with the end of 28 February.
    """
    return on.year - birth.year - ((on.month, on.day) < (birth.month, birth.day))


def birthday(birth: date, years: int) -> date:
    """The first day of the age `years`; 1 March where 29 February is missing."""
    try:
        return birth.replace(year=birth.year + years)
    except ValueError:
        return date(birth.year + years, 3, 1)


def age_range(birth: date | Birth, on: date) -> AgeRange:
    """Youngest and oldest age that the known part of a birth date allows."""
    known = Birth.of(birth)
    return AgeRange(completed_years(known.latest, on), completed_years(known.earliest, on))


def is_younger_than(birth: date | Birth, years: int, on: date) -> bool | None:
    """True or False where certain, None where the incomplete birth date decides."""
    age = age_range(birth, on)
    if age.high < years:
        return True
    return None if age.low < years else False


def newborn(birth: date | Birth, on: date) -> AgeAnswer:
    """Whether the family has a child that early help is for; unborn children are none."""
    rules = age_rules()
    below = rules.newborn_below_years
    holds = is_younger_than(birth, below, on)
    if Birth.of(birth).earliest > on:
        holds = False
    limit = "ein Jahr" if below == 1 else f"{below} Jahre"
    said = {
        True: f"Das Kind ist jünger als {limit}.",
        False: f"Das Kind ist nicht jünger als {limit}.",
        None: f"Das Kind ist vielleicht jünger als {limit}: Das Geburtsdatum ist unvollständig.",
    }[holds]
    return AgeAnswer(holds, said, rules.newborn.source, "newborn")


def day_care_entitlement(birth: date | Birth, on: date, land: str) -> AgeAnswer:
    """Whether the child is old enough for its legal claim to day care; school duty ends it elsewhere."""
    rule = pick(age_rules().kindergarten, land, on)
    younger = is_younger_than(birth, rule.from_years, on)
    holds = None if younger is None else not younger
    start = "von Geburt an" if rule.from_years == 0 else f"ab dem {rule.from_years}. Geburtstag"
    said = {
        True: f"Das Kind hat Anspruch auf einen Betreuungsplatz ({start}, {rule.head.source}).",
        False: f"Der Anspruch auf einen Betreuungsplatz beginnt {start} ({rule.head.source}).",
        None: f"Anspruch auf einen Betreuungsplatz besteht {start} ({rule.head.source}); "
        "das Geburtsdatum ist unvollständig, bitte prüfen.",
    }[holds]
    return AgeAnswer(holds, said, rule.head.source, rule.id)
