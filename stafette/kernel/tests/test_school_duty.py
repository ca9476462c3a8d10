"""The fixtures S1–S7 for school duty, and what must hold for any child."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stafette.kernel.rules.ages import Birth
from stafette.kernel.rules.dated import ANY_LAND, LANDS
from stafette.kernel.rules.school_duty import (
    Group,
    Newcomer,
    Stage,
    measles_admission,
    school_status,
)
from stafette.kernel.rules.school_rules import birth_range, cutoff, first_school_year, school_rules

AUTUMN = date(2026, 9, 1)
FOUR = ["ST", "SN", "NW", "BW"]
REAL_LANDS = sorted(set(LANDS) - {ANY_LAND})
lands = st.sampled_from(REAL_LANDS)
births = st.dates(date(1996, 1, 1), date(2032, 12, 31))


@pytest.mark.parametrize("land", ["ST", "SN", "BW"])
def test_s1_born_on_the_cutoff_day_is_compulsory_from_august(land):
    born = date(2020, 6, 30)
    assert school_status(born, AUTUMN, land).stage is Stage.COMPULSORY
    before = school_status(born, date(2026, 7, 31), land)
    assert (before.stage, before.duty_from) == (Stage.KINDERGARTEN, date(2026, 8, 1))


@pytest.mark.parametrize("land", ["ST", "SN", "BW"])
def test_s2_born_a_day_later_waits_a_year(land):
    status = school_status(date(2020, 7, 1), AUTUMN, land)
    assert (status.stage, status.duty_from) == (Stage.KINDERGARTEN, date(2027, 8, 1))
    assert not status.needs_school_place


def test_s2_may_be_admitted_where_the_law_has_a_date_for_it():
    assert school_status(date(2020, 7, 1), AUTUMN, "SN").may_be_admitted
    assert school_status(date(2020, 7, 1), AUTUMN, "ST").may_be_admitted
    assert school_status(date(2020, 9, 30), AUTUMN, "SN").may_be_admitted
    assert not school_status(date(2020, 10, 1), AUTUMN, "SN").may_be_admitted
    assert school_status(date(2021, 6, 30), AUTUMN, "ST").may_be_admitted
    assert not school_status(date(2021, 7, 1), AUTUMN, "ST").may_be_admitted


def test_s2_saxony_is_compulsory_once_the_parents_register():
    early = school_status(date(2020, 7, 1), AUTUMN, "SN", registered_by_parents=True)
    too_young = school_status(date(2020, 10, 1), AUTUMN, "SN", registered_by_parents=True)
    assert early.stage is Stage.COMPULSORY
    assert too_young.stage is Stage.KINDERGARTEN


def test_s3_nrw_has_its_cutoff_in_september():
    assert school_status(date(2020, 9, 30), AUTUMN, "NW").stage is Stage.COMPULSORY
    assert school_status(date(2020, 10, 1), AUTUMN, "NW").stage is Stage.KINDERGARTEN


def test_s4_asylum_family_in_bw_is_entitled_for_six_months():
    arrival = Newcomer(Group.ASYLUM, arrived_on=date(2026, 2, 1))
    born = date(2016, 12, 1)
    before = school_status(born, date(2026, 7, 31), "BW", newcomer=arrival)
    after = school_status(born, date(2026, 8, 1), "BW", newcomer=arrival)
    assert (before.stage, before.duty_from) == (Stage.ENTITLED, date(2026, 8, 1))
    assert before.needs_school_place
    assert (after.stage, after.duty_from) == (Stage.COMPULSORY, date(2026, 8, 1))


def test_eu_family_in_bw_does_not_wait():
    arrival = Newcomer(Group.EU, arrived_on=date(2026, 2, 1))
    status = school_status(date(2016, 12, 1), date(2026, 2, 1), "BW", newcomer=arrival)
    assert status.stage is Stage.COMPULSORY


def test_s5_registered_family_in_saxony_anhalt_has_the_duty_at_once():
    registered = date(2026, 3, 2)
    newcomer = Newcomer(Group.EU, registered_on=registered)
    status = school_status(date(2014, 1, 15), registered, "ST", newcomer=newcomer)
    assert (status.stage, status.duty_from) == (Stage.COMPULSORY, registered)
    before = school_status(date(2014, 1, 15), registered - timedelta(days=1), "ST", newcomer=newcomer)
    assert before.stage is Stage.NOT_YET


def test_unknown_arrival_is_an_assumption_and_not_an_exemption():
    status = school_status(date(2016, 12, 1), AUTUMN, "BW", newcomer=Newcomer(Group.ASYLUM))
    assert status.stage is Stage.COMPULSORY
    assert any("Einreise unbekannt" in one for one in status.assumptions)


def test_nrw_waits_for_the_assignment_of_an_asylum_family():
    born = date(2016, 12, 1)
    waiting = school_status(born, AUTUMN, "NW", newcomer=Newcomer(Group.ASYLUM))
    assigned = school_status(born, AUTUMN, "NW", newcomer=Newcomer(Group.ASYLUM, assigned_on=AUTUMN))
    assert (waiting.stage, assigned.stage) == (Stage.NOT_YET, Stage.COMPULSORY)


def test_s6_school_duty_goes_before_the_missing_measles_proof():
    school = measles_admission(date(2016, 1, 1), AUTUMN, has_proof=False, is_subject_to_school_duty=True)
    assert (school.is_admitted, school.health_office_task) == (True, True)
    care = measles_admission(date(2024, 1, 1), AUTUMN, has_proof=False, is_subject_to_school_duty=False)
    assert (care.is_admitted, care.health_office_task) == (False, False)
    baby = measles_admission(date(2026, 1, 1), AUTUMN, has_proof=False, is_subject_to_school_duty=False)
    assert baby.is_admitted
    proven = measles_admission(date(2024, 1, 1), AUTUMN, has_proof=True, is_subject_to_school_duty=False)
    assert proven.is_admitted


@pytest.mark.parametrize("land", FOUR)
@given(on=st.dates(date(2020, 1, 1), date(2032, 12, 31)), age_in_days=st.integers(0, 364))
def test_s7_everybody_aged_seventeen_is_in_the_vocational_branch(land, on, age_in_days):
    born = on.replace(year=on.year - 17, day=min(on.day, 28)) - timedelta(days=age_in_days)
    status = school_status(born, on, land)
    assert status.stage is Stage.VOCATIONAL
    assert not status.needs_school_place


def test_deferral_puts_school_off_by_a_year():
    status = school_status(date(2020, 6, 1), AUTUMN, "ST", deferred=True)
    assert (status.stage, status.duty_from) == (Stage.KINDERGARTEN, date(2027, 8, 1))


@pytest.mark.parametrize(
    ("land", "school_year", "born_from", "born_to"),
    [
        ("SN", 2025, date(2018, 7, 1), date(2019, 6, 30)),
        ("ST", 2026, date(2019, 7, 1), date(2020, 6, 30)),
        ("NW", 2026, date(2019, 10, 1), date(2020, 9, 30)),
        ("BW", 2019, date(2012, 10, 1), date(2013, 9, 30)),
        ("BW", 2020, date(2013, 10, 1), date(2014, 8, 31)),
        ("BW", 2021, date(2014, 9, 1), date(2015, 7, 31)),
        ("BW", 2022, date(2015, 8, 1), date(2016, 6, 30)),
    ],
)
def test_birth_range_of_a_school_year(land, school_year, born_from, born_to):
    found = birth_range(land, school_year)
    assert (found.born_from, found.born_to) == (born_from, born_to)


@pytest.mark.parametrize("land", REAL_LANDS)
def test_birth_ranges_leave_no_gap_and_no_overlap(land):
    for year in range(2000, 2040):
        assert birth_range(land, year + 1).born_from == birth_range(land, year).born_to + timedelta(days=1)


def test_configured_ranges_agree_with_the_cutoffs():
    for (land, year), row in school_rules().birth_ranges.items():
        assert row.born_to == date(year - 6, *cutoff(land, year).day)
        assert row.born_from == date(year - 7, *cutoff(land, year - 1).day) + timedelta(days=1)


@pytest.mark.parametrize(
    ("born", "on", "land", "stage"),
    [
        (date(2026, 1, 1), AUTUMN, "SN", Stage.NOT_YET),
        (date(2026, 1, 1), AUTUMN, "ST", Stage.KINDERGARTEN),
        (date(2025, 8, 1), AUTUMN, "SN", Stage.KINDERGARTEN),
        (date(2000, 1, 1), AUTUMN, "ST", Stage.OVER),
        (date(2027, 1, 1), AUTUMN, "ST", Stage.NOT_YET),
        (date(2011, 3, 1), AUTUMN, "ST", Stage.VOCATIONAL),
        (date(2011, 9, 1), AUTUMN, "ST", Stage.COMPULSORY),
        (date(2010, 11, 1), AUTUMN, "NW", Stage.COMPULSORY),
    ],
)
def test_stage(born, on, land, stage):
    assert school_status(born, on, land).stage is stage


def test_year_of_birth_alone_is_enough_where_it_does_not_matter():
    status = school_status(Birth(2016), AUTUMN, "ST")
    assert (status.stage, status.is_certain) == (Stage.COMPULSORY, True)


def test_year_of_birth_alone_asks_for_a_check_where_it_matters():
    status = school_status(Birth(2020), AUTUMN, "ST")
    assert (status.stage, status.is_certain) == (Stage.COMPULSORY, False)
    assert "bitte prüfen" in status.sentence
    assert "00.00.2020" in status.sentence


def test_sentence_names_year_and_law():
    assert school_status(date(2016, 12, 1), AUTUMN, "ST").sentence == (
        "Schulpflichtig in Sachsen-Anhalt seit dem Schuljahr 2023/24 (§§ 36, 37, 40 SchulG LSA)."
    )


ORDER = [Stage.NOT_YET, Stage.KINDERGARTEN, Stage.COMPULSORY, Stage.VOCATIONAL, Stage.OVER]


@given(births, lands, st.integers(0, 20 * 365), st.integers(0, 900))
def test_stages_only_go_forward(born, land, days, later):
    first = school_status(born, born + timedelta(days=days), land).stage
    second = school_status(born, born + timedelta(days=days + later), land).stage
    assert ORDER.index(first) <= ORDER.index(second)


@given(births, lands)
def test_first_school_year_holds_the_birth_date(born, land):
    found = birth_range(land, first_school_year(born, land))
    assert found.born_from <= born <= found.born_to
