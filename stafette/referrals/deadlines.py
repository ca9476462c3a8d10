"""Dates of a referral: working days of the receiver's Land without its closing days, computed once and stored."""

from __future__ import annotations

import math
from datetime import date, timedelta

from stafette.accounts.models import Unit
from stafette.accounts.queries import closing_days, response_rule
from stafette.kernel.rules.deadline_rules import target_rules
from stafette.kernel.workdays import add_working_days, is_working_day
from stafette.referrals.data import Dates, Periods

DRAFT_DAYS = 1
DECIDE_DAYS = 2
FOLLOW_UP_DAYS = 20
FURTHEST = timedelta(days=400)


def periods_for(*, sender_id: object, receiver_id: object, on: date) -> Periods:
    """The periods that this pair agreed on, or the proposal of the house."""
    rule = response_rule(sender_id=sender_id, receiver_id=receiver_id, on=on)  # type: ignore[arg-type]
    if rule is None:
        return Periods()
    return Periods(
        receipt=rule.receipt_days,
        answer=rule.answer_days,
        first_contact=rule.first_contact_days,
        feedback=rule.feedback_days,
        version=f"{rule.code} {rule.version}",
    )


def dates_after(start: date, days: int, *, unit: Unit) -> Dates:
    """Next date after so many working days of this unit, with reminder and escalation by the shares of the rules."""
    shares = target_rules().escalation
    closed = _closed_working_days(start, unit)
    return Dates(
        next_on=_nth(start, days, unit, closed),
        remind_on=_nth(start, math.floor(days * shares.remind_at), unit, closed),
        escalate_on=_nth(start, math.ceil(days * shares.steering_at), unit, closed),
    )


def dates_until(start: date, next_on: date, *, unit: Unit) -> Dates:
    """The same for a date that somebody promised: reminder one working day before, escalation a week after."""
    return Dates(
        next_on=next_on,
        remind_on=min(next_on, max(start, add_working_days(next_on, -1, unit.authority.land))),
        escalate_on=working_day(next_on, 5, unit=unit),
    )


def working_day(start: date, days: int, *, unit: Unit) -> date:
    """The n-th working day of the unit after `start`; closing days of its authority do not count."""
    return _nth(start, days, unit, _closed_working_days(start, unit))


def _closed_working_days(start: date, unit: Unit) -> list[date]:
    closed = closing_days(unit.authority_id, from_on=start, to_on=start + FURTHEST)
    return sorted(day for day in closed if is_working_day(day, unit.authority.land))


def _nth(start: date, days: int, unit: Unit, closed: list[date]) -> date:
    land = unit.authority.land
    found = add_working_days(start, days, land)
    for day in closed:
        if start < day <= found or (days == 0 and day == found):
            found = add_working_days(found, 1, land)
    return found
