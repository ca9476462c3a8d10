"""Days of a request: the month of Art. 12(3) GDPR with its extension, and when silence is noticed."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from stafette.accounts.models import Unit
from stafette.accounts.queries import office_calendar
from stafette.kernel.clock import today
from stafette.kernel.deadlines import Deadline, months_after
from stafette.referrals.data import Dates
from stafette.referrals.deadlines import GRACE_DAYS, dates_after
from stafette.rights import rules
from stafette.rights.models import SubjectRequest


def answer_due(counts_from: date, *, unit: Unit) -> Deadline:
    """The end of the period: so many months by §§ 187, 188 BGB, moved off a day off (§ 193 BGB)."""
    return _due("answer", counts_from, rules.period("answer", on=counts_from).count, unit)


def extended_due(counts_from: date, *, unit: Unit) -> Deadline:
    """The same with the extension: counted from the same day, so that a weekend moves it once only."""
    months = sum(rules.period(one, on=counts_from).count for one in ("answer", "extension"))
    return _due("extension", counts_from, months, unit)


def _due(period_id: str, counts_from: date, months: int, unit: Unit) -> Deadline:
    rule = rules.period(period_id, on=counts_from)
    found = months_after(counts_from, months, land=unit.authority.land, region=unit.authority.region or None)
    return replace(found, rule=rule.id, explanation=f"{found.explanation} ({rule.head.source})")


def first_look(day: date, due_on: date, *, unit: Unit) -> Dates:
    """Within a few working days somebody says whether it belongs here; never later than the period itself."""
    dates = dates_after(day, rules.target("pass_on", on=day).count, unit=unit)
    return dates if dates.next_on <= due_on else until_due(due_on, unit=unit)


def until_due(due_on: date, *, unit: Unit) -> Dates:
    """From then on the period of the law is the next date; who holds it is reminded some working days before."""
    start = min(today(), due_on)
    office, remind_on = office_calendar(unit, from_on=start), due_on
    for _step in range(rules.target("remind", on=today()).count):
        remind_on = office.before(remind_on)
    return Dates(next_on=due_on, remind_on=remind_on, escalate_on=office.after(due_on, GRACE_DAYS))


def next_dates(request: SubjectRequest) -> Dates:
    """The dates of a request that somebody works on."""
    return until_due(request.due_on, unit=request.unit)
