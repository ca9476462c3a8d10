"""What the lists find and what they leave alone, measured on sentences as clerks and newcomers write them."""

import tomllib
from datetime import date
from pathlib import Path

import pytest

from stafette.kernel.rules.numbers import is_cnp, is_egn, is_kvnr, is_mrz_serial, is_pesel, is_tckn
from stafette.kernel.rules.table import RuleDataError
from stafette.kernel.rules.watchwords import LANGUAGES, watchwords

DAY = date(2026, 11, 22)
SENTENCES = tomllib.loads(Path(__file__).with_name("watch_sentences.toml").read_text(encoding="utf-8"))
PRECISION, RECALL = 0.98, 0.95  # what is promised in docs/datenschutz.md


def grounds_in(text):
    return {hit.ground.id for hit in watchwords(DAY).find(text)}


def test_precision_and_recall_are_what_we_promise():
    harmless, telling = SENTENCES["harmless"], [line.split(" | ") for line in SENTENCES["telling"]]
    assert len(harmless) >= 80 and len(telling) >= 80
    false = [text for text in harmless if grounds_in(text)]
    missed = [text for ground, text in telling if ground not in grounds_in(text)]
    found = len(telling) - len(missed)
    assert found / (found + len(false)) >= PRECISION, false
    assert found / len(telling) >= RECALL, missed


def test_every_ground_has_words_in_every_language_or_is_about_numbers():
    lists = watchwords(DAY)
    worded = {ground for ground, _language in lists.counts}
    assert worded == {"ethnicity", "religion", "health", "sexuality", "opinion"}
    for ground in worded:
        assert {language for found, language in lists.counts if found == ground} == set(LANGUAGES), ground
    assert {pattern.ground for pattern in lists._patterns} == set(lists.grounds) - worded


def test_every_ground_names_its_rule_its_source_and_what_to_write_instead():
    for ground in watchwords(DAY).grounds.values():
        assert ground.rule and ground.head.source.law and len(ground.advice) > 40


@pytest.mark.parametrize("text", ["jüdisch", "JÜDISCHE", "juedischen", "Jüdischer"])
def test_case_umlauts_and_endings_do_not_matter(text):
    assert grounds_in(f"Die Familie ist {text}.") == {"religion"}


@pytest.mark.parametrize("text", ["Romania", "Romantik", "Romy", "Judenburg liegt in Österreich"])
def test_a_word_inside_another_is_another_word(text):
    assert grounds_in(text) == set()


@pytest.mark.parametrize("text", ["والغجر", "للغجر", "الغجر", "غجرية"])
def test_arabic_articles_and_prefixes_do_not_hide_a_word(text):
    assert grounds_in(f"عائلة {text} هنا") == {"ethnicity"}


def test_a_harmless_turn_of_phrase_is_left_alone_but_the_word_elsewhere_is_not():
    assert grounds_in("Kind geht in die evangelische Kita") == set()
    assert grounds_in("Kind geht in die evangelische Kita, die Mutter ist evangelisch") == {"religion"}


def test_a_phone_number_is_no_register_number_and_a_register_number_needs_its_word_or_its_shape():
    assert grounds_in("015112345678") == grounds_in("+4915112345678") == grounds_in("020112345678") == set()
    assert grounds_in("123456789 steht auf dem Brief") == set()
    assert grounds_in("AZR 123456789") == {"azr"}


def test_the_hit_names_the_words_as_they_were_typed():
    (hit,) = watchwords(DAY).find("Sie gehören zu den ZEUGEN  Jehovas, sagt man")
    assert hit.found == "ZEUGEN  Jehovas" and hit.ground.id == "religion"


def test_resting_grounds_do_not_hit_and_names_still_show_numbers():
    lists = watchwords(DAY)
    resting = lists.resting("people.PersonForm", "family_name")
    assert lists.find("Krebs", resting=resting) == []
    assert [hit.ground.id for hit in lists.find("Krebs C01X00T47", resting=resting)] == ["document"]


@pytest.mark.parametrize(
    ("check", "right", "wrong"),
    [
        (is_mrz_serial, "L01X00T471", "L01X00T472"),
        (is_pesel, "44051401359", "44051401358"),
        (is_egn, "7523169263", "7523169264"),
        (is_tckn, "10000000146", "10000000147"),
        (is_kvnr, "A123456780", "A123456781"),
        (is_cnp, "1850101221145", "1850101221149"),
    ],
)
def test_check_digits_tell_a_number_from_any_number(check, right, wrong):
    assert check(right) and not check(wrong)


def test_an_unknown_ground_is_refused_with_its_place(tmp_path):
    (tmp_path / "watchwords.toml").write_text(
        'ground = []\nexempt = []\npattern = []\n[[words]]\nground = "x"\nlanguage = "de"\nwords = []\n'
    )
    with pytest.raises(RuleDataError, match=r"words\[1\].*unbekannter Grund"):
        watchwords(DAY, tmp_path)
