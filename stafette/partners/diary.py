"""Who is in the house when as iCalendar (RFC 5545), to be taken over into a calendar. No person stands in it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import icalendar
from django.utils.translation import gettext as _

from stafette.kernel.clock import now
from stafette.partners import words
from stafette.partners.queries import Presence

ZONE = ZoneInfo("Europe/Berlin")
PRODUCT = "-//Stafette//Im Haus//DE"
KIND = "text/calendar; charset=utf-8"


def diary(presences: Iterable[Presence]) -> bytes:
    """One entry for each day, so that holidays stay free; taken over again, an entry replaces the one before."""
    found = icalendar.Calendar()
    found.add("prodid", PRODUCT)
    found.add("version", "2.0")
    found.add("method", "PUBLISH")
    found.add("x-wr-calname", _("Wer ist wann im Haus"))
    found.add("x-wr-timezone", ZONE.key)
    made = now()
    for one in presences:
        found.add_component(_event(one, made))
    found.add_missing_timezones()
    return bytes(found.to_ical())


def _event(one: Presence, made: datetime) -> icalendar.Event:
    event = icalendar.Event()
    event.add("uid", f"{one.day:%Y%m%d}-{one.time_id}@stafette")
    event.add("dtstamp", made.astimezone(UTC))
    event.add("summary", one.partner)
    event.add("dtstart", datetime.combine(one.day, one.opens_at, ZONE))
    event.add("dtend", datetime.combine(one.day, one.closes_at, ZONE))
    event.add("location", f"{one.unit}, {_('Platz {desk}').format(desk=one.desk)}")
    event.add("transp", "TRANSPARENT")
    if one.languages:
        event.add("description", words.languages(one.languages))
    return event
