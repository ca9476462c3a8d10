"""Dates of a referral: working days of the receiver's Land without its closing days, computed once and stored."""

from __future__ import annotations

import math
from dataclasses import replace
from datetime import date
from typing import Protocol
from uuid import UUID

from stafette.accounts.models import Unit
from stafette.accounts.queries import office_calendar, response_rule
from stafette.kernel.office import OfficeCalendar
from stafette.kernel.rules.deadline_rules import target_rules
from stafette.referrals.data import Dates, Periods

DRAFT_DAYS = 1
DECIDE_DAYS = 2
FOLLOW_UP_DAYS = 20
GRACE_DAYS = 5


class Agreed(Protocol):
    """Periods in working days that an agreement sets, and its name; None leaves what holds otherwise."""

    @property
    def receipt(self) -> int | None:
        """Until the receiver has read it."""

    @property
    def answer(self) -> int | None:
        """Until the receiver has answered."""

    @property
    def name(self) -> str:
        """Kooperationsvereinbarung 01.10.2026: kept with the referral, whatever is agreed on later."""


class AgreedSource(Protocol):
    """What another room knows of agreements between two units."""

    def __call__(self, *, sender_id: UUID, receiver_id: UUID, on: date) -> Agreed | None:
        """Return what holds between the two on that day."""


_agreed: list[AgreedSource] = []


def register_agreed(source: AgreedSource) -> None:
    """Let a room tell of agreements; only config/wiring.py calls it, and twice changes nothing."""
    if source not in _agreed:
        _agreed.append(source)


def periods_for(*, sender_id: UUID, receiver_id: UUID, finding_code: str, on: date) -> Periods:
    """The periods that this pair agreed on for such a finding, or the proposal of the house.

    A running agreement with the receiver goes before a general rule, unless the blueprint names this very pair.
    """
    rule = response_rule(sender_id=sender_id, receiver_id=receiver_id, finding_code=finding_code, on=on)
    found = Periods()
    if rule is not None:
        found = Periods(
            receipt=rule.receipt_days,
            answer=rule.answer_days,
            first_contact=rule.first_contact_days,
            feedback=rule.feedback_days,
            version=f"{rule.code} {rule.version}",
        )
        if rule.sender_id is not None and rule.receiver_id is not None:
            return found
    told = (source(sender_id=sender_id, receiver_id=receiver_id, on=on) for source in _agreed)
    agreed = next((one for one in told if one is not None), None)
    if agreed is None:
        return found
    return replace(
        found,
        receipt=found.receipt if agreed.receipt is None else agreed.receipt,
        answer=found.answer if agreed.answer is None else agreed.answer,
        version=agreed.name,
    )


def dates_after(start: date, days: int, *, unit: Unit) -> Dates:
    """Next date after so many working days of this unit, with reminder and escalation by the shares of the rules."""
    return _by_shares(office_calendar(unit, from_on=start), start, days)


def dates_running(start: date, days: int, next_on: date, *, from_on: date, unit: Unit) -> Dates:
    """An agreed period that runs on through a further step: a step in between never delays who hears of silence.

    Reminder and escalation count from `start`; `next_on` is its end as it was stored then; whoever steps in later
    (`from_on`) is reminded at once where the reminder would lie behind.
    """
    office = office_calendar(unit, from_on=start)
    agreed = _by_shares(office, start, days)
    return Dates(
        next_on=next_on,
        remind_on=min(next_on, max(agreed.remind_on, from_on)),
        escalate_on=max(agreed.escalate_on, office.after(next_on, 1)),
    )


def dates_until(start: date, next_on: date, *, unit: Unit) -> Dates:
    """The same for a date that somebody promised: reminder one working day before, escalation a week after."""
    office = office_calendar(unit, from_on=min(start, next_on))
    return Dates(
        next_on=next_on,
        remind_on=min(next_on, max(office.after(start, 1), office.before(next_on))),
        escalate_on=office.after(next_on, GRACE_DAYS),
    )


def dates_at_end(next_on: date, *, unit: Unit) -> Dates:
    """A date before which nobody is to be reminded: a suspension runs until its last day."""
    return Dates(next_on, next_on, working_day(next_on, GRACE_DAYS, unit=unit))


def working_day(start: date, days: int, *, unit: Unit) -> date:
    """The n-th working day of the unit after `start`; closing days of its authority do not count."""
    return office_calendar(unit, from_on=start).after(start, days)


def working_days_left(start: date, end: date, *, unit: Unit) -> int:
    """Working days of the unit after `start` up to `end`; 0 where the end is past."""
    return office_calendar(unit, from_on=start).between(start, end)


def _by_shares(office: OfficeCalendar, start: date, days: int) -> Dates:
    """Count all three; nobody is reminded on the day on which a thing came, nor is silence told before it began."""
    shares = target_rules().escalation
    next_on = office.after(start, days)
    return Dates(
        next_on=next_on,
        remind_on=min(next_on, office.after(start, max(1, math.floor(days * shares.remind_at)))),
        escalate_on=office.after(start, max(days + 1, math.ceil(days * shares.steering_at))),
    )
