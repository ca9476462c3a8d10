import pytest

from stafette.audit.models import Event
from stafette.kernel.errors import BadInput, NotAllowed, RuleBroken
from stafette.kernel.scope import acting
from stafette.kernel.testing import as_owner
from stafette.outbox.models import Note
from stafette.people.models import HouseholdMember, Person, PersonChange
from stafette.rights import access, queries
from stafette.rights.commands import (
    correct_by_request,
    end_contested,
    leave_proposal,
    mark_contested,
    take_proposal,
)
from stafette.rights.models import CorrectionProposal, DisputedField
from stafette.rights.tests.scenes import accepted_referral, again


def person(pk):
    with as_owner():
        return Person.objects.get(pk=pk)


def test_the_old_value_stays_with_source_and_day(story):
    old, request = story.town.mother.family_name, story.begun("correction")
    correct_by_request(actor=story.clerk, request_id=request.pk, field="family_name", value="Neumann")
    assert person(story.town.mother.pk).family_name == "Neumann"
    with as_owner():
        change = PersonChange.objects.get(person=story.town.mother.pk)
        event = Event.objects.get(kind="request.corrected")
    assert (change.old, change.new, change.source) == (old, "Neumann", "person")
    assert (again(request).state, again(request).answer) == ("answered", "corrected")
    assert "Neumann" not in str(event.details)


def test_a_birth_date_is_read_as_people_write_it(story):
    request = story.begun("correction")
    correct_by_request(actor=story.clerk, request_id=request.pk, field="birth", value="3.4.1986")
    assert str(person(story.town.mother.pk).birth) == "03.04.1986"


@pytest.mark.parametrize(
    ("field", "value"), [("birth", "gestern"), ("unit", "x"), ("family_name", "Same")], ids=str
)
def test_what_is_no_correction_is_refused_and_changes_nothing(story, field, value):
    value = story.town.mother.family_name if value == "Same" else value
    request = story.begun("correction")
    with pytest.raises(BadInput):
        correct_by_request(actor=story.clerk, request_id=request.pk, field=field, value=value)
    assert again(request).is_open


def test_no_correction_on_another_kind_or_before_somebody_began(story):
    for request in (story.begun("access"), story.received("correction")):
        with pytest.raises(RuleBroken):
            correct_by_request(actor=story.clerk, request_id=request.pk, field="family_name", value="Neu")


def test_the_receiver_gets_a_proposal_and_nobody_else(story):
    accepted_referral(story)
    request = story.begun("correction", person_id=story.town.child.pk)
    correct_by_request(actor=story.clerk, request_id=request.pk, field="given_names", value="Ivan")
    with as_owner():
        proposal = CorrectionProposal.objects.get()
        there = Person.objects.get(unit=story.town.school)
        assert Note.objects.filter(kind="correction_proposed", user=story.town.teacher.id).exists()
    assert (proposal.old, proposal.new, proposal.to_unit_id) == ("Ivo", "Ivan", story.town.school.pk)
    assert there.given_names == "Ivo", "nothing changes in another unit's books by itself"
    for stranger in (story.clerk, story.town.worker):
        with acting(stranger):
            assert not access.proposals_visible_to(stranger).exists()


def test_who_was_not_in_the_envelope_is_proposed_to_nobody(story):
    accepted_referral(story)
    request = story.begun("correction")  # the mother did not travel
    correct_by_request(actor=story.clerk, request_id=request.pk, field="given_names", value="Marija")
    with as_owner():
        assert not CorrectionProposal.objects.exists()


def test_a_fact_that_did_not_travel_is_proposed_to_nobody(story):
    accepted_referral(story)
    request = story.begun("correction", person_id=story.town.child.pk)
    correct_by_request(actor=story.clerk, request_id=request.pk, field="contact_value", value="0171 1")
    with as_owner():
        assert not CorrectionProposal.objects.exists()


def proposed(story):
    accepted_referral(story)
    request = story.begun("correction", person_id=story.town.child.pk)
    correct_by_request(actor=story.clerk, request_id=request.pk, field="given_names", value="Ivan")
    with as_owner():
        return CorrectionProposal.objects.get()


def test_the_receiver_takes_it_over_with_its_source(story):
    proposal = proposed(story)
    with as_owner():
        there = HouseholdMember.objects.get(unit=story.town.school).person
    with acting(story.town.teacher):
        card = queries.proposal_card(
            actor=story.town.teacher,
            proposal=CorrectionProposal.objects.select_related("referral").get(pk=proposal.pk),
        )
    assert card.likely == str(there.pk)
    take_proposal(actor=story.town.teacher, proposal_id=proposal.pk, person_id=there.pk)
    assert person(there.pk).given_names == "Ivan"
    with as_owner():
        assert PersonChange.objects.get(person=there).source == "referral"
        proposal.refresh_from_db()
    assert (proposal.state, proposal.old, proposal.new, proposal.who) == ("taken", "", "", "")


def test_the_receiver_keeps_its_own_value(story):
    proposal = proposed(story)
    leave_proposal(actor=story.town.teacher, proposal_id=proposal.pk)
    with as_owner():
        proposal.refresh_from_db()
        assert Person.objects.get(unit=story.town.school).given_names == "Ivo"
    assert (proposal.state, proposal.new) == ("left", "")
    with pytest.raises(RuleBroken):
        leave_proposal(actor=story.town.teacher, proposal_id=proposal.pk)


def test_nobody_else_decides_and_no_stranger_is_changed(story):
    proposal = proposed(story)
    with pytest.raises(NotAllowed):
        leave_proposal(actor=story.clerk, proposal_id=proposal.pk)
    with pytest.raises(BadInput):
        take_proposal(actor=story.town.teacher, proposal_id=proposal.pk, person_id=story.town.mother.pk)


def test_a_contested_fact_keeps_its_value_and_gets_a_mark(story):
    request = story.begun("contested")
    before = person(story.town.mother.pk)
    mark_contested(actor=story.clerk, request_id=request.pk, fields=["birth", "family_name"])
    assert str(person(before.pk).birth) == str(before.birth)
    assert again(request).answer == "marked"
    with acting(story.clerk):
        marks = queries.disputed_of(actor=story.clerk, person_ids=[before.pk])[before.pk].values()
    assert any(word == "Geburtsdatum" and said.startswith("bestritten seit ") for word, said in marks)


def test_a_correction_ends_the_mark(story):
    request = story.begun("contested")
    mark_contested(actor=story.clerk, request_id=request.pk, fields=["family_name"])
    second = story.begun("correction")
    correct_by_request(actor=story.clerk, request_id=second.pk, field="family_name", value="Neumann")
    with as_owner():
        assert DisputedField.objects.get().until_on is not None


def test_a_mark_ends_once(story):
    request = story.begun("contested")
    mark_contested(actor=story.clerk, request_id=request.pk, fields=["sex"])
    with as_owner():
        mark = DisputedField.objects.get()
    end_contested(actor=story.clerk, mark_id=mark.pk)
    with pytest.raises(RuleBroken):
        end_contested(actor=story.clerk, mark_id=mark.pk)


@pytest.mark.parametrize("fields", [[], ["password"]])
def test_only_known_facts_are_contested(story, fields):
    request = story.begun("contested")
    with pytest.raises(BadInput):
        mark_contested(actor=story.clerk, request_id=request.pk, fields=fields)
