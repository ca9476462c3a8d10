"""Machine readable zones: the specimens of ICAO 9303, and what readers and fingers make of them."""

import dataclasses
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stafette.people.birthdates import BirthDate
from stafette.people.mrz import MrzError, check_digit, looks_like_mrz, parse_mrz

ON = date(2026, 11, 21)
TD3 = "P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<\nL898902C36UTO7408122F1204159ZE184226B<<<<<10"
TD1 = "I<UTOD231458907<<<<<<<<<<<<<<<\n7408122F1204159UTO<<<<<<<<<<<6\nERIKSSON<<ANNA<MARIA<<<<<<<<<<"
TD2 = "I<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<\nD231458907UTO7408122F1204159<<<<<<<6"


@pytest.mark.parametrize(("zone", "form"), [(TD3, "TD3"), (TD1, "TD1"), (TD2, "TD2")])
def test_specimens_are_read(zone, form):
    found = parse_mrz(zone, on=ON)

    assert found.form == form
    assert (found.family_name, found.given_names) == ("Eriksson", "Anna Maria")
    assert found.birth == BirthDate(1974, 8, 12)
    assert (found.sex, found.nationality, found.issuing_state) == ("w", "UTO", "UTO")
    assert found.expires_on == date(2012, 4, 15)
    assert found.is_valid and not found.repaired and not found.is_name_cut


@pytest.mark.parametrize("zone", [TD3, TD1, TD2])
def test_serial_number_is_nowhere_in_the_result(zone):
    kept = repr(dataclasses.asdict(parse_mrz(zone, on=ON)))
    assert "L898902C" not in kept and "D23145890" not in kept and "ZE184226B" not in kept


def test_a_reader_may_send_one_line_in_small_letters():
    assert parse_mrz(TD3.replace("\n", "").lower(), on=ON).is_valid
    assert parse_mrz("\n" + TD1.replace("\n", "\r\n\r\n") + "\n", on=ON).is_valid


@pytest.mark.parametrize(
    ("old", "new", "field"),
    [
        ("7408122F", "7408123F", "birth"),
        ("7408122F", "7409122F", "birth"),
        ("1204159Z", "1205159Z", "expiry"),
        ("L898902C36", "L898903C36", "number"),
        ("ZE184226B<<<<<1", "ZE184227B<<<<<1", "personal_number"),
        ("<<<<<10", "<<<<<11", "composite"),
    ],
)
def test_one_wrong_digit_is_noticed_and_named(old, new, field):
    assert parse_mrz(TD3.replace(old, new), on=ON).wrong == (field,)


def test_letter_o_is_read_as_zero_only_where_digits_stand():
    found = parse_mrz(TD3.replace("7408122F1204159", "74O8122F12O4159"), on=ON)

    assert found.is_valid
    assert found.repaired == ("birth", "expiry")
    assert found.birth == BirthDate(1974, 8, 12)
    assert parse_mrz(TD3.replace("L898902C36", "L8989O2C36"), on=ON).wrong == ("number",)


def test_long_number_goes_on_in_the_optional_field():
    number = "D23145890734"
    line1 = f"I<UTO{number[:9]}<{number[9:]}{check_digit(number)}".ljust(30, "<")
    line2 = "7408122F1204159UTO<<<<<<<<<<<"
    composite = check_digit(line1[5:30] + line2[0:7] + line2[8:15] + line2[18:29])
    zone = f"{line1}\n{line2}{composite}\nERIKSSON<<ANNA<MARIA<<<<<<<<<<"

    assert parse_mrz(zone, on=ON).is_valid
    assert "number" in parse_mrz(zone.replace("<734", "<735"), on=ON).wrong


@pytest.mark.parametrize(
    ("digits", "year"), [("260101", 2026), ("270101", 1927), ("000101", 2000), ("991231", 1999)]
)
def test_birth_year_beyond_this_one_is_the_last_century(digits, year):
    zone = TD2.replace("7408122", digits + str(check_digit(digits)))
    assert parse_mrz(zone, on=ON).birth.year == year


def test_unknown_parts_of_a_birth_date_stay_unknown():
    digits = "85<<<<"
    zone = TD2.replace("7408122", digits + str(check_digit(digits)))
    assert parse_mrz(zone, on=ON).birth == BirthDate(1985)


def test_cut_name_is_told():
    name = "P<UTO" + "PAPANDROPOULOUSOTIROPOULOU<<ANASTASIAMAR"[:39]
    assert parse_mrz(name.ljust(44, "X") + "\n" + TD3.splitlines()[1], on=ON).is_name_cut


def test_german_passport_says_d():
    assert parse_mrz(TD3.replace("P<UTO", "P<D<<"), on=ON).issuing_state == "D"


@pytest.mark.parametrize("text", ["", "Eriksson", TD3[:-1], TD3.replace("<", "-"), "Ä" * 88])
def test_what_is_no_zone_is_refused_with_a_reason(text):
    with pytest.raises(MrzError, match="."):
        parse_mrz(text, on=ON)


def test_pasted_zone_is_recognised():
    assert looks_like_mrz(TD1) and looks_like_mrz(TD3.replace("\n", ""))
    assert not looks_like_mrz("Georgieva Maria 1985")


@given(st.text(alphabet="ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789<", min_size=88, max_size=88))
def test_any_zone_is_read_without_a_crash(text):
    assert parse_mrz(text, on=ON).form == "TD3"


@given(st.integers(min_value=0, max_value=5), st.integers(min_value=1, max_value=9))
def test_every_single_wrong_digit_in_the_birth_date_is_found(place, shift):
    digits = list("740812")
    digits[place] = str((int(digits[place]) + shift) % 10)
    assert "birth" in parse_mrz(TD3.replace("740812", "".join(digits)), on=ON).wrong
