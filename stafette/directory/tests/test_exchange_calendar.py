"""Hours as iCalendar: read back with the library, unfolded, compared with what is open."""

from datetime import UTC, date, datetime, time, timedelta
from uuid import uuid4

import icalendar
import pytest
from dateutil.rrule import rruleset, rrulestr

from stafette.directory import data as d
from stafette.directory.exchange.calendar import ZONE, calendar
from stafette.directory.hours import spans_on

WHEN = datetime(2026, 3, 1, 8, tzinfo=UTC)
BEGINS = date(2026, 1, 1)
WEEKLY = d.ScheduleData(
    id=uuid4(),
    byday="MO,WE",
    opens_at=time(9),
    closes_at=time(12, 30),
    attending="appointment",
    exceptions=(
        d.ExceptionData(starts_on=date(2026, 4, 6), ends_on=date(2026, 4, 8)),
        d.ExceptionData(
            starts_on=date(2026, 5, 4), ends_on=date(2026, 5, 4), is_closed=False,
            opens_at=time(14), closes_at=time(15),
        ),
    ),
)  # fmt: skip
RULES = [
    WEEKLY,
    d.ScheduleData(id=uuid4(), byday="FR", valid_from=date(2026, 2, 10), valid_to=date(2026, 4, 20),
                   opens_at=time(8), closes_at=time(10)),
    d.ScheduleData(id=uuid4(), byday="TU", interval=2, dtstart=date(2026, 1, 13), opens_at=time(8), closes_at=time(9)),
    d.ScheduleData(id=uuid4(), freq="MONTHLY", byday="1TH,-1FR", dtstart=date(2026, 1, 1), opens_at=time(16),
                   closes_at=time(18)),
    d.ScheduleData(id=uuid4(), freq="MONTHLY", bymonthday="15", dtstart=date(2026, 1, 15), opens_at=time(16),
                   closes_at=time(18)),
    d.ScheduleData(id=uuid4(), byday="SA", dtstart=date(2026, 1, 3), count=5, opens_at=time(10), closes_at=time(11)),
]  # fmt: skip
PLACE = d.LocationData(
    code="haus", name="Haus", address_1="Weg 1", postal_code="04109", city="Leipzig",
    contacts=(d.ContactData(name="Frau Geheim", email="geheim@x.example"),),
)  # fmt: skip


def made(*schedules):
    service = d.ServiceData(
        code="mbe",
        organization="caritas",
        name="Beratung; mit, Zeichen",
        places=(d.PlaceData(location="haus", schedules=schedules),),
        contacts=(d.ContactData(name="Herr Geheim"),),
    )
    return calendar(service, {"haus": PLACE}, provider="Caritas", changed_at=WHEN, begins=BEGINS)


def unfolded(content, until):
    """Every occurrence as (start, end) in the town's time."""
    found = set()
    for event in icalendar.Calendar.from_ical(content).walk("VEVENT"):
        start, length = event["dtstart"].dt, event["dtend"].dt - event["dtstart"].dt
        naive = start.replace(tzinfo=None)
        dates = rruleset()
        if "rrule" in event:
            rule = event["rrule"].to_ical().decode()
            last = event["rrule"].get("UNTIL")
            if last:
                local = last[0].astimezone(ZONE).strftime("%Y%m%dT%H%M%S")
                rule = ";".join(p for p in rule.split(";") if not p.startswith("UNTIL")) + f";UNTIL={local}"
            dates.rrule(rrulestr(rule, dtstart=naive))
        else:
            dates.rdate(naive)
        off = event.get("exdate", [])
        for one in off if isinstance(off, list) else [off]:
            for each in one.dts:
                dates.exdate(each.dt.replace(tzinfo=None))
        found |= {(at, at + length) for at in dates.between(datetime(2026, 1, 1), until, inc=True)}
    return found


@pytest.mark.parametrize("schedule", RULES, ids=range(len(RULES)))
def test_the_calendar_says_what_is_open(schedule):
    days = [BEGINS + timedelta(days=n) for n in range(180)]
    wanted = {
        (datetime.combine(day, span.opens_at), datetime.combine(day, span.closes_at))
        for day in days
        for span in spans_on([schedule], day)
    }
    assert wanted
    assert unfolded(made(schedule), datetime.combine(days[-1], time(23))) == wanted


def test_it_is_whole_and_names_nobody():
    content = made(*RULES)
    found = icalendar.Calendar.from_ical(content)
    assert found["version"] == "2.0"
    assert [str(one["tzid"]) for one in found.walk("VTIMEZONE")] == ["Europe/Berlin"]
    events = found.walk("VEVENT")
    assert len({str(one["uid"]) for one in events}) == len(events) == len(RULES) + 1
    assert str(events[0]["summary"]) == "Beratung; mit, Zeichen (mit Termin)"
    assert str(events[0]["location"]) == "Haus, Weg 1, 04109 Leipzig"
    assert b"Geheim" not in content
    assert b"geheim" not in content
    assert content == made(*RULES)


def test_hours_without_times_make_no_event():
    found = icalendar.Calendar.from_ical(made(d.ScheduleData(description="nach Vereinbarung")))
    assert not found.walk("VEVENT")
