"""What every rule carries: from when to when it holds, where it stands, and how sure we are."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Protocol, TypeVar

from stafette.kernel.rules.table import RuleDataError, Table

ANY_LAND = "*"
LANDS = {
    "BB": "Brandenburg",
    "BE": "Berlin",
    "BW": "Baden-Württemberg",
    "BY": "Bayern",
    "HB": "Bremen",
    "HE": "Hessen",
    "HH": "Hamburg",
    "MV": "Mecklenburg-Vorpommern",
    "NI": "Niedersachsen",
    "NW": "Nordrhein-Westfalen",
    "RP": "Rheinland-Pfalz",
    "SH": "Schleswig-Holstein",
    "SL": "Saarland",
    "SN": "Sachsen",
    "ST": "Sachsen-Anhalt",
    "TH": "Thüringen",
    ANY_LAND: "alle übrigen Länder",
}


class Status(StrEnum):
    """How a value was established; a lawyer signs off what is not `read`."""

    READ = "read"
    REPORTED = "reported"
    GENERAL_KNOWLEDGE = "general_knowledge"
    DEFAULT = "default"

    @property
    def label(self) -> str:
        """The word that officers read."""
        return STATUS_LABELS[self]


STATUS_LABELS = {
    Status.READ: "gelesen",
    Status.REPORTED: "berichtet",
    Status.GENERAL_KNOWLEDGE: "Fachwissen, zu prüfen",
    Status.DEFAULT: "Vorschlag",
}


@dataclass(frozen=True)
class Source:
    """Where a value stands: law, section, and the day of the law or of our reading."""

    law: str
    section: str
    date: date

    def __str__(self) -> str:
        return self.law if self.section == "–" else f"{self.section} {self.law}"


@dataclass(frozen=True)
class Dated:
    """The head that every entry shares."""

    valid_from: date
    valid_to: date | None
    source: Source
    status: Status
    note: str

    def holds_on(self, day: date) -> bool:
        """Whether the entry is in force on a day."""
        return self.valid_from <= day and (self.valid_to is None or day <= self.valid_to)


def read_source(table: Table) -> Source:
    """Read the table `source` of an entry."""
    inner = table.table("source")
    source = Source(law=inner.text("law"), section=inner.text("section"), date=inner.day("date"))
    inner.done()
    return source


def read_dated(table: Table) -> Dated:
    """Read validity, source and status; an entry may not end before it begins."""
    head = Dated(
        valid_from=table.day("valid_from"),
        valid_to=table.day_or_none("valid_to"),
        source=read_source(table),
        status=table.choice("status", Status),
        note=table.text("note", ""),
    )
    if head.valid_to and head.valid_to < head.valid_from:
        raise table.error("valid_to", "liegt vor valid_from")
    return head


def read_own_source(table: Table, head: Dated) -> tuple[Source, Status]:
    """Source and status of a single value: its own where it states them, else those of its entry."""
    source = Source(
        law=table.text("law", head.source.law),
        section=table.text("section", head.source.section),
        date=head.source.date,
    )
    return source, table.choice("status", Status) if table.has("status") else head.status


def read_land(table: Table) -> str:
    """Read the abbreviation of a Land, or `*` for all without an entry."""
    land = table.text("land")
    if land not in LANDS:
        raise table.error("land", f"amtliche Abkürzung eines Landes erwartet, da steht {land!r}")
    return land


class OfLand(Protocol):
    """An entry that belongs to a Land and carries the common head."""

    @property
    def land(self) -> str:
        """Abbreviation of the Land, or `*`."""

    @property
    def head(self) -> Dated:
        """Validity, source and status."""


Entry = TypeVar("Entry", bound=OfLand)


def refuse_overlap(entries: Iterable[OfLand], file: str) -> None:
    """Two rules of one Land on the same day would make the result depend on their order."""
    seen: dict[str, date | None] = {}
    for entry in sorted(entries, key=lambda e: (e.land, e.head.valid_from)):
        if entry.land in seen:
            ended = seen[entry.land]
            if ended is None or entry.head.valid_from <= ended:
                start = entry.head.valid_from
                raise RuleDataError(f"{file}: zwei Einträge für {entry.land} gelten am {start:%d.%m.%Y}")
        seen[entry.land] = entry.head.valid_to


def pick(entries: Iterable[Entry], land: str, on: date) -> Entry:
    """The entry of this Land on this day, else the one for all Länder without their own."""
    if land not in LANDS:
        raise ValueError(f"unknown Land {land!r}")
    holding = {entry.land: entry for entry in entries if entry.head.holds_on(on)}
    entry = holding.get(land) or holding.get(ANY_LAND)
    if entry is None:
        raise LookupError(f"no rule for {land} on {on:%Y-%m-%d}")
    return entry
