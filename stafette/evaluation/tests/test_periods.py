"""Periods: what they are called, where they begin and end, and which lies before."""

from datetime import date

import pytest

from stafette.evaluation import periods
from stafette.evaluation.periods import FREE, Period


@pytest.mark.parametrize(
    ("kind", "since", "until", "label"),
    [
        ("monat", date(2026, 2, 1), date(2026, 2, 28), "Februar 2026"),
        ("quartal", date(2026, 1, 1), date(2026, 3, 31), "1. Quartal 2026"),
        ("halbjahr", date(2026, 1, 1), date(2026, 6, 30), "1. Halbjahr 2026"),
        ("jahr", date(2026, 1, 1), date(2026, 12, 31), "Kalenderjahr 2026"),
        ("schuljahr", date(2025, 8, 1), date(2026, 7, 31), "Schuljahr 2025/26"),
        ("okt-sep", date(2025, 10, 1), date(2026, 9, 30), "Oktober 2025 bis September 2026"),
    ],
)
def test_the_period_of_a_day(kind, since, until, label):
    found = periods.starting(kind, date(2026, 2, 14))

    assert (found.since, found.until) == (since, until)
    assert periods.label(found) == label
    assert periods.read(found.code) == found
    assert found.before().until == since - periods.ONE_DAY
    assert found.year_before().since == since.replace(year=since.year - 1)


def test_a_free_period_moves_by_whole_months_where_it_has_any():
    whole = Period(FREE, date(2026, 3, 1), date(2026, 4, 30)).before()
    odd = Period(FREE, date(2026, 3, 3), date(2026, 3, 12)).before()

    assert (whole.since, whole.until) == (date(2026, 1, 1), date(2026, 2, 28))
    assert (odd.since, odd.until) == (date(2026, 2, 21), date(2026, 3, 2))
    assert Period(FREE, date(2026, 2, 1), date(2026, 2, 28)).year_before().until == date(2025, 2, 28)


@pytest.mark.parametrize(
    "code",
    [
        *("", "quartal", "quartal:2026-02-01", "quartal:gestern", "frei:2026-02-01"),
        *("frei:2026-02-02:2026-02-01", "woche:2026-02-01"),
    ],
)
def test_what_is_no_period_is_none(code):
    assert periods.read(code) is None


def test_only_whole_quarters_are_whole_quarters():
    assert periods.read("okt-sep:2025-10-01").is_whole_quarters
    assert Period(FREE, date(2025, 1, 1), date(2026, 6, 30)).is_whole_quarters
    assert not periods.read("schuljahr:2025-08-01").is_whole_quarters
    assert not periods.read("monat:2026-01-01").is_whole_quarters


def test_a_running_period_is_cut_and_counts_its_days():
    quarter = periods.read("quartal:2026-10-01").cut(date(2026, 10, 10))

    assert quarter.days == 10
    assert quarter.before().first_days(10).until == date(2026, 7, 10)
    assert len(periods.read("jahr:2026-01-01").quarters()) == 4


def test_periods_to_choose_end_with_the_first_contact():
    found = periods.to_choose("quartal", first=date(2026, 2, 3), last=date(2026, 11, 1), most=9)

    assert [periods.label(one) for one in found] == [
        "4. Quartal 2026", "3. Quartal 2026", "2. Quartal 2026", "1. Quartal 2026",
    ]  # fmt: skip
