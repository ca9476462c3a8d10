"""A search without words looks at short rows and counts opening minutes: the answer is that of the plain way."""

import random
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from itertools import product

import pytest

from stafette.directory.hours import open_at
from stafette.directory.indexing import reindex, reindex_all
from stafette.directory.indexing.rows import _is_weekly
from stafette.directory.models import (
    Accessibility,
    Location,
    Schedule,
    SearchGlance,
    SearchRow,
    Service,
    ServiceAtLocation,
    Signal,
)
from stafette.directory.search import Query, find, looking
from stafette.directory.tests.factories import OrganizationFactory
from stafette.kernel.clock import today

NUMBER = 150
MIDDLE = (51.34, 12.37)
MOMENTS = [
    datetime(2026, 11, 23, 10, 0),  # noqa: DTZ001 a Monday, with exceptions
    datetime(2026, 11, 23, 8, 59),  # noqa: DTZ001 the minute before many open
    datetime(2026, 11, 23, 0, 0),  # noqa: DTZ001 the first minute of the week
    datetime(2026, 11, 29, 23, 59),  # noqa: DTZ001 the last one
    datetime(2026, 11, 25, 12, 0),  # noqa: DTZ001 when the morning ends
    datetime(2026, 12, 24, 9, 30),  # noqa: DTZ001 a closing day
    datetime(2026, 3, 29, 2, 30),  # noqa: DTZ001 an hour that no clock shows
    datetime(2026, 10, 25, 2, 30),  # noqa: DTZ001 one that comes twice
]
HOURS = [
    [],
    [{"byday": "MO,TU,WE,TH,FR"}],
    [{"byday": "MO,WE", "closes_at": time(12)}, {"byday": "MO,WE", "opens_at": time(13), "closes_at": time(18)}],
    [{"byday": "MO", "closes_at": time(17)}, {"byday": "MO", "opens_at": time(9, 30), "closes_at": time(10)}],
    [{"byday": "MO,TU,WE,TH,FR,SA,SU", "opens_at": time(0), "closes_at": time(23, 59)}],
    [{"byday": "SU", "opens_at": time(2), "closes_at": time(3)}],
    [{"byday": "SU", "opens_at": time(20), "closes_at": time(23, 59)}],
    [{"byday": "MO", "attending": "appointment"}],
    [{"byday": "MO", "attending": "phone"}],
    [{"byday": "MO", "exceptions": [{"from": "2026-11-20", "to": "2026-11-30", "closed": True}]}],
    [{"byday": "TH", "exceptions": [{"from": "2026-12-24", "to": "2027-01-01", "closed": True}]}],
    [{"byday": "TU", "exceptions": [
        {"from": "2026-11-23", "to": "2026-11-23", "closed": False, "opens_at": "09:00", "closes_at": "11:00"}]}],
    [{"byday": "MO", "interval": 2, "dtstart": date(2026, 11, 9)}],
    [{"byday": "MO", "interval": 2, "dtstart": date(2026, 11, 16)}],
    [{"freq": "MONTHLY", "byday": "4MO"}],
    [{"byday": "MO", "valid_to": date(2026, 11, 1)}, {"byday": "WE"}],
    [{"byday": "MO", "valid_from": date(2026, 11, 1), "until": date(2026, 11, 30)}],
    [{"byday": "MO", "opens_at": None, "closes_at": None}],
]  # fmt: skip
ASKED = [
    Query(open_now=True, near=MIDDLE),
    Query(open_now=True),
    Query(near=MIDDLE, language="bg", limit=200),
    Query(open_now=True, near=(51.40, 12.30), language="uk", spoken=("bg", "uk")),
    Query(open_now=True, topics=("debts",), target_groups=("women",), age=20, free=True),
    Query(open_now=True, near=MIDDLE, status=15, public_only=True, accessible=True),
    Query(district="Ortsteil 2", near=MIDDLE),
]


