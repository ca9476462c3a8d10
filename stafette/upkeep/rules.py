"""The rhythm of asking and checking: the dated values of `rules/upkeep.toml`."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from pathlib import Path

from stafette.kernel.clock import today
from stafette.kernel.rules.dated import Dated, read_dated
from stafette.kernel.rules.table import RULES, RuleDataError, open_rules


@dataclass(frozen=True)
class UpkeepValue:
    """One number with its sentence, its source and the day from which it holds."""

    id: str
    label: str
    count: int
    head: Dated


@cache
def upkeep_rules(folder: Path = RULES) -> tuple[UpkeepValue, ...]:
    """Read `rules/upkeep.toml` once; two values of one name on the same day are refused."""
    file = open_rules("upkeep", folder)
    found: list[UpkeepValue] = []
    for entry in file.tables("value"):
        value = UpkeepValue(entry.text("id"), entry.text("label"), entry.count("count"), read_dated(entry))
        if any(one.id == value.id and one.head.holds_on(value.head.valid_from) for one in found):
            raise RuleDataError(f"rules/upkeep.toml: „{value.id}“ gilt zweimal am selben Tag")
        entry.done()
        found.append(value)
    file.done()
    return tuple(found)


def count_of(value_id: str, on: date | None = None) -> int:
    """The number that holds on a day; LookupError where none does."""
    day = on or today()
    for found in upkeep_rules():
        if found.id == value_id and found.head.holds_on(day):
            return found.count
    raise LookupError(f"no value {value_id} on {day:%Y-%m-%d}")


def days_of(value_id: str, on: date | None = None) -> timedelta:
    """The same as a span of days."""
    return timedelta(days=count_of(value_id, on))
