"""What the oversight counts and from when it looks: the dated values of `rules/oversight.toml`."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

from stafette.kernel.rules.dated import Dated, read_dated
from stafette.kernel.rules.table import RULES, RuleDataError, open_rules


@dataclass(frozen=True)
class OversightValue:
    """One number with its sentence, its source and the day from which it holds."""

    id: str
    label: str
    count: int
    head: Dated


@cache
def oversight_rules(folder: Path = RULES) -> tuple[OversightValue, ...]:
    """Read `rules/oversight.toml` once; two values of one name on the same day are refused."""
    file = open_rules("oversight", folder)
    found: list[OversightValue] = []
    for entry in file.tables("value"):
        value = OversightValue(entry.text("id"), entry.text("label"), entry.count("count"), read_dated(entry))
        if any(one.id == value.id and one.head.holds_on(value.head.valid_from) for one in found):
            raise RuleDataError(f"rules/oversight.toml: „{value.id}“ gilt zweimal am selben Tag")
        entry.done()
        found.append(value)
    file.done()
    return tuple(found)


def oversight_value(value_id: str, on: date) -> OversightValue:
    """The value that holds on a day; LookupError where none does."""
    for found in oversight_rules():
        if found.id == value_id and found.head.holds_on(on):
            return found
    raise LookupError(f"no value {value_id} on {on:%Y-%m-%d}")
