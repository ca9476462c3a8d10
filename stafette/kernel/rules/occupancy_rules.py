"""Typed reader of `rules/occupancy.toml`: minimum areas per Land and how areas count."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from functools import cache
from pathlib import Path

from stafette.kernel.rules.dated import (
    Dated,
    Source,
    Status,
    pick,
    read_dated,
    read_land,
    read_own_source,
    refuse_overlap,
)
from stafette.kernel.rules.table import RULES, Table, open_rules


class Mode(StrEnum):
    """Whether the Land has a law on occupancy, or only a reference value can be shown."""

    BINDING = "binding"
    INDICATOR = "indicator"


@dataclass(frozen=True)
class AreaValue:
    """So many square metres, with the place where that stands."""

    m2: Decimal
    source: Source
    status: Status


@dataclass(frozen=True)
class OccupancyRule:
    """What one person needs in a Land in a period; `id` is the version stored with each result."""

    id: str
    land: str
    mode: Mode
    flat_adult: AreaValue
    flat_child: AreaValue | None
    child_below: int | None
    child_below_status: Status | None
    room_adult: AreaValue | None
    room_child: AreaValue | None
    largest_room: AreaValue | None
    head: Dated

    @property
    def is_binding(self) -> bool:
        """Whether a shortfall may be called a violation."""
        return self.mode is Mode.BINDING


@dataclass(frozen=True)
class AreaRules:
    """Shares of § 4 WoFlV."""

    full_from_height: Decimal
    half_from_height: Decimal
    half: Decimal
    unheated_winter_garden: Decimal
    balcony_usual: Decimal
    balcony_most: Decimal
    head: Dated


@dataclass(frozen=True)
class Labels:
    """Ratios below which a result is called tight or overcrowded."""

    tight_below: Decimal
    overcrowded_below: Decimal
    head: Dated


@dataclass(frozen=True)
class OccupancyRules:
    """All of `rules/occupancy.toml`."""

    labels: Labels
    area: AreaRules
    rules: tuple[OccupancyRule, ...]


def _value(entry: Table, key: str, head: Dated) -> AreaValue | None:
    if not entry.has(key):
        return None
    inner = entry.table(key)
    m2 = inner.number("m2")
    if m2 <= 0:
        raise inner.error("m2", "muss größer als 0 sein")
    value = AreaValue(m2, *read_own_source(inner, head))
    inner.done()
    return value


def _rule(entry: Table) -> OccupancyRule:
    head = read_dated(entry)
    flat_adult = _value(entry, "flat_adult", head)
    if flat_adult is None:
        raise entry.error("flat_adult", "Tabelle fehlt")
    child_below, child_below_status = None, None
    if entry.has("child_below"):
        inner = entry.table("child_below")
        child_below = inner.count("years")
        child_below_status = read_own_source(inner, head)[1]
        inner.done()
    elif entry.has("flat_child") or entry.has("room_child"):
        raise entry.error("child_below", "fehlt, obwohl es einen Wert für Kinder gibt")
    rule = OccupancyRule(
        id=entry.text("id"),
        land=read_land(entry),
        mode=entry.choice("mode", Mode),
        flat_adult=flat_adult,
        flat_child=_value(entry, "flat_child", head),
        child_below=child_below,
        child_below_status=child_below_status,
        room_adult=_value(entry, "room_adult", head),
        room_child=_value(entry, "room_child", head),
        largest_room=_value(entry, "largest_room", head),
        head=head,
    )
    entry.done()
    return rule


def _labels(entry: Table) -> Labels:
    ratios = []
    for key in ("tight_below", "overcrowded_below"):
        inner = entry.table(key)
        ratios.append(inner.number("ratio"))
        inner.done()
    labels = Labels(ratios[0], ratios[1], read_dated(entry))
    entry.done()
    return labels


def _area(entry: Table) -> AreaRules:
    area = AreaRules(
        full_from_height=entry.number("full_from_height"),
        half_from_height=entry.number("half_from_height"),
        half=entry.number("half"),
        unheated_winter_garden=entry.number("unheated_winter_garden"),
        balcony_usual=entry.number("balcony_usual"),
        balcony_most=entry.number("balcony_most"),
        head=read_dated(entry),
    )
    entry.done()
    return area


@cache
def occupancy_rules(folder: Path = RULES) -> OccupancyRules:
    """Read `rules/occupancy.toml` once."""
    file = open_rules("occupancy", folder)
    found = OccupancyRules(
        labels=_labels(file.table("labels")),
        area=_area(file.table("area")),
        rules=tuple(_rule(entry) for entry in file.tables("rule")),
    )
    file.done()
    refuse_overlap(found.rules, "rules/occupancy.toml")
    return found


def occupancy_rule(land: str, on: date) -> OccupancyRule:
    """The rule of a Land on a day."""
    return pick(occupancy_rules().rules, land, on)
