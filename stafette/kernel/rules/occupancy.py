"""Whether a flat or a single room is large enough for the people in it, by the law of the Land.

The result carries both ends of what is open (balcony, incomplete birth date): where they decide, it
says "grenzwertig" and makes no statement. Where a Land has no law, it compares and judges nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum

from stafette.kernel.rules.ages import Birth, is_younger_than
from stafette.kernel.rules.dated import LANDS
from stafette.kernel.rules.living_area import LivingArea, Number
from stafette.kernel.rules.occupancy_rules import AreaValue, OccupancyRule, occupancy_rule, occupancy_rules


class OccupancyStatus(StrEnum):
    """How the result is called; only `is_violation` says what it means in law."""

    OK = "ok"
    TIGHT = "tight"
    OVERCROWDED = "overcrowded"
    BORDERLINE = "borderline"
    CHECK = "check"

    @property
    def label(self) -> str:
        """The word that officers read."""
        return STATUS_WORDS[self]


STATUS_WORDS = {
    OccupancyStatus.OK: "ausreichend",
    OccupancyStatus.TIGHT: "knapp",
    OccupancyStatus.OVERCROWDED: "überbelegt",
    OccupancyStatus.BORDERLINE: "grenzwertig",
    OccupancyStatus.CHECK: "zu prüfen",
}


class Standing(StrEnum):
    """How a person belongs to the flat; who is away for a while still lives there."""

    RESIDENT = "resident"
    TEMPORARILY_ABSENT = "temporarily_absent"
    VISITOR = "visitor"
    NOT_VERIFIED = "not_verified"
    UNBORN = "unborn"


EXCLUDED_BECAUSE = {
    Standing.VISITOR: "zu Besuch",
    Standing.NOT_VERIFIED: "nicht geprüft",
    Standing.UNBORN: "noch nicht geboren",
}


class PeopleList(StrEnum):
    """The three lists of an inspection, each with its own ratio."""

    REGISTERED = "registered"
    MET = "met"
    CREDIBLY_LIVING = "credibly_living"


@dataclass(frozen=True)
class Occupant:
    """A person of the flat; `key` is the caller's own reference, never a name."""

    birth: date | Birth | None
    standing: Standing = Standing.RESIDENT
    key: str = ""
    lists: frozenset[PeopleList] = frozenset(PeopleList)


@dataclass(frozen=True)
class OccupancyResult:
    """All that must be stored to explain the result later; `is_violation` is None without a statement."""

    status: OccupancyStatus
    rule: str
    on: date
    is_binding: bool
    is_violation: bool | None
    required_low: Decimal
    required_high: Decimal
    available_low: Decimal
    available_high: Decimal
    ratio_low: Decimal | None
    ratio_high: Decimal | None
    counted: tuple[Occupant, ...]
    excluded: tuple[tuple[Occupant, str], ...]
    sentence: str
    source: str
    remarks: tuple[str, ...] = ()
    flags: tuple[str, ...] = ()


@dataclass(frozen=True)
class _Need:
    adult: AreaValue
    child: AreaValue | None
    is_rule_known: bool = True


def check_flat(
    *,
    land: str,
    on: date,
    area: LivingArea | Number,
    occupants: Iterable[Occupant],
    largest_room_m2: Number | None = None,
) -> OccupancyResult:
    """Compare the living area of a whole flat with what its residents need."""
    rule = occupancy_rule(land, on)
    need = _Need(rule.flat_adult, rule.flat_child)
    return _check(rule, need, land, on, area, tuple(occupants), largest_room_m2)


def check_single_room(
    *,
    land: str,
    on: date,
    area: LivingArea | Number,
    occupants: Iterable[Occupant],
    has_side_rooms: bool,
) -> OccupancyResult:
    """Compare one room that is let by itself; kitchen and bath shared in sufficient number lower the need.

    Where the rule of the Land for single rooms is not known, the flat rule is shown, and a shortfall
    by it is "zu prüfen", not a violation.
    """
    rule = occupancy_rule(land, on)
    if not has_side_rooms:
        need = _Need(rule.flat_adult, rule.flat_child)
    elif rule.room_adult:
        need = _Need(rule.room_adult, rule.room_child)
    else:
        need = _Need(rule.flat_adult, rule.flat_child, is_rule_known=False)
    return _check(rule, need, land, on, area, tuple(occupants), None)


def check_each_list(
    *, land: str, on: date, area: LivingArea | Number, occupants: Sequence[Occupant]
) -> dict[PeopleList, OccupancyResult]:
    """One result for who is registered, who was met, and who credibly lives there."""
    return {
        people: check_flat(
            land=land, on=on, area=area, occupants=[one for one in occupants if people in one.lists]
        )
        for people in PeopleList
    }


