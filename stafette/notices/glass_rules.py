"""How long break-glass lasts, how far it reaches and when it is reviewed (rules/glass.toml), as dated data."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cache
from pathlib import Path

from stafette.kernel.clock import today
from stafette.kernel.rules.dated import Dated, read_dated
from stafette.kernel.rules.table import RULES, open_rules


class Reach(StrEnum):
    """Whose files can be opened."""

    UNIT = "unit"
    AUTHORITY = "authority"


@dataclass(frozen=True)
class GlassRule:
    """What holds for one ground."""

    ground: str
    label: str
    hours: int
    reach: Reach
    over_the_wall: bool
    review_days: int
    reason_letters: int
    reason_words: int
    head: Dated


@cache
def glass_rules(folder: Path = RULES) -> tuple[GlassRule, ...]:
    """Read `rules/glass.toml` once."""
    file = open_rules("glass", folder)
    found = []
    for entry in file.tables("glass"):
        found.append(
            GlassRule(
                ground=entry.text("ground"),
                label=entry.text("label"),
                hours=entry.count("hours"),
                reach=entry.choice("reach", Reach),
                over_the_wall=entry.flag("over_the_wall"),
                review_days=entry.count("review_days"),
                reason_letters=entry.count("reason_letters"),
                reason_words=entry.count("reason_words"),
                head=read_dated(entry),
            )
        )
        entry.done()
    file.done()
    return tuple(found)


def glass_rule(ground: str, *, on: date | None = None) -> GlassRule:
    """What holds for this ground on that day; LookupError where nothing does."""
    day = on or today()
    for rule in glass_rules():
        if rule.ground == ground and rule.head.holds_on(day):
            return rule
    raise LookupError(f"no rule for break-glass on {ground} at {day:%Y-%m-%d}")


def running_rules() -> list[GlassRule]:
    """The rules of today, for the page that explains them."""
    return [rule for rule in glass_rules() if rule.head.holds_on(today())]


def is_formula(reason: str, rule: GlassRule) -> bool:
    """Tell whether a reason says nothing: too short, or the same few words again and again."""
    words = re.findall(r"\w{2,}", reason.casefold())
    return len(reason.strip()) < rule.reason_letters or len(set(words)) < rule.reason_words
