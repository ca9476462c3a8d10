"""What no program can know, as dated data: activities, risks, duties (rules/processing, assessment, joint.toml)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

from stafette.kernel.rules.dated import Dated, pick, read_dated, read_land
from stafette.kernel.rules.table import RULES, Table, open_rules


@dataclass(frozen=True)
class Activity:
    """What a room of the program does with data about people, and on which ground."""

    room: str
    name: str
    basis: str
    people: tuple[str, ...]
    data: tuple[str, ...]
    head: Dated


@dataclass(frozen=True)
class LandLaw:
    """The data protection law of a Land."""

    land: str
    law: str
    head: Dated


@dataclass(frozen=True)
class Processor:
    """A kind of unit that processes for the others."""

    kind: str
    service: str
    basis: str
    head: Dated


@dataclass(frozen=True)
class Risk:
    """A risk of the assessment with its measure and what proves it."""

    id: str
    risk: str
    before: str
    measure: str
    proof: tuple[str, ...]
    settings: tuple[str, ...]
    after: str
    rest: str
    head: Dated


@dataclass(frozen=True)
class Duty:
    """A duty that joint controllers share out."""

    id: str
    label: str
    default: str
    head: Dated


@dataclass(frozen=True)
class Relation:
    """Who answers for a processing."""

    name: str
    kinds: tuple[str, ...]
    relation: str
    head: Dated


def _words(entry: Table, key: str) -> tuple[str, ...]:
    return tuple(entry.words(key))


def _activity(entry: Table) -> Activity:
    return Activity(
        entry.text("room"),
        entry.text("name"),
        entry.text("basis"),
        _words(entry, "people"),
        _words(entry, "data"),
        read_dated(entry),
    )


def _risk(entry: Table) -> Risk:
    return Risk(
        entry.text("id"),
        entry.text("risk"),
        entry.text("before"),
        entry.text("measure"),
        _words(entry, "proof"),
        _words(entry, "settings"),
        entry.text("after"),
        entry.text("rest", ""),
        read_dated(entry),
    )


@cache
def activities(folder: Path = RULES) -> tuple[Activity, ...]:
    """Read the activities in the order of the file."""
    return tuple(_activity(entry) for entry in open_rules("processing", folder).tables("activity"))


def land_law(land: str, on: date, folder: Path = RULES) -> LandLaw:
    """Return the law of a Land."""
    return pick(_lands(folder), land, on)


@cache
def _lands(folder: Path) -> tuple[LandLaw, ...]:
    return tuple(
        LandLaw(read_land(entry), entry.text("law"), read_dated(entry))
        for entry in open_rules("processing", folder).tables("land")
    )


@cache
def processors(folder: Path = RULES) -> tuple[Processor, ...]:
    """Read who processes for others."""
    return tuple(
        Processor(entry.text("kind"), entry.text("service"), entry.text("basis"), read_dated(entry))
        for entry in open_rules("processing", folder).tables("processor")
    )


@cache
def risks(folder: Path = RULES) -> tuple[Risk, ...]:
    """Read the risks of the assessment."""
    return tuple(_risk(entry) for entry in open_rules("assessment", folder).tables("risk"))


@cache
def duties(folder: Path = RULES) -> tuple[Duty, ...]:
    """Read the duties to be shared out."""
    return tuple(
        Duty(entry.text("id"), entry.text("label"), entry.text("default"), read_dated(entry))
        for entry in open_rules("joint", folder).tables("duty")
    )


@cache
def relations(folder: Path = RULES) -> tuple[Relation, ...]:
    """Read who answers for what."""
    return tuple(
        Relation(entry.text("name"), _words(entry, "kinds"), entry.text("relation"), read_dated(entry))
        for entry in open_rules("joint", folder).tables("processing")
    )


@dataclass(frozen=True)
class PurgeLimit:
    """A number of the deletion itself (rules/purge.toml)."""

    id: str
    label: str
    count: int
    unit: str
    head: Dated

    @property
    def word(self) -> str:
        """The unit in German."""
        return {"days": "Tage", "months": "Monate", "years": "Jahre"}.get(self.unit, self.unit)


@cache
def purge_limits(folder: Path = RULES) -> tuple[PurgeLimit, ...]:
    """Read how deletion goes about it."""
    return tuple(
        PurgeLimit(
            entry.text("id"), entry.text("label"), entry.count("count"), entry.text("unit"), read_dated(entry)
        )
        for entry in open_rules("purge", folder).tables("limit")
    )


def purge_limit(wanted: str) -> PurgeLimit:
    """Return one of them."""
    return next(limit for limit in purge_limits() if limit.id == wanted)
