"""The fixtures O1–O10 for occupancy, and what must hold for any flat."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stafette.kernel.rules.ages import Birth
from stafette.kernel.rules.dated import ANY_LAND, LANDS
from stafette.kernel.rules.living_area import LivingArea, Surface, SurfaceKind, count_area
from stafette.kernel.rules.occupancy import (
    OccupancyStatus,
    Occupant,
    PeopleList,
    Standing,
    check_each_list,
    check_flat,
    check_single_room,
)

ON = date(2026, 3, 2)
OLD_NRW = date(2021, 6, 30)
OK, TIGHT, OVER = OccupancyStatus.OK, OccupancyStatus.TIGHT, OccupancyStatus.OVERCROWDED
BORDERLINE, CHECK = OccupancyStatus.BORDERLINE, OccupancyStatus.CHECK
REAL_LANDS = sorted(set(LANDS) - {ANY_LAND})


def aged(*ages, on=ON):
    return [Occupant(date(on.year - age - 1, 12, 24)) for age in ages]


@pytest.mark.parametrize(
    ("case", "land", "on", "m2", "ages", "required", "ratio", "status"),
    [
        ("O1", "NW", ON, 50, (40, 38, 10, 5, 2), 50, "1.00", OK),
        ("O1", "NW", OLD_NRW, 50, (40, 38, 10, 5, 2), 39, "1.28", OK),
        ("O1", "ST", ON, 50, (40, 38, 10, 5, 2), 39, "1.28", OK),
        ("O1", "HE", ON, 50, (40, 38, 10, 5, 2), 45, "1.11", OK),
        ("O2", "NW", ON, 49, (30,) * 6, 60, "0.82", TIGHT),
        ("O2", "NW", OLD_NRW, 49, (30,) * 6, 54, "0.91", TIGHT),
        ("O2", "ST", ON, 49, (30,) * 6, 54, "0.91", TIGHT),
        ("O2", "HE", ON, 49, (30,) * 6, 54, "0.91", TIGHT),
        ("O3", "NW", date(2021, 6, 30), 36, (30,) * 4, 36, "1.00", OK),
        ("O3", "NW", date(2021, 7, 1), 36, (30,) * 4, 40, "0.90", TIGHT),
        ("O3", "ST", ON, 36, (30,) * 4, 36, "1.00", OK),
        ("O3", "HE", ON, 36, (30,) * 4, 36, "1.00", OK),
    ],
)
def test_flat_fixture(case, land, on, m2, ages, required, ratio, status):
    result = check_flat(land=land, on=on, area=m2, occupants=aged(*ages, on=on))
    assert result.required_low == result.required_high == required
    assert (result.ratio_low, result.status) == (Decimal(ratio), status)
    assert result.is_violation is (status is not OK)


@pytest.mark.parametrize(
    ("land", "on", "required", "ratio", "status"),
    [
        ("NW", date(2026, 3, 9), 30, "0.80", TIGHT),
        ("ST", date(2026, 3, 9), 24, "1.00", OK),
        ("ST", date(2026, 3, 10), 27, "0.89", TIGHT),
        ("HE", date(2026, 3, 10), 27, "0.89", TIGHT),
    ],
)
def test_o4_sixth_birthday_raises_the_need_from_that_day_on(land, on, required, ratio, status):
    family = [Occupant(date(1990, 1, 1)), Occupant(date(1991, 1, 1)), Occupant(date(2020, 3, 10))]
    result = check_flat(land=land, on=on, area=24, occupants=family)
    assert (result.required_high, result.ratio_low, result.status) == (required, Decimal(ratio), status)


@pytest.mark.parametrize(
    ("case", "land", "on", "has_side_rooms", "required", "status", "is_violation"),
    [
        ("O5", "NW", ON, True, 16, OK, False),
        ("O5", "NW", OLD_NRW, True, 12, OK, False),
        ("O5", "ST", ON, True, 18, CHECK, None),
        ("O5", "HE", ON, True, 12, OK, False),
        ("O6", "NW", ON, False, 20, TIGHT, True),
        ("O6", "ST", ON, False, 18, TIGHT, True),
        ("O6", "HE", ON, False, 18, TIGHT, True),
    ],
)
def test_single_room_fixture(case, land, on, has_side_rooms, required, status, is_violation):
    result = check_single_room(
        land=land, on=on, area=16, occupants=aged(30, 31, on=on), has_side_rooms=has_side_rooms
    )
    assert (result.required_low, result.status, result.is_violation) == (required, status, is_violation)


ATTIC = [
    Surface(24, height_m=2),
    Surface(10, height_m=Decimal("1.5")),
    Surface(6, height_m=Decimal("0.9")),
    Surface(8, SurfaceKind.BALCONY),
]


def test_o7_balcony_decides_so_both_values_are_shown():
    result = check_flat(land="NW", on=ON, area=count_area(ATTIC), occupants=aged(30, 31, 32))
    assert (result.available_low, result.available_high) == (29, 31)
    assert (result.ratio_low, result.ratio_high) == (Decimal("0.97"), Decimal("1.03"))
    assert result.status is BORDERLINE
    assert result.is_violation is None
    assert "29 bis 31 m²" in result.sentence
    assert "grenzwertig" in result.sentence


@pytest.mark.parametrize(("land", "on"), [("NW", OLD_NRW), ("ST", ON), ("HE", ON)])
def test_o7_balcony_does_not_matter_where_27_suffice(land, on):
    result = check_flat(land=land, on=on, area=count_area(ATTIC), occupants=aged(30, 31, 32, on=on))
    assert (result.required_low, result.status) == (27, OK)


def test_o8_visitor_is_listed_but_not_counted():
    people = [*aged(30, 31, 32, 33), Occupant(None, Standing.VISITOR, key="guest")]
    result = check_flat(land="NW", on=ON, area=40, occupants=people)
    assert (result.required_low, result.status) == (40, OK)
    assert [(person.key, reason) for person, reason in result.excluded] == [("guest", "zu Besuch")]


@pytest.mark.parametrize("land", ["NW", "ST", "HE"])
def test_o9_cellar_slept_in_has_no_area_and_raises_a_flag(land):
    cellar = Surface(14, meets_building_code=False, is_slept_in=True)
    result = check_single_room(
        land=land, on=ON, area=count_area([cellar]), occupants=aged(30), has_side_rooms=True
    )
    assert result.available_high == 0
    assert result.flags == ("B01",)
    assert any("§ 2 Abs. 3 Nr. 2 WoFlV" in remark for remark in result.remarks)


@pytest.mark.parametrize("land", ["SN", "BW", "BY", "TH"])
def test_o10_land_without_a_law_gets_a_comparison_and_no_statement(land):
    result = check_flat(land=land, on=ON, area=10, occupants=aged(30, 31))
    assert not result.is_binding
    assert result.is_violation is None
    assert result.status is OVER
    assert "keine rechtliche Aussage" in result.sentence


def test_o10_saxony_says_why():
    result = check_flat(land="SN", on=ON, area=18, occupants=aged(30, 31))
    assert "Kein Wohnungsaufsichtsrecht" in result.sentence


def test_children_count_from_birth_and_the_unborn_do_not():
    people = [Occupant(ON), Occupant(None, Standing.UNBORN), Occupant(ON + timedelta(days=1))]
    result = check_flat(land="ST", on=ON, area=6, occupants=people)
    assert (len(result.counted), result.required_high) == (1, 6)


def test_who_is_away_for_a_while_still_counts():
    result = check_flat(
        land="NW", on=ON, area=10, occupants=[Occupant(date(1990, 1, 1), Standing.TEMPORARILY_ABSENT)]
    )
    assert result.required_low == 10


def test_incomplete_birth_date_that_decides_is_borderline():
    people = [*aged(30, 31), Occupant(Birth(2020))]
    result = check_flat(land="ST", on=ON, area=25, occupants=people)
    assert (result.required_low, result.required_high, result.status) == (24, 27, BORDERLINE)


def test_unknown_birth_date_may_be_child_or_adult():
    result = check_flat(land="ST", on=ON, area=50, occupants=[Occupant(None)])
    assert (result.required_low, result.required_high, result.status) == (6, 9, OK)


def test_three_lists_have_three_ratios():
    people = [
        Occupant(date(1990, 1, 1), lists=frozenset({PeopleList.REGISTERED})),
        Occupant(date(1990, 1, 1), lists=frozenset({PeopleList.MET, PeopleList.CREDIBLY_LIVING})),
        Occupant(date(1990, 1, 1), lists=frozenset({PeopleList.MET})),
    ]
    results = check_each_list(land="NW", on=ON, area=20, occupants=people)
    assert [results[people].required_low for people in PeopleList] == [10, 20, 10]


def test_flat_without_a_large_room_gets_a_remark():
    result = check_flat(land="NW", on=ON, area=60, occupants=aged(30), largest_room_m2=9)
    assert any(
        "Kein Raum hat wenigstens 10 m² (§ 5 Abs. 1 Nr. 6 WohnStG NRW)" in one for one in result.remarks
    )


def test_empty_flat_is_no_finding():
    assert check_flat(land="ST", on=ON, area=50, occupants=[]).status is OK


def test_negative_area_is_refused():
    with pytest.raises(ValueError, match="negative"):
        count_area([Surface(-1)])


def test_sentence_names_the_law():
    result = check_flat(land="NW", on=ON, area=36, occupants=aged(30, 31, 32, 33))
    assert result.sentence == (
        "36 m² Wohnfläche für 4 Personen, nötig sind 40 m² nach § 10 Abs. 1 WohnStG NRW "
        "(Nordrhein-Westfalen): knapp."
    )


people_of_any_age = st.lists(
    st.dates(date(1930, 1, 1), ON).map(Occupant)
    | st.integers(1930, 2026).map(lambda year: Occupant(Birth(year)))
    | st.just(Occupant(None)),
    min_size=1,
    max_size=12,
)
areas = st.decimals(1, 300, places=2)
RANK = [OVER, TIGHT, BORDERLINE, OK]


@given(st.sampled_from(REAL_LANDS), areas, st.decimals(0, 100, places=2), people_of_any_age)
def test_more_area_never_makes_it_worse(land, area, more, people):
    small = check_flat(land=land, on=ON, area=area, occupants=people)
    large = check_flat(land=land, on=ON, area=area + more, occupants=people)
    assert RANK.index(large.status) >= RANK.index(small.status)


@given(st.sampled_from(REAL_LANDS), areas, people_of_any_age)
def test_one_more_person_never_makes_it_better(land, area, people):
    fewer = check_flat(land=land, on=ON, area=area, occupants=people[1:])
    more = check_flat(land=land, on=ON, area=area, occupants=people)
    assert RANK.index(more.status) <= RANK.index(fewer.status)
    assert fewer.required_low <= more.required_low <= more.required_high


@given(areas, st.decimals(0, 20, places=1))
def test_balcony_only_widens_the_range(area, balcony):
    counted = count_area([Surface(area), Surface(balcony, SurfaceKind.BALCONY)])
    assert counted.low == area == LivingArea.stated(area).low
    assert counted.high == area + balcony / 4
