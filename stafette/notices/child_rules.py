"""Which signs there are and until when each step is done (rules/child.toml), as dated data."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

from stafette.kernel.clock import today
from stafette.kernel.rules.dated import Dated, read_dated
from stafette.kernel.rules.table import RULES, open_rules


@dataclass(frozen=True)
class Sign:
    """A kind of weighty sign that a child is in danger."""

    id: str
    label: str
    head: Dated


@dataclass(frozen=True)
class Period:
    """So many working days until a step is done."""

    id: str
    label: str
    days: int
    head: Dated


@dataclass(frozen=True)
class ChildRules:
    """All of `rules/child.toml`."""

    signs: tuple[Sign, ...]
    periods: tuple[Period, ...]

    def signs_on(self, day: date) -> list[tuple[str, str]]:
        """The signs to choose from on that day."""
        return [(sign.id, sign.label) for sign in self.signs if sign.head.holds_on(day)]

    def words(self, codes: list[str]) -> list[str]:
        """The words of signs that were chosen, also of those that are no longer offered."""
        labels = {sign.id: sign.label for sign in self.signs}
        return [labels[code] for code in codes if code in labels]

    def period(self, period_id: str, on: date) -> Period:
        """The period of a step on that day; LookupError where none holds."""
        for found in self.periods:
            if found.id == period_id and found.head.holds_on(on):
                return found
        raise LookupError(f"no period {period_id} on {on:%Y-%m-%d}")


@cache
def child_rules(folder: Path = RULES) -> ChildRules:
    """Read `rules/child.toml` once."""
    file = open_rules("child", folder)
    signs, periods = [], []
    for entry in file.tables("sign"):
        signs.append(Sign(entry.text("id"), entry.text("label"), read_dated(entry)))
        entry.done()
    for entry in file.tables("period"):
        periods.append(Period(entry.text("id"), entry.text("label"), entry.count("days"), read_dated(entry)))
        entry.done()
    file.done()
    return ChildRules(tuple(signs), tuple(periods))


def days_for(step: str) -> int:
    """How many working days a step may take today."""
    return child_rules().period(step, today()).days


def sign_choices() -> list[tuple[str, str]]:
    """The signs of today, for forms."""
    return child_rules().signs_on(today())
