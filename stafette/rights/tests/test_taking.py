from datetime import date

import pytest

from stafette.audit.models import Event
from stafette.kernel.errors import BadInput, NotAllowed, RuleBroken
from stafette.kernel.scope import acting
from stafette.kernel.testing import as_owner
from stafette.people.tests.factories import PersonFactory
from stafette.rights import access, clock, rules
from stafette.rights.commands import (
    answer_nothing_held,
    answer_request,
    begin_request,
    extend_request,
    give_request,
    identify_request,
    refuse_request,
    withdraw_request,
)
from stafette.rights.models import SubjectRequest
from stafette.rights.rules import rights_rules
from stafette.rights.tests.scenes import again, content_of, days_ago, watcher

State = SubjectRequest.State


@pytest.mark.parametrize(
    ("asked", "due"),
    [
        (date(2026, 1, 31), date(2026, 3, 2)),  # 28 February is a Saturday
        (date(2026, 11, 12), date(2026, 12, 14)),  # 12 December is a Saturday
        (date(2026, 11, 17), date(2026, 12, 17)),
        (date(2026, 3, 3), date(2026, 4, 7)),  # 3 April is Good Friday, then Easter
    ],
)
def test_the_month_ends_by_the_rules_of_the_civil_code(story, asked, due):
    found = clock.answer_due(asked, unit=story.town.clearing)
    assert found.due_on == due
    assert "Art. 12 Abs. 3 Satz 1 DSGVO" in found.explanation


def test_the_extension_counts_three_months_from_the_first_day(story):
    assert clock.extended_due(date(2026, 11, 17), unit=story.town.clearing).due_on == date(2027, 2, 17)


def test_a_request_is_kept_with_its_clock_and_recorded_without_a_name(story):
    request = story.received(wish="Was wissen Sie über mich?")
    assert request.state == State.RECEIVED
    assert request.household_id == story.town.household.pk
    assert request.due_on == clock.answer_due(request.received_on, unit=story.town.clearing).due_on
    assert request.next_on < request.due_on
    assert content_of(request).wish == "Was wissen Sie über mich?"
    with as_owner():
        event = Event.objects.get(kind="request.received", subject_id=request.pk)
    assert event.about_id == story.town.household.pk
    assert story.town.mother.family_name not in str(event.details)


def test_a_second_click_makes_no_second_request(story):
    first = story.received()
    assert story.received(key=first.pk).pk == first.pk


def test_the_clock_runs_from_the_day_it_came_not_from_the_day_it_was_typed(story):
    request = story.received(received_on=days_ago(20))
    assert request.counts_from == days_ago(20)
    assert request.next_on <= request.due_on


@pytest.mark.parametrize(
    "wrong",
    [
        {"kind": "everything"},
        {"channel": "passed_on"},
        {"identity": "felt"},
        {"received_on": days_ago(-1)},
        {"person_id": None, "asker": " "},
    ],
    ids=lambda wrong: "+".join(wrong),
)
def test_what_cannot_be_is_refused(story, wrong):
    with pytest.raises(BadInput):
        story.received(**wrong)


def test_another_units_person_is_nobody_here(story):
    stranger = PersonFactory(unit=story.town.outreach)
    with pytest.raises(BadInput):
        story.received(person_id=stranger.pk)


def test_another_unit_takes_in_nothing_here_and_sees_nothing(story):
    request = story.received()
    with pytest.raises(NotAllowed):
        story.received(unit_id=story.town.outreach.pk)
    with acting(story.town.worker):
        assert not access.visible_to(story.town.worker).exists()
    with pytest.raises(NotAllowed):
        begin_request(actor=story.town.worker, request_id=request.pk)


def test_who_watches_the_clock_sees_no_word_of_the_person(story):
    request, officer = story.received(wish="Geheim"), watcher(story.town.clearing)
    with acting(officer):
        assert access.visible_to(officer).get().pk == request.pk
        assert not access.contents_visible_to(officer).exists()
    with pytest.raises(NotAllowed):
        begin_request(actor=officer, request_id=request.pk)


def test_who_begins_holds_it_until_the_end_of_the_period(story):
    request = story.begun()
    assert (request.state, request.next_on) == (State.IN_WORK, request.due_on)
    assert request.remind_on < request.next_on < request.escalate_on
    with pytest.raises(RuleBroken):
        begin_request(actor=story.clerk, request_id=request.pk)


def test_a_form_of_an_older_version_is_refused(story):
    request = story.received()
    begin_request(actor=story.clerk, request_id=request.pk)
    with pytest.raises(RuleBroken):
        withdraw_request(actor=story.clerk, request_id=request.pk, version=request.version)


