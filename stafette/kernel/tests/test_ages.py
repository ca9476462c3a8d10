"""Ages by §§ 187 (2), 188 (2) BGB, with incomplete birth dates."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stafette.kernel.rules.ages import (
    Birth,
    age_range,
    birthday,
    completed_years,
    day_care_entitlement,
    is_younger_than,
    newborn,
)

ON = date(2026, 3, 2)


@pytest.mark.parametrize(
    ("born", "on", "age"),
    [
        (date(2020, 3, 10), date(2026, 3, 9), 5),
        (date(2020, 3, 10), date(2026, 3, 10), 6),
        (date(2020, 2, 29), date(2026, 2, 28), 5),
        (date(2020, 2, 29), date(2026, 3, 1), 6),
        (date(2020, 2, 29), date(2024, 2, 28), 3),
        (date(2020, 2, 29), date(2024, 2, 29), 4),
        (date(2026, 3, 2), date(2026, 3, 2), 0),
    ],
)
def test_age_begins_on_the_birthday(born, on, age):
    assert completed_years(born, on) == age


@pytest.mark.parametrize(
    ("birth", "low", "high"),
    [
        (Birth(2020), 5, 6),
        (Birth(2020, 3), 5, 6),
        (Birth(2020, 2), 6, 6),
        (Birth(2020, 3, 2), 6, 6),
    ],
)
def test_incomplete_birth_date_gives_a_range(birth, low, high):
    age = age_range(birth, ON)
    assert (age.low, age.high, age.is_certain) == (low, high, low == high)


def test_impossible_birth_dates_are_refused():
    with pytest.raises(ValueError, match="month"):
        Birth(2020, None, 3)
    with pytest.raises(ValueError, match="day"):
        Birth(2021, 2, 29)


def test_birth_date_is_written_as_registers_do():
    assert [str(Birth(1985)), str(Birth(1985, 4)), str(Birth(1985, 4, 1))] == [
        "00.00.1985",
        "00.04.1985",
        "01.04.1985",
    ]


@pytest.mark.parametrize(
    ("birth", "holds"),
    [
        (ON, True),
        (date(2025, 3, 3), True),
        (date(2025, 3, 2), False),
        (ON + timedelta(days=1), False),
        (Birth(2025), None),
    ],
)
def test_newborn_is_younger_than_a_year(birth, holds):
    assert newborn(birth, ON).holds is holds


@pytest.mark.parametrize(
    ("birth", "land", "holds"),
    [
        (date(2025, 3, 2), "SN", True),
        (date(2025, 3, 3), "SN", False),
        (date(2026, 2, 1), "ST", True),
        (Birth(2025), "SN", None),
    ],
)
def test_day_care_entitlement_begins_by_land(birth, land, holds):
    answer = day_care_entitlement(birth, ON, land)
    assert answer.holds is holds
    assert str(answer.source) in answer.sentence


@given(st.dates(date(1900, 1, 1), date(2050, 1, 1)), st.integers(0, 120))
def test_birthday_is_the_first_day_of_the_age(born, years):
    day = birthday(born, years)
    assert completed_years(born, day) == years
    assert completed_years(born, day - timedelta(days=1)) == years - 1
    assert is_younger_than(born, years, day) is False
