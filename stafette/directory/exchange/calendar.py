"""Opening hours as iCalendar (RFC 5545): one event per rule, the days off taken out. No person stands in it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import icalendar
from dateutil import rrule
from django.utils.translation import gettext as _

from stafette.directory import data as d

ZONE = ZoneInfo("Europe/Berlin")
PRODUCT = "-//Stafette//Angebote//DE"
WEEKDAYS = {code: getattr(rrule, code) for code in ("MO", "TU", "WE", "TH", "FR", "SA", "SU")}
MOST_DAYS = 400  # of an exception; longer ones are a schedule of their own


@dataclass(frozen=True)
class Slot:
    """A rule with the place at which it holds."""

    schedule: d.ScheduleData
    location: d.LocationData | None = None


def calendar(
    service: d.ServiceData,
    locations: Mapping[str, d.LocationData],
    *,
    provider: str,
    changed_at: datetime,
    begins: date,
) -> bytes:
    """The hours of a service at all its places; rules that say no start begin on the first day after `begins`."""
    found = icalendar.Calendar()
    found.add("prodid", PRODUCT)
    found.add("version", "2.0")
    found.add("method", "PUBLISH")
    found.add("x-wr-calname", f"{service.name} · {provider}")
    found.add("x-wr-timezone", "Europe/Berlin")
    for slot in slots_of(service, locations):
        for event in _events(service, slot, changed_at, begins):
            found.add_component(event)
    found.add_missing_timezones()
    return bytes(found.to_ical())


def slots_of(service: d.ServiceData, locations: Mapping[str, d.LocationData]) -> Iterator[Slot]:
    """Hours at a place go before those of the place itself, and both before those of the service."""
    at_places = False
    for place in service.places:
        where = locations.get(place.location)
        schedules = place.schedules or (where.schedules if where and not service.schedules else ())
        at_places = at_places or bool(schedules)
        yield from (Slot(one, where) for one in schedules)
    if not at_places:
        only = locations.get(service.places[0].location) if len(service.places) == 1 else None
        yield from (Slot(one, only) for one in service.schedules)


def _events(
    service: d.ServiceData, slot: Slot, changed_at: datetime, begins: date
) -> Iterator[icalendar.Event]:
    schedule = slot.schedule
    if schedule.opens_at is None or schedule.closes_at is None:
        return
    occurrences = _rule(schedule, begins)
    first = occurrences.after(_noon(begins) - timedelta(days=1)) if occurrences else None
    uid = f"{schedule.id or service.code}@stafette"
    if first is not None:
        event = _event(service, slot, changed_at, first.date(), schedule.opens_at, schedule.closes_at)
        event.add("uid", uid)
        event.add("rrule", _recurrence(schedule, occurrences))
        for day in sorted(_days_off(schedule, occurrences)):
            event.add("exdate", datetime.combine(day, schedule.opens_at, ZONE))
        yield event
    for day, opens, closes in _other_times(schedule):
        event = _event(service, slot, changed_at, day, opens, closes)
        event.add("uid", f"{day:%Y%m%d}T{opens:%H%M}-{uid}")
        yield event


def _event(
    service: d.ServiceData, slot: Slot, changed_at: datetime, day: date, opens: time, closes: time
) -> icalendar.Event:
    event = icalendar.Event()
    event.add("summary", service.name + WAYS.get(slot.schedule.attending, lambda: "")())
    event.add("dtstamp", changed_at.astimezone(UTC))
    event.add("last-modified", changed_at.astimezone(UTC))
    event.add("dtstart", datetime.combine(day, opens, ZONE))
    event.add("dtend", datetime.combine(day, closes, ZONE))
    event.add("transp", "TRANSPARENT")
    where = slot.location
    if where is not None:
        town = f"{where.postal_code} {where.city}".strip()
        event.add("location", ", ".join(part for part in (where.name, where.address_1, town) if part))
        if where.latitude is not None and where.longitude is not None:
            event.add("geo", (where.latitude, where.longitude))
    says = " · ".join(part for part in (service.summary, slot.schedule.description, service.alert) if part)
    if says:
        event.add("description", says)
    if service.website:
        event.add("url", service.website)
    return event


WAYS: dict[str, Any] = {
    "appointment": lambda: _(" (mit Termin)"),
    "phone": lambda: _(" (am Telefon)"),
    "online": lambda: _(" (im Netz)"),
}


def _noon(day: date) -> datetime:
    return datetime.combine(day, time())


def _rule(schedule: d.ScheduleData, begins: date) -> Any:
    """All days of a rule, without its exceptions; nothing where it names no days."""
    days = [_weekday(code) for code in schedule.byday.split(",") if code.strip()[-2:].upper() in WEEKDAYS]
    numbers = [int(one) for one in schedule.bymonthday.split(",") if one.strip().lstrip("-").isdigit()]
    if not days and not numbers and schedule.dtstart is None:
        return None
    start = max(filter(None, (schedule.dtstart, schedule.valid_from)), default=begins)
    last = min(filter(None, (schedule.until, schedule.valid_to)), default=None)
    return rrule.rrule(
        rrule.MONTHLY if schedule.freq == "MONTHLY" else rrule.WEEKLY,
        dtstart=_noon(start),
        interval=schedule.interval or 1,
        byweekday=days or None,
        bymonthday=numbers or None,
        **({"count": schedule.count} if schedule.count else {"until": _noon(last)} if last else {}),
    )


def _weekday(code: str) -> Any:
    code = code.strip()
    number, name = code[:-2], code[-2:].upper()
    return WEEKDAYS[name](int(number)) if number.lstrip("+-").isdigit() else WEEKDAYS[name]


def _recurrence(schedule: d.ScheduleData, occurrences: Any) -> icalendar.vRecur:
    """The rule in its own words; a count beside a last day becomes the last day that both allow."""
    parts: dict[str, Any] = {"FREQ": schedule.freq, "INTERVAL": schedule.interval or 1}
    if schedule.byday:
        parts["BYDAY"] = [one.strip().upper() for one in schedule.byday.split(",") if one.strip()]
    if schedule.bymonthday:
        parts["BYMONTHDAY"] = [int(one) for one in schedule.bymonthday.split(",") if one.strip()]
    last = min(filter(None, (schedule.until, schedule.valid_to)), default=None)
    if schedule.count:
        days = [one.date() for one in occurrences]
        last = min(days[-1], last) if last else days[-1]
    if last is not None and schedule.opens_at is not None:
        parts["UNTIL"] = datetime.combine(last, schedule.opens_at, ZONE).astimezone(UTC)
    return icalendar.vRecur(parts)


def _days_off(schedule: d.ScheduleData, occurrences: Any) -> set[date]:
    found: set[date] = set()
    for one in schedule.exceptions:
        last = min(one.ends_on, one.starts_on + timedelta(days=MOST_DAYS))
        found |= {at.date() for at in occurrences.between(_noon(one.starts_on), _noon(last), inc=True)}
    return found


def _other_times(schedule: d.ScheduleData) -> Iterator[tuple[date, time, time]]:
    for one in schedule.exceptions:
        if one.opens_at is None or one.closes_at is None:
            continue
        days = min((one.ends_on - one.starts_on).days, MOST_DAYS)
        for ahead in range(days + 1):
            yield one.starts_on + timedelta(days=ahead), one.opens_at, one.closes_at
