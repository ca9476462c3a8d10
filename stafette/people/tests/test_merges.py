"""A human merges, every merge can be undone, nothing is lost in between."""

from datetime import date

import pytest
from django.forms.models import model_to_dict

from stafette.accounts.tests.factories import UnitFactory
from stafette.audit.models import Event
from stafette.kernel.errors import BadInput, MoveNotAllowed, NotAllowed, RuleBroken
from stafette.kernel.permissions import Permission
from stafette.kernel.scope import acting
from stafette.people import commands
from stafette.people.data import PersonData
from stafette.people.models import DuplicateProposal, Household, HouseholdMember, Person
from stafette.people.queries import open_proposals
from stafette.people.tests.factories import (
    HouseholdFactory,
    HouseholdMemberFactory,
    PersonFactory,
    PersonLanguageFactory,
)

pytestmark = pytest.mark.django_db
DAY = date(2026, 11, 2)


@pytest.fixture
def unit():
    return UnitFactory()


@pytest.fixture
def clerk(actor_with, unit):
    return actor_with(Permission.PERSON_VIEW, Permission.PERSON_EDIT, Permission.PERSON_MERGE, unit=unit)


@pytest.fixture
def pair(unit):
    kept = PersonFactory(unit=unit, given_names="Yulia", family_name="Georgieva", nationalities=["125"])
    dropped = PersonFactory(
        unit=unit,
        given_names="Iuliia",
        family_name="Gheorghieva",
        nationalities=["154"],
        contact_value="0176 1",
    )
    PersonLanguageFactory(person=kept, language="bg")
    PersonLanguageFactory(person=dropped, language="bg")
    PersonLanguageFactory(person=dropped, language="ro")
    return kept, dropped


def snapshot(actor):
    with acting(actor):
        persons = {str(p.pk): model_to_dict(p) for p in Person.objects.all()}
        members = sorted(
            (str(m.pk), str(m.person_id), str(m.household_id), m.relation, str(m.from_on), str(m.until_on))
            for m in HouseholdMember.objects.all()
        )
        languages = sorted(
            (str(r.person_id), r.language) for p in Person.objects.all() for r in p.languages.all()
        )
        return persons, members, languages


def test_merge_fills_what_was_missing_and_moves_what_belongs(clerk, pair):
    kept, dropped = pair
    home = HouseholdMemberFactory(household__unit=kept.unit, person=dropped)

    commands.merge_persons(actor=clerk, kept_id=kept.pk, dropped_id=dropped.pk)

    with acting(clerk):
        now = Person.objects.get(pk=kept.pk)
        assert (now.family_name, now.contact_value, now.nationalities) == (
            "Georgieva",
            "0176 1",
            ["125", "154"],
        )
        assert sorted(now.languages.values_list("language", flat=True)) == ["bg", "ro"]
        assert HouseholdMember.objects.get(pk=home.pk).person_id == kept.pk
        assert Person.objects.get(pk=dropped.pk).merged_into_id == kept.pk
        assert Event.objects.get(kind="person.merged").about_id == home.household_id


def test_undo_puts_everything_back_as_it_was(clerk, pair):
    kept, dropped = pair
    shared = HouseholdFactory(unit=kept.unit)
    HouseholdMemberFactory(household=shared, person=kept)
    HouseholdMemberFactory(household=shared, person=dropped, relation="partner")
    HouseholdMemberFactory(household__unit=kept.unit, person=dropped)
    before = snapshot(clerk)

    merge = commands.merge_persons(
        actor=clerk, kept_id=kept.pk, dropped_id=dropped.pk, take=("family_name", "birth")
    )
    assert snapshot(clerk) != before
    commands.undo_merge(actor=clerk, merge_id=merge.pk)

    assert snapshot(clerk) == before


def test_undo_keeps_what_was_corrected_after_the_merge(clerk, pair):
    kept, dropped = pair
    merge = commands.merge_persons(actor=clerk, kept_id=kept.pk, dropped_id=dropped.pk)
    data = PersonData(
        given_names="Yulia", family_name="Neu", contact_value="0999", nationalities=("125", "154")
    )
    commands.change_person(actor=clerk, person_id=kept.pk, data=data, source="person", source_date=DAY)

    commands.undo_merge(actor=clerk, merge_id=merge.pk)

    with acting(clerk):
        now = Person.objects.get(pk=kept.pk)
        assert (now.contact_value, now.nationalities, now.family_name) == ("0999", ["125"], "Neu")


def test_merge_is_undone_once_and_in_order(clerk, pair, unit):
    kept, dropped = pair
    first = commands.merge_persons(actor=clerk, kept_id=kept.pk, dropped_id=dropped.pk)
    third = PersonFactory(unit=unit)
    second = commands.merge_persons(actor=clerk, kept_id=third.pk, dropped_id=kept.pk)

    with pytest.raises(RuleBroken):
        commands.undo_merge(actor=clerk, merge_id=first.pk)
    commands.undo_merge(actor=clerk, merge_id=second.pk)
    commands.undo_merge(actor=clerk, merge_id=first.pk)
    with pytest.raises(RuleBroken):
        commands.undo_merge(actor=clerk, merge_id=first.pk)


def test_merge_carries_an_address_lock_along(clerk, pair):
    kept, dropped = pair
    commands.lock_address(actor=clerk, person_id=dropped.pk, locked=True)
    home = HouseholdMemberFactory(household__unit=kept.unit, person=kept)

    commands.merge_persons(actor=clerk, kept_id=kept.pk, dropped_id=dropped.pk)

    with acting(clerk):
        assert Household.objects.get(pk=home.household_id).shown_address is None


def test_merge_needs_permission_two_persons_and_one_unit(clerk, pair, actor_with, unit):
    kept, dropped = pair
    with pytest.raises(BadInput):
        commands.merge_persons(actor=clerk, kept_id=kept.pk, dropped_id=kept.pk)
    with pytest.raises(BadInput):
        commands.merge_persons(actor=clerk, kept_id=kept.pk, dropped_id=PersonFactory().pk)
    reader = actor_with(Permission.PERSON_VIEW, Permission.PERSON_EDIT, unit=unit)
    with pytest.raises(NotAllowed):
        commands.merge_persons(actor=reader, kept_id=kept.pk, dropped_id=dropped.pk)


def test_proposals_are_made_once_dismissed_for_good_and_closed_by_a_merge(clerk, unit, pair):
    kept, dropped = pair
    assert commands.propose_duplicates(actor=clerk, unit=unit.pk) == 1
    assert commands.propose_duplicates(actor=clerk, unit=unit.pk) == 0
    with acting(clerk):
        (proposal,) = open_proposals(actor=clerk)
    commands.dismiss_proposal(actor=clerk, proposal_id=proposal.pk)
    assert commands.propose_duplicates(actor=clerk, unit=unit.pk) == 0
    with pytest.raises(MoveNotAllowed):
        commands.dismiss_proposal(actor=clerk, proposal_id=proposal.pk)

    merge = commands.merge_persons(actor=clerk, kept_id=kept.pk, dropped_id=dropped.pk)
    with acting(clerk):
        assert DuplicateProposal.objects.get().state == "merged"
    commands.undo_merge(actor=clerk, merge_id=merge.pk)
    with acting(clerk):
        assert DuplicateProposal.objects.get().state == "open"


def test_other_unit_sees_no_proposal(clerk, unit, pair, actor_with):
    commands.propose_duplicates(actor=clerk, unit=unit.pk)
    other = actor_with(Permission.PERSON_VIEW, Permission.PERSON_MERGE, unit=UnitFactory())
    with acting(other):
        assert not open_proposals(actor=other).exists()
