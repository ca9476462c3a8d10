"""Questions about what the units agreed on: routes, periods, words, closing days."""

from collections.abc import Iterable
from datetime import date, timedelta
from uuid import UUID

from django.db.models import Q, QuerySet

from stafette.accounts.models import (
    Authority,
    ClosingPeriod,
    FindingKind,
    FormInUse,
    Landmark,
    ResponseRule,
    Route,
    Topic,
    Town,
    Unit,
)
from stafette.kernel.clock import today
from stafette.kernel.office import OfficeCalendar

FURTHEST = timedelta(days=400)


def holding_on(day: date) -> Q:
    """Select the version of a rule that holds on that day (models with valid_from and valid_to)."""
    return Q(valid_from__lte=day) & (Q(valid_to=None) | Q(valid_to__gt=day))


def town() -> Town | None:
    """The town of this installation; None before a blueprint was applied."""
    return Town.objects.select_related("coordination__authority").first()


def topics() -> QuerySet[Topic]:
    """Topics that may be chosen today, in the order of the blueprint."""
    return Topic.objects.filter(Q(ends_on=None) | Q(ends_on__gt=today()))


def landmarks() -> list[Landmark]:
    """Places that everybody in town knows, for sketches of the way."""
    return list(Landmark.objects.all())


def finding_labels() -> dict[str, str]:
    """The German word for each finding, also for those that are no longer made."""
    return dict(FindingKind.objects.values_list("code", "label"))


def routes_for(finding_code: str, *, sender_id: UUID, on: date | None = None) -> QuerySet[Route]:
    """Where this finding leads from this unit, the proposed way first."""
    found = Route.objects.filter(holding_on(on or today()), finding__code=finding_code, sender=sender_id)
    return found.select_related("finding", "sender__authority", "receiver__authority", "consent")


def response_rule(
    *, sender_id: UUID, receiver_id: UUID, finding_code: str = "", on: date | None = None
) -> ResponseRule | None:
    """The periods agreed on for this pair and finding: the most specific rule holds.

    What was agreed on for the finding goes before what was agreed on for all, since it says how urgent the matter is;
    within each, the pair's own rule, then the receiver's, who has to keep to it, then the sender's.
    """
    found = ResponseRule.objects.filter(
        holding_on(on or today()),
        Q(sender=sender_id) | Q(sender=None),
        Q(receiver=receiver_id) | Q(receiver=None),
        Q(finding__code=finding_code) | Q(finding=None),
    )
    return max(found, key=_exactness, default=None)


def _exactness(rule: ResponseRule) -> tuple[bool, bool, bool]:
    return rule.finding_id is not None, rule.receiver_id is not None, rule.sender_id is not None


def form_file(code: str) -> str:
    """The file of a guided form, below the folder of blueprints; empty where the town uses none of that code."""
    return FormInUse.objects.filter(code=code).values_list("file", flat=True).first() or ""


def office_calendar(unit: Unit, *, from_on: date) -> OfficeCalendar:
    """The working days of a unit from a day on: its Land, its region, and when its authority is closed."""
    authority = unit.authority
    closed = closing_days(authority.pk, from_on=from_on, to_on=from_on + FURTHEST)
    return OfficeCalendar(authority.land, authority.region or None, closed)


def office_calendars(authorities: Iterable[Authority], *, from_on: date) -> dict[UUID, OfficeCalendar]:
    """The same for many authorities at once, by their ids."""
    known = {authority.pk: authority for authority in authorities}
    closed: dict[UUID, dict[date, str]] = {pk: {} for pk in known}
    periods = ClosingPeriod.objects.filter(
        authority__in=known, starts_on__lte=from_on + FURTHEST, ends_on__gte=from_on
    )
    for period in periods:
        closed[period.authority_id].update(_days(period, from_on, from_on + FURTHEST))
    return {
        pk: OfficeCalendar(authority.land, authority.region or None, closed[pk])
        for pk, authority in known.items()
    }


def closing_days(authority_id: UUID, *, from_on: date, to_on: date) -> dict[date, str]:
    """Days on which the authority is closed, within the given days, each with its occasion."""
    periods = ClosingPeriod.objects.filter(authority=authority_id, starts_on__lte=to_on, ends_on__gte=from_on)
    return {day: label for period in periods for day, label in _days(period, from_on, to_on).items()}


def _days(period: ClosingPeriod, from_on: date, to_on: date) -> dict[date, str]:
    first, last = max(period.starts_on, from_on), min(period.ends_on, to_on)
    return {
        date.fromordinal(number): period.label for number in range(first.toordinal(), last.toordinal() + 1)
    }