def test_identity_first_then_the_answer(story):
    request = story.unknown()
    begin_request(actor=story.clerk, request_id=request.pk)
    with pytest.raises(RuleBroken, match="Prüfen Sie zuerst"):
        answer_request(actor=story.clerk, request_id=request.pk, answer="full")
    identify_request(actor=story.clerk, request_id=request.pk, identity="document")
    with pytest.raises(RuleBroken, match="Ordnen Sie"):
        answer_request(actor=story.clerk, request_id=request.pk, answer="full")
    mother = story.town.mother.pk
    identify_request(actor=story.clerk, request_id=request.pk, identity="document", person_id=mother)
    answer_request(actor=story.clerk, request_id=request.pk, answer="full")
    assert again(request).state == State.ANSWERED


def test_who_holds_nothing_says_so(story):
    request = story.unknown(identity="document")
    begin_request(actor=story.clerk, request_id=request.pk)
    answer_nothing_held(actor=story.clerk, request_id=request.pk)
    assert again(request).answer == "nothing"


def test_who_holds_something_cannot_say_that_there_is_nothing(story):
    request = story.begun()
    with pytest.raises(RuleBroken):
        answer_nothing_held(actor=story.clerk, request_id=request.pk)


def test_an_answer_in_part_needs_its_reason(story):
    request = story.begun()
    with pytest.raises(BadInput):
        answer_request(actor=story.clerk, request_id=request.pk, answer="partly")
    answer_request(actor=story.clerk, request_id=request.pk, answer="partly", reason="third_interest")
    assert again(request).reason == "third_interest"


def test_an_answer_that_changes_the_books_is_not_given_by_hand(story):
    request = story.begun("erasure")
    with pytest.raises(BadInput):
        answer_request(actor=story.clerk, request_id=request.pk, answer="erased")


@pytest.mark.parametrize(
    "kind", SubjectRequest._meta.get_field("kind").choices, ids=lambda pair: str(pair[0])
)
def test_every_kind_can_be_refused_for_each_of_its_reasons_only(story, kind):
    fitting = {one.code for one in rules.refusals(kind[0])}
    assert "unfounded" in fitting
    for one in rights_rules().reasons:
        request = story.begun(kind[0])
        if one.code in fitting:
            refuse_request(actor=story.clerk, request_id=request.pk, reason=one.code)
            assert again(request).state == State.REFUSED
        else:
            with pytest.raises(BadInput):
                refuse_request(actor=story.clerk, request_id=request.pk, reason=one.code)


def test_nothing_is_refused_before_somebody_began(story):
    request = story.received()
    with pytest.raises(RuleBroken):
        refuse_request(actor=story.clerk, request_id=request.pk, reason="unfounded")


def test_extended_once_told_within_the_first_month(story):
    request = story.begun(received_on=days_ago(10))
    first = request.due_on
    extend_request(actor=story.clerk, request_id=request.pk, reason="complex", told_on=days_ago(0))
    request = again(request)
    assert (request.first_due_on, request.next_on) == (first, request.due_on)
    assert request.due_on > first
    with pytest.raises(RuleBroken):
        extend_request(actor=story.clerk, request_id=request.pk, reason="many", told_on=days_ago(0))


def test_told_too_late_is_no_extension(story):
    request = story.begun(received_on=days_ago(60))
    with pytest.raises(RuleBroken, match="erfahren hat"):
        extend_request(actor=story.clerk, request_id=request.pk, reason="complex", told_on=days_ago(0))


@pytest.mark.parametrize("wrong", [{"reason": "lazy"}, {"told_on": days_ago(-1)}, {"told_on": days_ago(30)}])
def test_an_extension_without_reason_or_day_is_refused(story, wrong):
    request = story.begun(received_on=days_ago(5))
    values = {"reason": "complex", "told_on": days_ago(0)} | wrong
    with pytest.raises(BadInput):
        extend_request(actor=story.clerk, request_id=request.pk, **values)


def test_withdrawn_is_over(story):
    request = story.received()
    withdraw_request(actor=story.clerk, request_id=request.pk)
    assert not again(request).is_open
    with pytest.raises(RuleBroken):
        withdraw_request(actor=story.clerk, request_id=request.pk)


def test_given_to_a_colleague_of_the_unit_only(story):
    request = story.received()
    with pytest.raises(BadInput):
        give_request(actor=story.clerk, request_id=request.pk, user_id=story.town.worker.id)
    give_request(actor=story.clerk, request_id=request.pk, user_id=story.clerk.id)
    assert again(request).responsible_user_id == story.clerk.id
