import pytest

from stafette.kernel.errors import BadInput, NotAllowed, RuleBroken
from stafette.kernel.scope import acting
from stafette.kernel.testing import as_owner
from stafette.outbox.models import Note
from stafette.people.tests.factories import HouseholdFactory, HouseholdMemberFactory, PersonFactory
from stafette.rights import access
from stafette.rights.commands import (
    answer_nothing_held,
    answer_request,
    begin_request,
    identify_request,
    pass_on_request,
)
from stafette.rights.models import SubjectRequest
from stafette.rights.tests.scenes import again, content_of, passing_of


def test_the_other_unit_gets_a_request_of_its_own_with_what_the_person_gave(story):
    sent, arrived = story.passed_on()
    assert sent.state == "passed_on"
    assert (arrived.channel, arrived.kind, arrived.person_id) == ("passed_on", "access", None)
    assert arrived.number != sent.number
    assert arrived.counts_from == sent.counts_from
    content = content_of(arrived)
    assert content.asker == story.town.mother.full_name
    assert (content.contact, content.wish) == ("0170 1234567", "Alles über mich")


def test_somebody_there_holds_it_and_is_told_a_number_only(story):
    sent, arrived = story.passed_on()
    assert arrived.responsible_user_id == story.town.worker.id
    with as_owner():
        note = Note.objects.get(user=story.town.worker.id)
    assert (note.kind, note.reference) == ("subject_request_arrived", arrived.number)


def test_the_sender_sees_two_days_and_never_whether_anything_is_there(story):
    """The worlds differ in what the receiver holds: what the sender can see is the same in both."""
    seen = []
    for holds in (False, True):
        sent, arrived = story.passed_on() if not holds else _second(story)
        worker = story.town.worker
        person = PersonFactory(unit=story.town.outreach) if holds else None
        if person is not None:
            HouseholdMemberFactory(household=HouseholdFactory(unit=story.town.outreach), person=person)
        begin_request(actor=worker, request_id=arrived.pk)
        identify_request(
            actor=worker, request_id=arrived.pk, identity="document", person_id=person.pk if person else None
        )
        if holds:
            answer_request(actor=worker, request_id=arrived.pk, answer="full")
        else:
            answer_nothing_held(actor=worker, request_id=arrived.pk)
        with acting(story.clerk):
            assert not access.visible_to(story.clerk).filter(unit=story.town.outreach).exists()
            passing = access.passings_visible_to(story.clerk).get(request=sent.pk)
        seen.append((passing.received_on, passing.answered_on, passing.to_unit_id, again(sent).answer))
    assert seen[0] == seen[1]
    assert seen[0][1] is not None


def _second(story):
    request = story.received()
    pass_on_request(actor=story.clerk, request_id=request.pk, unit_ids=[story.town.outreach.pk])
    with as_owner():
        arrived = SubjectRequest.objects.get(came_as=passing_of(request).pk)
    return request, arrived


def test_one_request_for_several_units_and_the_own_one(story):
    request = story.received()
    units = [story.town.outreach.pk, story.town.school.pk]
    pass_on_request(actor=story.clerk, request_id=request.pk, unit_ids=units, stays=True)
    assert again(request).is_open
    with as_owner():
        assert SubjectRequest.objects.filter(came_from=story.town.clearing).count() == 2


def test_not_twice_to_the_same_unit(story):
    request = story.received()
    there = [story.town.outreach.pk]
    pass_on_request(actor=story.clerk, request_id=request.pk, unit_ids=there, stays=True)
    with pytest.raises(RuleBroken):
        pass_on_request(actor=story.clerk, request_id=request.pk, unit_ids=there)


def test_not_to_itself_to_nobody_or_nowhere(story):
    request = story.received()
    for units in ([story.town.clearing.pk], [], [request.pk]):
        with pytest.raises(BadInput):
            pass_on_request(actor=story.clerk, request_id=request.pk, unit_ids=units)


def test_only_who_answers_requests_passes_them_on(story):
    request = story.received()
    with pytest.raises(NotAllowed):
        pass_on_request(actor=story.town.worker, request_id=request.pk, unit_ids=[story.town.school.pk])


def test_a_unit_where_nobody_works_receives_nothing(story):
    request = story.received()
    with pytest.raises(RuleBroken, match="niemand"):
        pass_on_request(actor=story.clerk, request_id=request.pk, unit_ids=[story.town.coordination.pk])
    with as_owner():
        assert not SubjectRequest.objects.filter(came_from__isnull=False).exists()