def _required(
    rule: OccupancyRule, need: _Need, people: Iterable[Occupant], on: date
) -> tuple[Decimal, Decimal]:
    low = high = Decimal(0)
    for person in people:
        adult = need.adult.m2
        child = need.child.m2 if need.child else adult
        is_child: bool | None = None
        if person.birth is not None and rule.child_below is not None:
            is_child = is_younger_than(person.birth, rule.child_below, on)
        low += adult if is_child is False else child
        high += child if is_child is True else adult
    return low, high


def _excluded_because(person: Occupant, on: date) -> str | None:
    if person.standing in EXCLUDED_BECAUSE:
        return EXCLUDED_BECAUSE[person.standing]
    if person.birth is not None and Birth.of(person.birth).earliest > on:
        return EXCLUDED_BECAUSE[Standing.UNBORN]
    return None


def _status(low: Decimal | None, high: Decimal | None) -> OccupancyStatus:
    labels = occupancy_rules().labels
    if low is None or high is None or low >= labels.tight_below:
        return OccupancyStatus.OK
    if high >= labels.tight_below:
        return OccupancyStatus.BORDERLINE
    return OccupancyStatus.OVERCROWDED if high < labels.overcrowded_below else OccupancyStatus.TIGHT


def _check(
    rule: OccupancyRule,
    need: _Need,
    land: str,
    on: date,
    area: LivingArea | Number,
    occupants: tuple[Occupant, ...],
    largest_room_m2: Number | None,
) -> OccupancyResult:
    living = area if isinstance(area, LivingArea) else LivingArea.stated(area)
    reasons = [(person, _excluded_because(person, on)) for person in occupants]
    counted = tuple(person for person, reason in reasons if reason is None)
    required_low, required_high = _required(rule, need, counted, on)
    low = living.low / required_high if required_high else None
    high = living.high / required_low if required_low else None
    status = _status(low, high)
    if not need.is_rule_known and status not in (OccupancyStatus.OK, OccupancyStatus.BORDERLINE):
        status = OccupancyStatus.CHECK
    is_open = status in (OccupancyStatus.BORDERLINE, OccupancyStatus.CHECK)
    return OccupancyResult(
        status=status,
        rule=rule.id,
        on=on,
        is_binding=rule.is_binding,
        is_violation=None if is_open or not rule.is_binding else status is not OccupancyStatus.OK,
        required_low=required_low,
        required_high=required_high,
        available_low=living.low,
        available_high=living.high,
        ratio_low=_rounded(low),
        ratio_high=_rounded(high),
        counted=counted,
        excluded=tuple((person, reason) for person, reason in reasons if reason is not None),
        sentence=_sentence(rule, need, land, status, len(counted), living, required_low, required_high),
        source=str(need.adult.source),
        remarks=_remarks(rule, need, living, largest_room_m2),
        flags=living.flags,
    )


def _rounded(ratio: Decimal | None) -> Decimal | None:
    return None if ratio is None else ratio.quantize(Decimal("0.01"), ROUND_HALF_UP)


def _m2(low: Decimal, high: Decimal) -> str:
    def plain(value: Decimal) -> str:
        return f"{value.normalize():f}".replace(".", ",")

    return f"{plain(low)} m²" if low == high else f"{plain(low)} bis {plain(high)} m²"


def _sentence(
    rule: OccupancyRule,
    need: _Need,
    land: str,
    status: OccupancyStatus,
    people: int,
    living: LivingArea,
    required_low: Decimal,
    required_high: Decimal,
) -> str:
    available = _m2(living.low, living.high)
    required = _m2(required_low, required_high)
    who = "eine Person" if people == 1 else f"{people} Personen"
    if not rule.is_binding:
        return (
            f"Vergleichswert, keine rechtliche Aussage: {available} für {who}, üblich wären {required} "
            f"({status.label}). {rule.head.note}"
        )
    return (
        f"{available} Wohnfläche für {who}, nötig sind {required} nach {need.adult.source} "
        f"({LANDS[land]}): {status.label}."
    )


def _remarks(
    rule: OccupancyRule, need: _Need, living: LivingArea, largest_room_m2: Number | None
) -> tuple[str, ...]:
    said = []
    if living.low != living.high:
        said.append("Ob Balkon oder Terrasse zählen und wie weit, entscheidet mit (§ 4 Nr. 4 WoFlV).")
    if not need.is_rule_known:
        said.append(
            "Die Regel des Landes für einzelne Räume ist nicht bekannt; gerechnet mit der für Wohnungen."
        )
    if largest_room_m2 is not None and rule.largest_room and largest_room_m2 < rule.largest_room.m2:
        least = _m2(rule.largest_room.m2, rule.largest_room.m2)
        said.append(f"Kein Raum hat wenigstens {least} ({rule.largest_room.source}).")
    said += [f"Nicht gezählt: {reason}." for reason in living.excluded]
    if rule.is_binding and rule.head.note:
        said.append(rule.head.note)
    return tuple(said)
