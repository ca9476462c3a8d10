"""Periods and reasons of the person's rights as dated data (rules/rights.toml), each with its source.

Nothing here knows the database. A request keeps the code it was decided by; what the code said on that day is found
again by its dates.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

from stafette.kernel.clock import today
from stafette.kernel.rules.dated import Dated, read_dated
from stafette.kernel.rules.table import RULES, Table, open_rules

FROM_ASKED, FROM_ARRIVED = "asked", "arrived"


@dataclass(frozen=True)
class Period:
    """So many months, or working days, for something."""

    id: str
    label: str
    count: int
    head: Dated


@dataclass(frozen=True)
class Reason:
    """Why something is refused, extended or left out; `kinds` are the requests that it may refuse."""

    code: str
    label: str
    kinds: frozenset[str]
    head: Dated

    @property
    def said(self) -> str:
        """Reason and source as a letter says it."""
        return f"{self.label} ({self.head.source})."


@dataclass(frozen=True)
class RightsRules:
    """All of `rules/rights.toml`."""

    periods: tuple[Period, ...]
    targets: tuple[Period, ...]
    extensions: tuple[Reason, ...]
    reasons: tuple[Reason, ...]
    omissions: tuple[Reason, ...]
    clocks: tuple[tuple[str, Dated], ...]


@cache
def rights_rules(folder: Path = RULES) -> RightsRules:
    """Read the file once; RuleDataError names the place of a mistake."""
    file = open_rules("rights", folder)
    clock = file.table("clock")
    found = RightsRules(
        periods=tuple(_period(entry, "months") for entry in file.tables("period")),
        targets=tuple(_period(entry, "working_days") for entry in file.tables("target")),
        extensions=tuple(_reason(entry) for entry in file.tables("extension")),
        reasons=tuple(_reason(entry) for entry in file.tables("reason")),
        omissions=tuple(_reason(entry) for entry in file.tables("omission")),
        clocks=((_counts_from(clock), read_dated(clock)),),
    )
    clock.done()
    file.done()
    return found


def _period(entry: Table, key: str) -> Period:
    period = Period(entry.text("id"), entry.text("label"), entry.count(key), read_dated(entry))
    entry.done()
    return period


def _reason(entry: Table) -> Reason:
    kinds = frozenset(entry.words("kinds")) if entry.has("kinds") else frozenset()
    reason = Reason(entry.text("code"), entry.text("label"), kinds, read_dated(entry))
    entry.done()
    return reason


def _counts_from(table: Table) -> str:
    value = table.text("passed_on_counts_from")
    if value not in (FROM_ASKED, FROM_ARRIVED):
        raise table.error("passed_on_counts_from", f"{FROM_ASKED} oder {FROM_ARRIVED} erwartet")
    return value


def period(period_id: str, *, on: date) -> Period:
    """The months of a period on a day; LookupError where none holds."""
    return _holding(rights_rules().periods, "id", period_id, on)


def target(target_id: str, *, on: date) -> Period:
    """The working days of a target of the house on a day."""
    return _holding(rights_rules().targets, "id", target_id, on)


def passed_on_counts_from(*, on: date) -> str:
    """From which day the period of a request runs that another unit passed on."""
    return next((value for value, head in rights_rules().clocks if head.holds_on(on)), FROM_ASKED)


def refusals(kind: str, *, on: date | None = None) -> list[Reason]:
    """Reasons for which a request of this kind may be refused, wholly or in part."""
    day = on or today()
    return [one for one in rights_rules().reasons if kind in one.kinds and one.head.holds_on(day)]


def keeping_reasons(*, on: date | None = None) -> list[Reason]:
    """Reasons for which data that somebody wants erased must stay: duties and claims, not doubts about who asks."""
    return [one for one in refusals("erasure", on=on) if "access" not in one.kinds]


def extensions(*, on: date | None = None) -> list[Reason]:
    """Reasons for which the period may be extended."""
    day = on or today()
    return [one for one in rights_rules().extensions if one.head.holds_on(day)]


def reason(code: str) -> Reason:
    """What a code says, of whichever of the three lists; LookupError where nobody knows it."""
    rules = rights_rules()
    found = [one for one in (*rules.reasons, *rules.extensions, *rules.omissions) if one.code == code]
    if not found:
        raise LookupError(f"no reason {code} in rules/rights.toml")
    return next((one for one in found if one.head.holds_on(today())), found[-1])


def _holding(entries: tuple[Period, ...], key: str, wanted: str, on: date) -> Period:
    for entry in entries:
        if getattr(entry, key) == wanted and entry.head.holds_on(on):
            return entry
    raise LookupError(f"no {wanted} in rules/rights.toml on {on:%Y-%m-%d}")