@pytest.fixture
def town(db):
    """Services of all kinds at none, one or several places, with hours of their own, of the place or of the house."""
    rng, provider = random.Random(5), OrganizationFactory()
    houses = Location.objects.bulk_create(
        Location(code=f"haus-{n}", district=f"Ortsteil {n % 5}", **_spot(rng)) for n in range(60)
    )
    Accessibility.objects.bulk_create(Accessibility(location=one, kind="step_free") for one in houses[::3])
    made = Service.objects.bulk_create(_service(rng, n, provider) for n in range(NUMBER))
    places = ServiceAtLocation.objects.bulk_create(
        ServiceAtLocation(service=one, location=house)
        for one in made
        for house in rng.sample(houses, rng.choice((0, 1, 1, 1, 2, 3)))
    )
    hours = [{"service": one} for one in made if rng.random() < 0.6]
    hours += [{"place": one} for one in places if rng.random() < 0.3]
    hours += [{"location": one} for one in houses if rng.random() < 0.5]
    Schedule.objects.bulk_create(
        Schedule(**owner, **({"opens_at": time(9), "closes_at": time(16)} | values))
        for owner in hours
        for values in rng.choice(HOURS)
    )
    Signal.objects.bulk_create(
        Signal(service=one, kind="at_capacity", noted_on=MOMENTS[0].date()) for one in made[::9]
    )
    reindex_all()
    return made


def _spot(rng):
    if rng.random() < 0.1:
        return {}
    return {"latitude": 51.34 + rng.gauss(0, 0.03), "longitude": 12.37 + rng.gauss(0, 0.05)}


def _service(rng, number, provider):
    return Service(
        code=f"dienst-{number}", name=f"Dienst {number}", organization=provider,
        topics=rng.choice((["debts"], ["work", "debts"], [])), languages=["de", *rng.sample(("bg", "uk", "ar"), 1)],
        target_groups=rng.choice(([], ["women"], ["men"], ["everybody"])), statuses=rng.choice(([], [15], [2])),
        minimum_age=rng.choice((None, 18)), maximum_age=rng.choice((None, 27)), is_free=rng.choice((None, True, False)),
        status=rng.choice(("active", "active", "active", "temporarily closed", "inactive")),
        room=rng.choice(("open", "open", "waiting", "full")), is_public=rng.random() < 0.8,
        assured_at=rng.choice((None, today(), today() - timedelta(days=300))),
    )  # fmt: skip


def _plain_open(sql, moment):
    """Each pair of minutes for itself, as the search compared them first."""
    minute = looking.minute_of_week(moment)
    text = "(exists (select 1 from unnest(opens, closes) u(a, b) where a <= %s and %s < b) or special <> '[]'::jsonb)"
    return sql.add(text, minute, minute)


def test_the_short_way_answers_like_the_plain_one(town, monkeypatch):
    asked = list(product(ASKED, MOMENTS))
    quick = [find(query, moment=moment) for query, moment in asked]
    monkeypatch.setattr(looking, "GLANCES", looking.ROWS)
    monkeypatch.setattr(looking, "_open", _plain_open)
    for (query, moment), found in zip(asked, quick, strict=True):
        assert found == find(query, moment=moment), (query, moment)
    assert max(found.total for found in quick) > looking.CLOSE_LOOK, (
        "so that some are left out before a close look"
    )
    assert sum(bool(found.hits) for found in quick) > len(asked) / 2


@pytest.mark.parametrize("moment", MOMENTS, ids=str)
def test_open_now_is_what_the_hours_say(town, monkeypatch, moment):
    monkeypatch.setattr(looking, "CLOSE_LOOK", NUMBER)
    everything = find(Query(near=MIDDLE, limit=NUMBER), moment=moment)
    rules = {one.pk: _rules(one) for one in town}
    is_open = {pk for pk, schedules in rules.items() if open_at(schedules, moment)}
    may_be = {
        pk for pk, schedules in rules.items() if not all(_is_weekly(one) for one in schedules)
    } | is_open
    active = {one.pk for one in town if one.status == "active"}

    found = find(replace(ASKED[0], limit=NUMBER), moment=moment)

    assert list(found.hits) == [hit for hit in everything.hits if hit.pk in is_open & active]
    assert found.total == len(may_be & {hit.pk for hit in everything.hits})
    assert all("open_now" in hit.reasons for hit in found.hits)


def _rules(service):
    """The hours of a service, its own and those of its places; a place without any has those of its house."""
    places = service.places.all()
    hours = [list(one.schedules.all()) or list(one.location.schedules.all()) for one in places]
    return [*service.schedules.all(), *(one for some in hours for one in some)]


def test_short_rows_say_what_the_long_ones_do(town):
    Service.objects.filter(pk=town[0].pk).update(room="full", topics=["housing"], status="active")
    reindex([town[0].pk, town[1].pk])
    town[2].delete()
    columns = [one.attname for one in SearchGlance._meta.concrete_fields]
    short, long = (
        list(model.objects.order_by("code").values(*columns)) for model in (SearchGlance, SearchRow)
    )
    assert short == long
    assert len(short) == NUMBER - 1
    assert SearchGlance.objects.get(service=town[0]).topics == ["housing"]
