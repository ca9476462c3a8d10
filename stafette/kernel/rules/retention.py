"""When data must go: the Löschklassen of `rules/retention.toml` applied to a start event."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from stafette.kernel.deadlines import add_months
from stafette.kernel.rules.ages import birthday
from stafette.kernel.rules.deadline_rules import RetentionClass, RetentionStart, retention_classes


def retention_class(code: str) -> RetentionClass:
    """One Löschklasse by its code."""
    return retention_classes()[code]


def starts_on(rule: RetentionClass, event_on: date) -> date:
    """The day from which the period runs; for age_30 the event is the birth."""
    if rule.start is RetentionStart.YEAR_END:
        return date(event_on.year, 12, 31)
    if rule.start is RetentionStart.SCHOOL_YEAR_END:
        return date(event_on.year + (event_on.month > 7), 7, 31)
    if rule.start is RetentionStart.AGE_30:
        return birthday(event_on, 30)
    return event_on


def delete_on(code: str, event_on: date) -> date | None:
    """The first day on which data of this class may no longer be there; None where it may stay."""
    rule = retention_class(code)
    if rule.is_unlimited:
        return None
    start = starts_on(rule, event_on)
    period = timedelta(days=rule.days, hours=rule.hours)
    ended = datetime.combine(add_months(start, rule.months), time.min) + period
    return ended.date() + timedelta(days=0 if rule.hours else 1)
