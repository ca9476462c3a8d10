"""How long a consent lasts, when somebody is reminded, how fast a withdrawal is followed (rules/consent.toml).

The law names no periods here: each value is dated, carries its source, and is shown with it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cache
from pathlib import Path

from stafette.kernel.deadlines import add_months
from stafette.kernel.rules.dated import Dated, read_dated
from stafette.kernel.rules.table import RULES, open_rules


class Span(StrEnum):
    """The values that a consent's life needs."""

    LASTS = "lasts_months"
    SECRECY = "secrecy_months"
    REMIND = "remind_days"
    CHECK = "deletion_check_days"


@dataclass(frozen=True)
class LifeValue:
    """One number with the law or proposal that it comes from."""

    id: Span
    label: str
    count: int
    head: Dated

    @property
    def origin(self) -> str:
        """Where it stands and how sure we are, for the page."""
        return f"{self.head.source} ({self.head.status.label})"


@cache
def life_values(folder: Path = RULES) -> tuple[LifeValue, ...]:
    """Read every value, also those of other years."""
    found = []
    for entry in open_rules("consent", folder).tables("value"):
        found.append(
            LifeValue(entry.choice("id", Span), entry.text("label"), entry.count("count"), read_dated(entry))
        )
        entry.done()
    return tuple(found)


def life_value(span: Span, *, on: date) -> LifeValue:
    """The value that holds on a day; LookupError where none does."""
    for value in life_values():
        if value.id is span and value.head.holds_on(on):
            return value
    raise LookupError(f"no {span} on {on:%Y-%m-%d}")


def lasts_until(start: date, *, is_secrecy: bool = False) -> date:
    """The first day on which a consent given on `start` holds no more: the same day so many months later."""
    months = life_value(Span.SECRECY if is_secrecy else Span.LASTS, on=start).count
    return add_months(start, months)
