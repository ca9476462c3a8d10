"""Names: one person under every spelling, two persons kept apart."""

import string
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stafette.people.names.fold import fold, folds, skeleton, stem
from stafette.people.names.letters import clean_name, foreign_letters, is_latin
from stafette.people.names.transliterate import SYSTEMS, latin_spellings, mrz_form, transliterate

LATIN = st.text(alphabet=string.ascii_letters + "ăâîșțäöüßłżźćčšžéèőű' -", max_size=30)
CYRILLIC = st.text(alphabet="абвгдежзийклмнопрстуфхцчшщъьюяѝіїєґ", min_size=1, max_size=20)


@pytest.mark.parametrize(
    ("name", "system", "latin"),
    [
        ("Георгиева", "bulgarian", "Georgieva"),
        ("Юлия", "bulgarian", "Yulia"),
        ("Юлия", "iso9", "Ûliâ"),
        ("Юлия", "icao", "Iuliia"),
        ("Юлия", "german", "Julija"),
        ("Юлия", "english", "Yuliya"),
        ("Желязкова", "bulgarian", "Zhelyazkova"),
        ("Щерев", "bulgarian", "Shterev"),
        ("Щерев", "icao", "Shcherev"),
        ("Щерев", "icao_bulgarian", "Shterev"),
        ("Първанов", "bulgarian", "Parvanov"),
        ("България", "bulgarian", "Bulgaria"),
        ("ЮЛИЯ ЩЕРЕВА", "bulgarian", "YULIA SHTEREVA"),
        ("Єлизавета", "ukrainian", "Yelyzaveta"),
        ("Згурський", "ukrainian", "Zghurskyi"),
        ("Anna-Мария", "bulgarian", "Anna-Maria"),
    ],
)
def test_transliteration_follows_the_system(name, system, latin):
    assert transliterate(name, system) == latin


def test_latin_spellings_offer_the_official_one_first():
    assert latin_spellings("Юлия")[0] == "Yulia"
    assert latin_spellings("Володимир Шевченко")[0] == "Volodymyr Shevchenko"
    assert latin_spellings("Горький")[0] == "Gorkii"
    assert latin_spellings("Müller") == ["Muller"]


@pytest.mark.parametrize(
    ("name", "zone"),
    [
        ("Müller", "MUELLER"),
        ("Łukasz", "LUKASZ"),
        ("Groß", "GROSS"),
        ("Șerban", "SERBAN"),
        ("Țăranu", "TARANU"),
        ("Ionuț-Ștefan", "IONUT<STEFAN"),
        ("O'Neill", "ONEILL"),
        ("Щерев", "SHTEREV"),
        ("Хмельницький", "KHMELNYTSKYI"),
    ],
)
def test_mrz_form_is_what_the_passport_prints(name, zone):
    assert mrz_form(name) == zone


@pytest.mark.parametrize(
    "same",
    [
        "Юлия Yulia Yuliya Iuliia Julia Julija Ûliâ",
        "Георгиева Georgieva Gheorghieva Georgiewa",
        "Щерев Shterev Schterew Shcherev",
        "Желязкова Zhelyazkova Želâzkova Zheliazkova Scheljaskowa",
        "Șerban Şerban Serban SERBAN",
        "Ștefan Ştefan Stefan Штефан",
        "Țăranu Ţăranu Taranu",
        "Müller Mueller Muller",
        "Христова Hristova Khristova Christowa",
        "Первомайская Pervomaiskaya Perwomajskaja",
        "Хмельницький Khmelnytskyi Chmelnyzkyj Khmelnitsky",
        "Андрій Andrii Andrej Andrey Andriy",
        "Богдан Bohdan Bogdan",
        "Елена Elena Jelena Yelena",
        "Petrović Petrovic Петрович Petrowitsch",
        "Nowacki Новацки",
        "Kovács Kovacs Kowatsch",
    ],
)
def test_spellings_of_one_name_fold_alike(same):
    assert len({fold(name) for name in same.split()}) == 1


@pytest.mark.parametrize(
    "pair", ["Ivanov Petrov", "Maria Mario", "Ivanov Ivanova", "Popa Pop", "Anna Ana-Maria"]
)
def test_different_names_stay_different(pair):
    first, second = pair.split()
    assert fold(first) != fold(second)


@pytest.mark.parametrize("pair", ["Ivanov Ivanova", "Kowalski Kowalska", "Pervomaisky Pervomaiskaya"])
def test_gendered_endings_share_a_stem(pair):
    (first,), (second,) = (fold(name) for name in pair.split())
    assert stem(first) == stem(second)


def test_english_ch_is_read_both_ways():
    assert fold("Чавдаров") == ("cavdarov",)
    assert "cavdarov" in folds("Chavdarov")[0]
    assert "hristov" in folds("Christov")[0]


def test_skeleton_joins_arabic_script_and_guessed_vowels():
    assert [skeleton(t) for t in fold("محمد الشمري")] == [skeleton(t) for t in fold("Mohammed Al-Shammari")]
    assert [skeleton(t) for t in fold("محمد")] == [skeleton(t) for t in fold("Muhamad")]


def test_din_91379_names_what_does_not_belong():
    assert foreign_letters("Ștefan-Łukasz O’Neill ʹ Ḳ̄asim") == ""
    assert foreign_letters("Мария") == "Мария"
    assert foreign_letters("Anna1$") == "1$"


def test_decomposed_letters_are_the_same_name():
    decomposed = unicodedata.normalize("NFD", "Ștefan Müller")
    assert clean_name(decomposed) == "Ștefan Müller"
    assert foreign_letters(decomposed) == ""


def test_clean_name_drops_invisible_signs_and_keeps_letters():
    assert clean_name("  Ana\u200b \u202e Maria ") == "Ana Maria"


def test_other_scripts_are_not_latin():
    assert is_latin("Łukasz d’Or")
    assert not is_latin("Мария")
    assert not is_latin("محمد")


@given(LATIN | CYRILLIC)
def test_fold_holds_only_small_letters(name):
    assert all(part.isascii() and part.islower() and part.isalpha() for part in fold(name))


@given(LATIN)
def test_fold_does_not_care_for_case(name):
    assert fold(name) == fold(name.upper()) or "ß" in name or "'" in name


@given(CYRILLIC)
def test_every_system_leaves_no_cyrillic(name):
    for system in SYSTEMS:
        assert is_latin(transliterate(name, system))


@given(LATIN | CYRILLIC)
def test_mrz_form_fits_the_zone(name):
    assert set(mrz_form(name)) <= set(string.ascii_uppercase + "<")
