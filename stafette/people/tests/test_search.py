"""One search box finds a person by any spelling, and nobody of another unit."""

import pytest

from stafette.accounts.tests.factories import UnitFactory
from stafette.kernel.permissions import Permission
from stafette.kernel.scope import acting
from stafette.people.birthdates import BirthDate
from stafette.people.data import PersonData
from stafette.people.queries import find_persons, possible_duplicates, read_query
from stafette.people.tests.factories import PersonFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def unit():
    return UnitFactory()


@pytest.fixture
def clerk(actor_with, unit):
    return actor_with(Permission.PERSON_VIEW, unit=unit)


def found(actor, text):
    with acting(actor):
        return [match.id for match in find_persons(actor=actor, text=text)]


@pytest.fixture
def crowd(unit):
    names = [
        ("Ivan", "Petrov"),
        ("Maria", "Popescu"),
        ("Anna", "Kowalska"),
        ("Olena", "Shevchenko"),
        ("Ali", "Haddad"),
    ]
    return [
        PersonFactory(unit=unit, given_names=g, family_name=f, birth_year=1970 + i, birth_month=i + 5)
        for i, (g, f) in enumerate(names)
    ]


@pytest.mark.parametrize(
    "text",
    ["Yulia Georgieva", "georgieva yulia", "Georgieva, Yulia", "Юлия Георгиева", "Ûliâ Georgieva", "Iuliia Georgieva",
     "Julija Georgiewa", "Gheorghieva Iulia", "Georgieva 1.2.1985", "Georgieva 1985", "01.02.1985", "Y Georgieva",
     "Georgeva Yulia", "Gerogieva Yulia", "Yulia Georgieva 02.01.1985", "GEORGIEVA<<YULIA", "Georgieva",
     "Georgiev Yulia"],
)  # fmt: skip
def test_every_spelling_finds_her_first(clerk, unit, crowd, text):
    wanted = PersonFactory(unit=unit, given_names="Yulia", family_name="Georgieva")
    assert found(clerk, text)[:1] == [wanted.pk]


@pytest.mark.parametrize(
    "text", ["محمد الشمري", "Muhamad Alshammari", "Mohamed Al Schamari 5.5.1990", "Shammari"]
)
def test_arabic_script_and_guessed_vowels(clerk, unit, crowd, text):
    wanted = PersonFactory(unit=unit, given_names="Mohammed", family_name="Al-Shammari", original_script="الشمري, محمد",
                           birth_year=1990, birth_month=5, birth_day=5)  # fmt: skip
    assert wanted.pk in found(clerk, text)[:3]


@pytest.mark.parametrize("text", ["Ana Schmidt", "Müller Ana", "ana popa", "Ana-Maria Popa", "Попа Ана"])
def test_former_names_and_original_spelling_count(clerk, unit, crowd, text):
    wanted = PersonFactory(
        unit=unit, given_names="Ana Maria", family_name="Popa", former_names="Schmidt; Müller"
    )
    assert found(clerk, text)[:1] == [wanted.pk]


def test_machine_readable_zone_is_a_search(clerk, unit, crowd):
    zone = "P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<\nL898902C36UTO7408122F1204159ZE184226B<<<<<10"
    wanted = PersonFactory(unit=unit, given_names="Anna Maria", family_name="Eriksson", birth_year=1974, birth_month=8,
                           birth_day=12)  # fmt: skip
    assert found(clerk, zone)[:1] == [wanted.pk]


def test_no_hit_equals_no_access(clerk, crowd):
    PersonFactory(given_names="Yulia", family_name="Georgieva")  # in another unit
    assert found(clerk, "Yulia Georgieva 01.02.1985") == found(clerk, "Zzyzx Qwertz 01.02.1903") == []


def test_units_claimed_in_the_program_open_nothing_in_the_database(clerk, actor_with):
    stranger = PersonFactory(given_names="Yulia", family_name="Georgieva")
    liar = actor_with(Permission.PERSON_VIEW, unit=stranger.unit)
    with acting(clerk):
        assert find_persons(actor=liar, text="Yulia Georgieva") == []


@pytest.mark.parametrize("text", ["", "   ", "-", "1985", "31.02.1985", "%", "'; drop table"])
def test_odd_texts_do_no_harm(clerk, crowd, text):
    assert isinstance(found(clerk, text), list)


def test_father_and_daughter_are_offered_as_variant(clerk, unit):
    father = PersonFactory(unit=unit, given_names="Georgi", family_name="Ivanov")
    with acting(clerk):
        (match,) = possible_duplicates(
            actor=clerk,
            unit=unit.pk,
            person=PersonData(given_names="Georgi", family_name="Ivanova", birth=BirthDate(1985, 2, 1)),
        )
    assert match.id == father.pk
    assert "mögliche Namensvariante" in match.reasons


def test_duplicates_name_what_is_swapped(clerk, unit):
    PersonFactory(unit=unit, given_names="Maria", family_name="Popa")
    with acting(clerk):
        (match,) = possible_duplicates(
            actor=clerk,
            unit=unit.pk,
            person=PersonData(given_names="Maria", family_name="Popa", birth=BirthDate(1985, 1, 2)),
        )
    assert match.reasons == ("gleicher Name", "Tag und Monat der Geburt vertauscht")


def test_clearly_different_people_are_no_duplicates(clerk, unit, crowd):
    with acting(clerk):
        assert not possible_duplicates(
            actor=clerk,
            unit=unit.pk,
            person=PersonData(given_names="Zoltán", family_name="Nagy", birth=BirthDate(1985, 2, 1)),
        )


def test_merged_person_is_found_by_its_own_name_as_the_kept_one(clerk, unit):
    kept = PersonFactory(unit=unit, given_names="Yulia", family_name="Georgieva")
    PersonFactory(unit=unit, given_names="Julia", family_name="Hoffmann", merged_into=kept)
    assert found(clerk, "Julia Hoffmann") == [kept.pk]


def test_read_query_finds_the_date_anywhere():
    assert read_query("1.2.85 Georgieva").birth == BirthDate(1985, 2, 1)
    assert read_query("Georgieva 1985-02-01 Maria").names[0].family.split() == ["Georgieva", "Maria"]
    assert read_query("Georgieva, Maria 1985").birth == BirthDate(1985)
