"""The services of the sample towns in the languages of the people who look for them."""

import re

import pytest

from stafette.accounts.tests.factories import UnitFactory
from stafette.demo.directory import entries, load_directory, loading
from stafette.demo.directory.loading import texts
from stafette.directory import data as d
from stafette.directory.models import ServiceText
from stafette.directory.papers.words import documents
from stafette.kernel.permissions import Permission

LANGUAGES = {"ls", "en", "bg", "ro", "pl", "uk", "tr", "ar"}
TOWNS = ("leipzig", "weissenfels")
SHORT_VOWELS_AND_DOUBLING = re.compile("[\u064b-\u0652]")


def _services(town="leipzig"):
    return {one.code: one for one in entries(town) if isinstance(one, d.ServiceData)}


@pytest.mark.parametrize("town", TOWNS)
def test_every_language_names_every_service_of_the_town_and_no_other(town):
    found: dict[str, set[str]] = {}
    for language, code, _words in texts(town):
        found.setdefault(language, set()).add(code)
    assert set(found) == LANGUAGES
    everything = set(_services(town))
    assert {language: codes ^ everything for language, codes in found.items() if codes != everything} == {}


@pytest.mark.parametrize("town", TOWNS)
def test_every_text_says_what_the_german_one_says_and_fits(town):
    services = _services(town)
    for language, code, words in texts(town):
        wanted = {"name", "summary", "fees"} if services[code].fees else {"name", "summary"}
        assert set(words) == wanted, (language, code)
        assert all(text.strip() for text in words.values()), (language, code)
        assert len(words["name"]) <= 200, (language, code)
        assert len(words["summary"]) <= 400, (language, code)
        assert words["summary"] != services[code].summary, (language, code)
        assert re.findall(r"\d+", services[code].fees) == re.findall(r"\d+", words.get("fees", ""))


@pytest.mark.parametrize("town", TOWNS)
def test_numbers_stay_what_they_are(town):
    """Ages, levels and the three free times: a number in the German summary stands in every other one."""
    services = _services(town)
    for language, code, words in texts(town):
        german = set(re.findall(r"\d+", services[code].summary))
        assert german <= set(re.findall(r"\d+", words["summary"])), (language, code)


@pytest.mark.parametrize("town", TOWNS)
def test_every_paper_to_bring_has_a_name_in_every_language(town):
    asked = {one.document.lower() for service in _services(town).values() for one in service.documents}
    assert asked - documents().keys() == set()


@pytest.mark.parametrize("town", TOWNS)
def test_arabic_is_written_without_marks(town):
    arabic = [" ".join(words.values()) for language, _code, words in texts(town) if language == "ar"]
    assert [text for text in arabic if SHORT_VOWELS_AND_DOUBLING.search(text)] == []


def _needed(entry, services, providers):
    return entry.code in (services if isinstance(entry, d.ServiceData) else providers)


@pytest.mark.django_db
def test_the_texts_are_there_with_their_services(actor_with, monkeypatch):
    wanted = {"krankenkasse", "faire-arbeit"}
    providers = {_services()[code].organization for code in wanted}
    few = [one for one in entries("leipzig", keeper="wzl") if _needed(one, wanted, providers)]
    monkeypatch.setattr(loading, "entries", lambda town, *, keeper: iter(few))
    unit = UnitFactory(code="wzl")

    load_directory(actor_with(Permission.DIRECTORY_EDIT, unit=unit), unit.pk, town="leipzig", keeper="wzl")

    found = ServiceText.objects.filter(language="bg", state="approved")
    assert set(found.values_list("service__code", flat=True)) == wanted
    assert all(one.made_for == one.service.german_digest for one in found)
    assert ServiceText.objects.count() == len(wanted) * len(LANGUAGES)
