"""Typed readers of the dated data behind deadlines: registration, notification, targets, retention."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from functools import cache
from pathlib import Path

from stafette.kernel.rules.dated import Dated, read_dated
from stafette.kernel.rules.table import RULES, Table, open_rules


class Situation(StrEnum):
    """How somebody lives here, as far as §§ 17 and 27 BMG care."""

    FOR_GOOD = "for_good"
    ASSIGNED_ACCOMMODATION = "assigned_accommodation"
    TEMPORARY_FROM_ABROAD = "temporary_from_abroad"
    TEMPORARY_REGISTERED_ELSEWHERE = "temporary_registered_elsewhere"


class TargetUnit(StrEnum):
    """In what a target of the house is counted."""

    WORKING_DAYS = "working_days"
    WEEKS = "weeks"


@dataclass(frozen=True)
class RegistrationRule:
    """When to register in one situation."""

    id: str
    situation: Situation
    grace_months: int
    weeks: int
    head: Dated


@dataclass(frozen=True)
class DayRule:
    """So many days until something counts as done."""

    id: str
    days: int
    head: Dated


@dataclass(frozen=True)
class Target:
    """A time the house sets itself; no legal period."""

    id: str
    label: str
    count: int
    unit: TargetUnit
    head: Dated


class LimitUnit(StrEnum):
    """In what a limit is counted."""

    CALENDAR_DAYS = "calendar_days"
    WORKING_DAYS = "working_days"
    TIMES = "times"


@dataclass(frozen=True)
class Limit:
    """How far a unit may move a date by itself."""

    id: str
    label: str
    count: int
    unit: LimitUnit
    head: Dated


@dataclass(frozen=True)
class EscalationShares:
    """Shares of a target at which silence is noticed."""

    remind_at: Decimal
    head_at: Decimal
    steering_at: Decimal
    head: Dated


@dataclass(frozen=True)
class TargetRules:
    """All of `rules/targets.toml`."""

    escalation: EscalationShares
    targets: tuple[Target, ...]
    limits: tuple[Limit, ...]

    def target(self, target_id: str) -> Target:
        """One target by its id."""
        return next(target for target in self.targets if target.id == target_id)

    def limit(self, limit_id: str, on: date) -> int:
        """How much a limit allows on a day; LookupError where none holds."""
        for found in self.limits:
            if found.id == limit_id and found.head.holds_on(on):
                return found.count
        raise LookupError(f"no limit {limit_id} on {on:%Y-%m-%d}")


@cache
def registration_rules(folder: Path = RULES) -> tuple[RegistrationRule, ...]:
    """Read `rules/registration.toml` once."""
    found = []
    for entry in open_rules("registration", folder).tables("rule"):
        found.append(
            RegistrationRule(
                id=entry.text("id"),
                situation=entry.choice("situation", Situation),
                grace_months=entry.count("grace_months"),
                weeks=entry.count("weeks"),
                head=read_dated(entry),
            )
        )
        entry.done()
    return tuple(found)


def registration_rule(situation: Situation, on: date) -> RegistrationRule:
    """The rule for a situation and a day of moving in; moves before the law follow its first version."""
    fitting = [rule for rule in registration_rules() if rule.situation == situation]
    return next((rule for rule in fitting if rule.head.holds_on(on)), fitting[0])


def _day_rule(entry: Table) -> DayRule:
    rule = DayRule(entry.text("id"), entry.count("days"), read_dated(entry))
    entry.done()
    return rule


@cache
def notification_rules(folder: Path = RULES) -> tuple[DayRule, ...]:
    """On which day a decision counts as notified, through the years."""
    return tuple(_day_rule(entry) for entry in open_rules("calendar", folder).tables("notification"))


@cache
def portal_rules(folder: Path = RULES) -> tuple[DayRule, ...]:
    """How long a decision can be fetched from a portal."""
    return tuple(_day_rule(entry) for entry in open_rules("calendar", folder).tables("portal"))


def notification_rule(sent_on: date) -> DayRule:
    """The fiction in force on the day of sending."""
    return next(rule for rule in notification_rules() if rule.head.holds_on(sent_on))


def portal_rule(announced_on: date) -> DayRule:
    """The rule in force on the day of the notice."""
    return next(rule for rule in portal_rules() if rule.head.holds_on(announced_on))


@cache
def target_rules(folder: Path = RULES) -> TargetRules:
    """Read `rules/targets.toml` once."""
    file = open_rules("targets", folder)
    shares = file.table("escalation")
    escalation = EscalationShares(
        shares.number("remind_at"),
        shares.number("head_at"),
        shares.number("steering_at"),
        read_dated(shares),
    )
    shares.done()
    targets = []
    for entry in file.tables("target"):
        unit = entry.choice("unit", TargetUnit)
        targets.append(
            Target(entry.text("id"), entry.text("label"), entry.count("count"), unit, read_dated(entry))
        )
        entry.done()
    limits = tuple(_limit(entry) for entry in file.tables("limit"))
    file.done()
    return TargetRules(escalation, tuple(targets), limits)


def _limit(entry: Table) -> Limit:
    unit = entry.choice("unit", LimitUnit)
    limit = Limit(entry.text("id"), entry.text("label"), entry.count("count"), unit, read_dated(entry))
    entry.done()
    return limit


PERIOD = re.compile(r"P(?:T(?P<hours>\d+)H|(?P<days>\d+)D|(?P<months>\d+)M|(?P<years>\d+)Y)")


class RetentionStart(StrEnum):
    """When a retention period begins to run (DIN 66398, with the year ends that practice adds)."""

    COLLECTION = "collection"
    PROCEDURE_END = "procedure_end"
    RELATION_END = "relation_end"
    YEAR_END = "year_end"
    SCHOOL_YEAR_END = "school_year_end"
    AGE_30 = "age_30"


@dataclass(frozen=True)
class RetentionClass:
    """A Löschklasse: what, from which event on, for how long."""

    code: str
    data: str
    start: RetentionStart
    start_event: str
    hours: int
    days: int
    months: int
    is_unlimited: bool
    is_held_here: bool
    head: Dated


def _retention_class(entry: Table) -> RetentionClass:
    found: dict[str, int] = {}
    if entry.has("period"):
        match = PERIOD.fullmatch(entry.text("period"))
        if not match:
            raise entry.error("period", "Dauer wie PT24H, P30D, P6M oder P3Y erwartet")
        found = {unit: int(number) for unit, number in match.groupdict().items() if number}
    result = RetentionClass(
        code=entry.text("code"),
        data=entry.text("data"),
        start=entry.choice("start", RetentionStart),
        start_event=entry.text("start_event"),
        hours=found.get("hours", 0),
        days=found.get("days", 0),
        months=found.get("months", 0) + 12 * found.get("years", 0),
        is_unlimited=not found,
        is_held_here=entry.flag("held"),
        head=read_dated(entry),
    )
    entry.done()
    return result


@cache
def retention_classes(folder: Path = RULES) -> dict[str, RetentionClass]:
    """Read `rules/retention.toml` once, by code."""
    file = open_rules("retention", folder)
    return {found.code: found for found in map(_retention_class, file.tables("class"))}
