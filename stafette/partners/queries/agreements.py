"""Agreements, who sits in the house when, and which periods were agreed on with whom."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, time, timedelta
from uuid import UUID

from django.db.models import Q, QuerySet

from stafette.accounts.models import Unit
from stafette.accounts.queries import office_calendar
from stafette.directory.models import Service
from stafette.kernel.actor import Actor
from stafette.kernel.clock import today
from stafette.kernel.permissions import Permission
from stafette.partners.models import CooperationAgreement, DeskTime, week_number

State = CooperationAgreement.State
REMIND_DAYS = (90, 30)


@dataclass(frozen=True)
class AgreedDays:
    """Periods in working days that an agreement sets, and how it is named; None leaves what holds otherwise."""

    receipt: int | None
    answer: int | None
    name: str


@dataclass(frozen=True)
class Presence:
    """A partner in the house: from when to when, at which desk, in which languages."""

    day: date
    opens_at: time
    closes_at: time
    desk: int
    partner: str
    languages: tuple[str, ...]
    every: int
    agreement_id: UUID
    time_id: UUID
    unit: str


def agreements(*, actor: Actor) -> QuerySet[CooperationAgreement]:
    """All agreements of the house: catalogue data, readable for whoever works here; running ones first by partner."""
    if not actor.may(Permission.UNIT_VIEW) and not actor.may(Permission.AGREEMENT_EDIT):
        return CooperationAgreement.objects.none()
    found = CooperationAgreement.objects.select_related("partner__organization", "unit__authority")
    return found.prefetch_related("times").order_by("partner__name", "starts_on", "id")


def agreeing_units(*, actor: Actor) -> list[tuple[str, str]]:
    """Units for which the actor may sign, by name."""
    found = Unit.objects.filter(pk__in=actor.units(Permission.AGREEMENT_EDIT)).order_by("name", "id")
    return [(str(unit.pk), unit.name) for unit in found]


def ending_soon(*, units: Iterable[UUID] | None = None) -> QuerySet[CooperationAgreement]:
    """Running agreements that end within 90 days, the next first."""
    found = CooperationAgreement.objects.filter(
        state=State.RUNNING, ends_on__gte=today(), ends_on__lte=today() + timedelta(days=max(REMIND_DAYS))
    ).select_related("partner", "unit")
    return (found if units is None else found.filter(unit__in=list(units))).order_by("ends_on", "id")


def over(*, on: date) -> QuerySet[CooperationAgreement]:
    """Running agreements whose last day has passed."""
    return CooperationAgreement.objects.filter(state=State.RUNNING, ends_on__lt=on)


def agreed_with_partner(*, unit_id: UUID, partner_id: UUID, on: date) -> AgreedDays | None:
    """What this unit agreed on with this partner, on that day."""
    return _days(_holding(on).filter(unit=unit_id, partner=partner_id))


def agreed_with_unit(*, sender_id: UUID, receiver_id: UUID, on: date) -> AgreedDays | None:
    """What the sender agreed on with the partner whose unit the receiver is."""
    return _days(_holding(on).filter(unit=sender_id, partner__unit=receiver_id))


def _holding(on: date) -> QuerySet[CooperationAgreement]:
    return CooperationAgreement.objects.filter(
        Q(ends_on=None) | Q(ends_on__gte=on), state=State.RUNNING, starts_on__lte=on
    )


def _days(found: QuerySet[CooperationAgreement]) -> AgreedDays | None:
    """The newest one that sets a period holds."""
    newest = (
        found.exclude(receipt_days=None, answer_days=None).order_by("-signed_on", "-starts_on", "-id").first()
    )
    if newest is None:
        return None
    name = f"Kooperationsvereinbarung {newest.signed_on:%d.%m.%Y}"
    return AgreedDays(newest.receipt_days, newest.answer_days, name)


def presences(days: Iterable[date], *, units: Iterable[UUID] | None = None) -> list[Presence]:
    """Who is in the house on these days, by day and hour; nobody on a day on which the house is closed."""
    wanted = list(days)
    running = CooperationAgreement.objects.filter(state=State.RUNNING)
    times = DeskTime.objects.filter(is_live=True, agreement__in=running).select_related(
        "agreement__partner", "unit__authority"
    )
    if units is not None:
        times = times.filter(unit__in=list(units))
    rows = list(times)
    open_days = _open_days({row.unit_id: row.unit for row in rows}, wanted)
    found = [
        _presence(row, day)
        for day in wanted
        for row in rows
        if row.is_on(day) and (row.unit_id, day) in open_days
    ]
    return sorted(found, key=lambda one: (one.day, one.opens_at, one.desk, one.partner))


def _open_days(units: dict[UUID, Unit], days: list[date]) -> set[tuple[UUID, date]]:
    """Saturdays count as open where an agreement names them: public holidays and closing days do not."""
    found: set[tuple[UUID, date]] = set()
    for unit_id, unit in units.items():
        if not days:
            break
        office = office_calendar(unit, from_on=min(days))
        found |= {(unit_id, day) for day in days if office.is_working_day(day) or day.isoweekday() == 6}
    return found


def _presence(row: DeskTime, day: date) -> Presence:
    return Presence(
        day=day,
        opens_at=row.opens_at,
        closes_at=row.closes_at,
        desk=row.desk,
        partner=row.agreement.partner.name,
        languages=tuple(row.languages),
        every=row.every,
        agreement_id=row.agreement_id,
        time_id=row.pk,
        unit=row.unit.short_name,
    )


def taken_by(
    *, unit_id: UUID, desk: int, weekday: int, opens_at: time, closes_at: time, every: int, week: int,
    starts_on: date, ends_on: date | None, besides: UUID | None = None,
) -> DeskTime | None:  # fmt: skip
    """The desk time that is in the way of this one, of any agreement that has not ended."""
    rows = DeskTime.objects.filter(
        Q(ends_on=None) | Q(ends_on__gte=starts_on),
        unit=unit_id, desk=desk, weekday=weekday, is_live=True, opens_at__lt=closes_at, closes_at__gt=opens_at,
    ).select_related("agreement__partner")  # fmt: skip
    if ends_on is not None:
        rows = rows.filter(starts_on__lte=ends_on)
    if besides is not None:
        rows = rows.exclude(agreement=besides)
    return next((row for row in rows if (row.week - week) % min(row.every, every) == 0), None)


def rhythm_week(day: date, every: int) -> int:
    """Which weeks a rhythm means that begins in the week of this day."""
    return week_number(day) % every


def service_choices(
    agreement: CooperationAgreement | None, organization_id: UUID | None
) -> list[tuple[str, str]]:
    """Services of the partner's organisation in the directory, and those that the agreement already names."""
    kept = agreement.services if agreement is not None else []
    rows = Service.objects.filter(Q(organization=organization_id) | Q(code__in=kept)).order_by("name")
    return [(row.code, row.name) for row in rows if row.is_listed or row.code in kept]


def service_names(codes: Iterable[str]) -> list[str]:
    """Names of services by their codes, in the order of the alphabet."""
    return sorted(Service.objects.filter(code__in=list(codes)).values_list("name", flat=True))
