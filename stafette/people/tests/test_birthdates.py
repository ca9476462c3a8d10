"""Birth dates: everything people type, nothing guessed."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stafette.people.birthdates import BirthDate, from_date, parse_birth_date

ON = date(2026, 11, 21)


@pytest.mark.parametrize(
    "text",
    ["1.2.85", "01.02.1985", "01021985", "1985-02-01", "1/2/1985", "01-02-1985", "1 2 1985", "19850201",
     "010285", "1. Februar 1985", "1 feb 85", "1985-02-01 00:00:00", "1985-02-01T00:00:00", "01.02.1985 00:00",
     "31079", " 1.2.1985 ", "1 februarie 1985", "1,2,1985"],
)  # fmt: skip
def test_one_day_in_many_ways(text):
    assert parse_birth_date(text, on=ON) == BirthDate(1985, 2, 1)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("3. März 1985", BirthDate(1985, 3, 3)),
        ("3. Maerz 1985", BirthDate(1985, 3, 3)),
        ("00.00.1985", BirthDate(1985)),
        ("1985", BirthDate(1985)),
        ("00.05.1985", BirthDate(1985, 5)),
        ("05/1985", BirthDate(1985, 5)),
        ("Mai 1985", BirthDate(1985, 5)),
        ("00001985", BirthDate(1985)),
        ("1985-00-00", BirthDate(1985)),
    ],
)
def test_partly_known_dates_stay_partly_known(text, found):
    assert parse_birth_date(text, on=ON) == found


@pytest.mark.parametrize(
    "text",
    ["", "unbekannt", "31.02.1985", "32.01.1985", "01.13.1985", "22.11.2026", "1.1.2099", "01.01.1700",
     "15.00.1985", "99", "123", "1985-2", "12345678901"],
)  # fmt: skip
def test_what_is_no_birth_date_is_refused(text):
    assert parse_birth_date(text, on=ON) is None


@pytest.mark.parametrize(
    ("text", "year"), [("1.2.26", 2026), ("1.2.27", 1927), ("1.12.26", None), ("1.2.00", 2000)]
)
def test_two_digits_mean_the_last_hundred_years(text, year):
    found = parse_birth_date(text, on=ON)
    assert (found.year if found else None) == year


def test_german_form_shows_what_is_missing():
    assert str(BirthDate(1985, 2, 1)) == "01.02.1985"
    assert str(BirthDate(1985)) == "00.00.1985"
    assert str(BirthDate()) == ""


def test_partial_date_has_a_first_and_a_last_day():
    assert BirthDate(2020, 2).first_possible() == date(2020, 2, 1)
    assert BirthDate(2020, 2).last_possible() == date(2020, 2, 29)
    assert BirthDate(2020).last_possible() == date(2020, 12, 31)
    assert BirthDate().last_possible() is None


@given(st.dates(min_value=date(1890, 1, 1), max_value=ON))
def test_german_and_iso_form_come_back(day):
    assert parse_birth_date(str(from_date(day)), on=ON) == from_date(day)
    assert parse_birth_date(day.isoformat(), on=ON) == from_date(day)


@given(st.text(max_size=25))
def test_any_text_is_a_date_or_nothing(text):
    found = parse_birth_date(text, on=ON)
    assert found is None or found.first_possible() <= ON
