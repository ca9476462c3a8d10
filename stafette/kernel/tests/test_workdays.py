"""Working days: the fixtures of the deadline engine and the laws of counting."""

from datetime import date, timedelta
from time import perf_counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stafette.kernel.rules.dated import ANY_LAND, LANDS
from stafette.kernel.workdays import (
    add_working_days,
    calendar_rules,
    holiday_name,
    is_day_off,
    is_working_day,
    next_business_day,
    public_holidays,
    working_days_between,
)

REAL_LANDS = sorted(set(LANDS) - {ANY_LAND})
lands = st.sampled_from(REAL_LANDS)
days = st.dates(date(1995, 1, 1), date(2060, 12, 31))
counts = st.integers(1, 600)


@pytest.mark.parametrize(
    ("start", "land", "expected"),
    [
        (date(2025, 12, 31), "SN", date(2026, 1, 8)),
        (date(2025, 12, 31), "NW", date(2026, 1, 8)),
        (date(2025, 12, 31), "ST", date(2026, 1, 9)),
        (date(2025, 12, 31), "BW", date(2026, 1, 9)),
        (date(2026, 6, 1), "ST", date(2026, 6, 8)),
        (date(2026, 6, 1), "SN", date(2026, 6, 8)),
        (date(2026, 6, 1), "NW", date(2026, 6, 9)),
        (date(2026, 6, 1), "BW", date(2026, 6, 9)),
        (date(2026, 11, 16), "SN", date(2026, 11, 24)),
        (date(2026, 11, 16), "ST", date(2026, 11, 23)),
        (date(2026, 11, 16), "NW", date(2026, 11, 23)),
        (date(2026, 11, 16), "BW", date(2026, 11, 23)),
    ],
)
def test_five_working_days_follow_the_calendar_of_the_land(start, land, expected):
    assert add_working_days(start, 5, land) == expected


def test_closing_days_are_no_working_days_but_no_days_off():
    christmas_eve = date(2026, 12, 24)
    assert not is_working_day(christmas_eve, "ST")
    assert not is_day_off(christmas_eve, "ST")
    assert next_business_day(christmas_eve, "ST") == christmas_eve


@pytest.mark.parametrize(
    ("day", "land", "region", "name"),
    [
        (date(2026, 6, 4), "SN", None, None),
        (date(2026, 6, 4), "SN", "SN-sorbisch", "Fronleichnam"),
        (date(2026, 6, 4), "TH", "TH-eichsfeld", "Fronleichnam"),
        (date(2026, 8, 15), "BY", None, None),
        (date(2026, 8, 15), "BY", "BY-katholisch", "Mariä Himmelfahrt"),
        (date(2026, 8, 8), "BY", "BY-augsburg", "Hohes Friedensfest"),
        (date(2026, 1, 6), "ST", None, "Heilige Drei Könige"),
        (date(2026, 1, 6), "SN", None, None),
        (date(2026, 11, 18), "SN", None, "Buß- und Bettag"),
        (date(2026, 3, 8), "BE", None, "Frauentag"),
        (date(2017, 10, 31), "NW", None, "Reformationstag"),
        (date(2018, 10, 31), "NW", None, None),
    ],
)
def test_holiday_belongs_to_land_and_region(day, land, region, name):
    assert holiday_name(day, land, region) == name


@pytest.mark.parametrize("land", REAL_LANDS)
def test_every_land_has_the_nine_common_holidays(land):
    found = public_holidays(land, 2026)
    common = ["01-01", "04-03", "04-06", "05-01", "05-14", "05-25", "10-03", "12-25", "12-26"]
    assert {date.fromisoformat(f"2026-{day}") for day in common} <= set(found)


def test_unknown_land_or_region_is_refused():
    with pytest.raises(ValueError, match="unknown Land"):
        add_working_days(date(2026, 1, 1), 1, "XX")
    with pytest.raises(ValueError, match="unknown region"):
        public_holidays("ST", 2026, "SN-sorbisch")


def test_every_region_names_one_land():
    by_region = {}
    for day in calendar_rules().regional_holidays:
        assert by_region.setdefault(day.region, day.land) == day.land


def test_zero_working_days_is_the_next_working_day():
    assert add_working_days(date(2026, 3, 7), 0, "ST") == date(2026, 3, 9)
    assert add_working_days(date(2026, 3, 9), 0, "ST") == date(2026, 3, 9)


def test_going_back_crosses_the_year():
    assert add_working_days(date(2026, 1, 2), -1, "ST") == date(2025, 12, 30)


@given(days, counts, lands)
def test_result_is_a_working_day_and_no_holiday(start, n, land):
    end = add_working_days(start, n, land)
    assert is_working_day(end, land)
    assert not is_day_off(end, land)
    assert end > start


@given(days, counts, lands)
def test_counting_back_is_the_inverse(start, n, land):
    end = add_working_days(start, n, land)
    assert working_days_between(start, end, land) == n
    assert working_days_between(end, start, land) == -n
    if is_working_day(start, land):
        assert add_working_days(end, -n, land) == start


@given(days, counts, counts, lands)
def test_working_days_add_up(start, n, m, land):
    assert add_working_days(add_working_days(start, n, land), m, land) == add_working_days(start, n + m, land)


@given(days, st.integers(0, 40), counts, lands)
def test_a_later_start_never_ends_earlier(start, later, n, land):
    other = start + timedelta(days=later)
    assert add_working_days(start, n, land) <= add_working_days(other, n, land)


@given(days, st.integers(0, 30), lands)
def test_fast_counting_agrees_with_walking(start, n, land):
    day, left = start, n
    while left:
        day += timedelta(days=1)
        left -= is_working_day(day, land)
    if n:
        assert add_working_days(start, n, land) == day


def test_adding_working_days_takes_microseconds():
    add_working_days(date(2026, 1, 1), 300, "ST")
    best = 1.0
    for _ in range(5):
        began = perf_counter()
        for _ in range(1000):
            add_working_days(date(2026, 3, 5), 20, "ST")
        best = min(best, perf_counter() - began)
    assert best / 1000 < 50e-6
