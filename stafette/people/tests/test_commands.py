"""Persons and households: taken in, corrected, locked; never across units, never silently."""

from datetime import date

import pytest

from stafette.accounts.tests.factories import UnitFactory
from stafette.audit.models import Event
from stafette.kernel.errors import BadInput, NotAllowed, RuleBroken
from stafette.kernel.permissions import Permission
from stafette.kernel.scope import acting
from stafette.kernel.testing import as_owner
from stafette.people import commands
from stafette.people.birthdates import BirthDate
from stafette.people.data import AddressData, PersonData
from stafette.people.models import Household, HouseholdMember, Person, PersonChange
from stafette.people.tests.factories import HouseholdFactory, HouseholdMemberFactory, PersonFactory

pytestmark = pytest.mark.django_db
DAY = date(2026, 11, 2)
IVANOVA = PersonData(
    given_names="Yulia",
    family_name="Ivanova",
    original_script="Иванова, Юлия",
    birth=BirthDate(1985),
    nationalities=("125", "154"),
    languages=(("bg", "mother"), ("de", "A1")),
    relation="head",
)
ADDRESS = AddressData("Musterstraße", "5", "06667", "Musterstadt", "Neustadt")


@pytest.fixture
def unit():
    return UnitFactory()


@pytest.fixture
def clerk(actor_with, unit):
    return actor_with(Permission.PERSON_VIEW, Permission.PERSON_EDIT, Permission.PERSON_MERGE, unit=unit)


def test_create_household_takes_all_in_at_once_and_is_recorded(clerk, unit):
    child = PersonData(given_names="Ivo", family_name="Ivanov", birth=BirthDate(2018, 3, 1), relation="child")

    household = commands.create_household(
        actor=clerk, unit=unit.pk, members=[IVANOVA, child], address=ADDRESS, source="person", source_date=DAY
    )

    with acting(clerk):
        assert household.label == "Ivanova / Ivanov"
        assert [m.person.birth for m in household.members.order_by("person__birth_year")] == [
            BirthDate(1985),
            BirthDate(2018, 3, 1),
        ]
        assert Person.objects.get(family_name="Ivanova").languages.count() == 2
        event = Event.objects.get(subject_id=household.pk)
        assert (event.kind, event.about_id, len(event.details["persons"])) == (
            "household.created",
            household.pk,
            2,
        )
        assert "Ivanova" not in str(event.details)


def test_create_household_needs_the_permission_in_that_unit(clerk):
    with pytest.raises(NotAllowed):
        commands.create_household(
            actor=clerk,
            unit=UnitFactory().pk,
            members=[IVANOVA],
            address=None,
            source="person",
            source_date=DAY,
        )


@pytest.mark.parametrize(
    "members", [[], [PersonData()], [PersonData(given_names="Ana", nationalities=("777",))]]
)
def test_create_household_refuses_what_is_no_person_and_writes_nothing(clerk, unit, members):
    with pytest.raises(BadInput):
        commands.create_household(
            actor=clerk, unit=unit.pk, members=members, address=None, source="person", source_date=DAY
        )
    with as_owner():
        assert not Household.objects.exists() and not Person.objects.exists()


def test_create_person_cleans_the_name_and_works_out_its_keys(clerk, unit):
    data = PersonData(given_names="  S\u0326tefan ", family_name="Țăranu", birth=BirthDate(1990, 1, 2))

    person = commands.create_person(actor=clerk, unit=unit.pk, data=data, source="document", source_date=DAY)

    assert person.given_names == "Ștefan"
    assert person.sort_name == "taranu stefan"
    assert len(person.search_keys) > 10


def test_change_person_keeps_old_value_source_and_date(clerk, unit):
    person = commands.create_person(actor=clerk, unit=unit.pk, data=IVANOVA, source="person", source_date=DAY)
    better = PersonData(**{**vars(IVANOVA), "birth": BirthDate(1985, 2, 1), "family_name": "Ivanova-Popa"})
    before = list(person.search_keys)

    commands.change_person(
        actor=clerk, person_id=person.pk, data=better, source="document", source_date=date(2026, 11, 3)
    )

    with acting(clerk):
        changes = {c.field: (c.old, c.new, c.source, c.source_date) for c in PersonChange.objects.all()}
        assert changes == {
            "birth": ("00.00.1985", "01.02.1985", "document", date(2026, 11, 3)),
            "family_name": ("Ivanova", "Ivanova-Popa", "document", date(2026, 11, 3)),
        }
        assert Person.objects.get().search_keys != before
        event = Event.objects.get(kind="person.changed")
        assert event.details == {"fields": ["birth", "family_name"], "source": "document"}


