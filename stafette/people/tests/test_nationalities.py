"""Nationalities: one official key for every way of writing."""

import pytest

from stafette.people.nationalities import (
    find_nationalities,
    find_nationality,
    nationalities,
    nationality_name,
)


@pytest.mark.parametrize(
    "text", ["154", "RO", "ROU", "rou", "Rumänien", "rumänisch", "Rumaenien", " rumänische ", "Romania"]
)
def test_romania_in_many_ways(text):
    assert find_nationality(text) == "154"


@pytest.mark.parametrize(
    ("text", "key"),
    [("D", "000"), ("0", "000"), ("deutsch", "000"), ("BGR", "125"), ("bulgarisch", "125"), ("POL", "152"),
     ("staatenlos", "997"), ("XXA", "997"), ("XXX", "998"), ("Weißrussland", "169"), ("Belarus", "169"),
     ("Kongo, Demokratische Republik", "246"), ("XK", "150"), ("Türkei", "163"), ("UKR", "166")],
)  # fmt: skip
def test_word_code_and_key_lead_to_the_key(text, key):
    assert find_nationality(text) == key


@pytest.mark.parametrize("text", ["", "klingonisch", "1234", "910", "intern"])
def test_unknown_is_not_guessed(text):
    assert find_nationality(text) is None


@pytest.mark.parametrize(
    ("text", "keys", "unread"),
    [
        ("rumänisch, ungarisch", ["154", "165"], []),
        ("154/165", ["154", "165"], []),
        ("RO;HU", ["154", "165"], []),
        ("RO, klingonisch", ["154"], ["klingonisch"]),
        ("Kongo, Demokratische Republik", ["246"], []),
        ("rumänisch und moldauisch", ["154", "146"], []),
        ("RO / RO", ["154"], []),
        ("", [], []),
    ],
)
def test_several_nationalities_in_one_field(text, keys, unread):
    assert find_nationalities(text) == (keys, unread)


def test_list_is_complete_and_codes_are_unique():
    codes = [n.iso3 for n in nationalities().values() if n.iso3]
    assert len(nationalities()) > 200
    assert len(codes) == len(set(codes))
    assert all(len(n.iso2) == 2 and len(n.iso3) == 3 for n in nationalities().values() if n.iso2)


def test_unknown_key_is_shown_as_it_is():
    assert nationality_name("154") == "Rumänien"
    assert nationality_name("777") == "777"