def test_change_person_of_another_unit_is_not_there(clerk):
    stranger = PersonFactory()
    with pytest.raises(Person.DoesNotExist):
        commands.change_person(
            actor=clerk, person_id=stranger.pk, data=IVANOVA, source="person", source_date=DAY
        )


def test_lock_of_one_member_hides_the_address_of_all(clerk, unit):
    locked = PersonData(given_names="Ana", family_name="Popa", address_locked=True)

    household = commands.create_household(
        actor=clerk,
        unit=unit.pk,
        members=[IVANOVA, locked],
        address=ADDRESS,
        source="register",
        source_date=DAY,
    )

    assert household.shown_address is None


def test_lock_follows_the_person_and_outlives_a_move(clerk, unit):
    household = HouseholdFactory(unit=unit)
    person = PersonFactory(unit=unit, address_locked=True)
    assert household.shown_address is not None

    commands.add_member(actor=clerk, household_id=household.pk, person_id=person.pk, from_on=DAY)
    moved = commands.move_household(
        actor=clerk, household_id=household.pk, address=ADDRESS, source="register", source_date=DAY
    )

    assert moved.shown_address is None


def test_lifting_one_lock_keeps_that_of_another_member(clerk, unit):
    household = HouseholdFactory(unit=unit)
    first = HouseholdMemberFactory(household=household, person__unit=unit).person
    second = HouseholdMemberFactory(household=household, person__unit=unit).person
    for person in (first, second):
        commands.lock_address(actor=clerk, person_id=person.pk, locked=True)

    commands.lock_address(actor=clerk, person_id=first.pk, locked=False)
    with acting(clerk):
        assert Household.objects.get().address_locked
    commands.lock_address(actor=clerk, person_id=second.pk, locked=False)
    with acting(clerk):
        assert not Household.objects.get().address_locked


def test_change_person_cannot_lift_a_lock(clerk, unit):
    person = PersonFactory(unit=unit, address_locked=True)
    data = PersonData(given_names="Maria", family_name="Neu")
    commands.change_person(actor=clerk, person_id=person.pk, data=data, source="person", source_date=DAY)
    with acting(clerk):
        assert Person.objects.get(pk=person.pk).address_locked


def test_member_of_another_unit_cannot_join(clerk, unit):
    household = HouseholdFactory(unit=unit)
    with pytest.raises(BadInput):
        commands.add_member(actor=clerk, household_id=household.pk, person_id=PersonFactory().pk, from_on=DAY)


def test_nobody_joins_twice_or_leaves_before_coming(clerk, unit):
    member = HouseholdMemberFactory(household__unit=unit)
    with pytest.raises(RuleBroken):
        commands.add_member(
            actor=clerk, household_id=member.household_id, person_id=member.person_id, from_on=DAY
        )
    with pytest.raises(BadInput):
        commands.end_membership(actor=clerk, member_id=member.pk, until_on=date(2020, 1, 1))


def test_who_left_may_come_back(clerk, unit):
    member = HouseholdMemberFactory(household__unit=unit)
    commands.end_membership(actor=clerk, member_id=member.pk, until_on=DAY)
    commands.add_member(
        actor=clerk, household_id=member.household_id, person_id=member.person_id, from_on=DAY
    )
    with acting(clerk):
        assert HouseholdMember.objects.count() == 2


def test_other_units_see_no_row_of_this_room(clerk, actor_with):
    HouseholdMemberFactory()
    other = actor_with(Permission.PERSON_VIEW, Permission.PERSON_EDIT, unit=UnitFactory())
    with acting(other):
        for model in (Person, Household, HouseholdMember):
            assert not model.objects.exists()
    with acting(actor_with(Permission.EVENT_VIEW, unit=UnitFactory())):
        assert not Person.objects.exists()
