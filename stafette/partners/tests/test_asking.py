"""From the question to the sent mail: rule, consent, exactly what travels, and what proves it."""

from datetime import date

import pytest

from stafette.audit.models import Event
from stafette.config.wiring import connect
from stafette.kernel.errors import BadInput, NotAllowed, RuleBroken
from stafette.kernel.permissions import Permission
from stafette.kernel.scope import acting
from stafette.kernel.testing import as_owner
from stafette.outbox.models import Message
from stafette.partners.commands import (
    answer_request,
    change_partner,
    close_request,
    end_partner,
    fill_request,
    give_up_request,
    leave_out,
    prepare_request,
    send_request,
    withdraw_request,
)
from stafette.partners.models import AnswerLink, PartnerContent, PartnerKind, PartnerRequest
from stafette.partners.questions import QUESTIONS, questions_for
from stafette.partners.tests.scenes import PartnerFactory, again, by_link, content_of, token_of
from stafette.people.tests.factories import HouseholdFactory, HouseholdMemberFactory, PersonFactory
from stafette.protection.commands import withdraw_consent
from stafette.protection.models import Disclosure
from stafette.protection.queries import running_rules

State = PartnerRequest.State


def test_the_school_team_asks_about_a_child_by_law_and_only_that_child_travels(story):
    request = story.prepared()
    content = content_of(request, story.teacher)
    assert (request.state, request.flow_rule, request.mode) == (State.DRAFT, "L04", "statute")
    (child,) = content.payload["persons"]
    assert set(child) == {"core"} and set(child["core"]) == {"given_names", "family_name", "birth"}
    assert content.person_count == 1
    assert "Elena" not in str(content.payload) and "Iwanowa" not in str(content.payload)
    assert set(content.payload) == {"version", "persons"}


def test_sending_posts_a_mail_with_number_and_link_and_proves_the_crossing(story):
    request = story.sent()
    with as_owner():
        message = Message.objects.get(reference=request.number)
        proof = Disclosure.objects.get(reference=request.number)
        link = AnswerLink.objects.get(request=request.pk)
    assert message.address == story.school.email
    said = message.subject + message.body
    assert request.number in said
    assert not {"Mila", "Petrowa", "Schule beginnt", "Kind"} & set(said.split())
    assert (proof.outsider_id, proof.outsider_name) == (story.school.pk, story.school.name)
    assert (proof.receiver_id, proof.categories, proof.person_count) == (None, ["core"], 1)
    token = token_of(request)
    assert token not in str(link.__dict__) and len(token) == 43
    assert request.answer_due_on == request.next_on
    assert request.responsible_user_id == story.teacher.id


def test_the_token_stands_nowhere_but_in_the_mail(story):
    request = story.sent()
    token = token_of(request)
    with as_owner():
        assert not [event for event in Event.objects.all() if token in str(event.details)]


def test_a_helping_unit_needs_consent_for_this_partner(story):
    request = story.drafted_by_consent()
    with acting(story.clerk):
        assert not PartnerContent.objects.filter(request=request.pk).exists()
    with pytest.raises(RuleBroken, match="Einwilligung"):
        send_request(actor=story.clerk, request_id=request.pk)
    with pytest.raises(RuleBroken, match="Einwilligung"):
        fill_request(actor=story.clerk, request_id=request.pk)
    story.consented(partner=story.school)
    with pytest.raises(RuleBroken, match="Einwilligung"):
        fill_request(actor=story.clerk, request_id=request.pk)
    story.consented()
    fill_request(actor=story.clerk, request_id=request.pk)
    assert send_request(actor=story.clerk, request_id=request.pk).state == State.SENT
    with as_owner():
        assert Disclosure.objects.get(reference=request.number).consent_id is not None


def test_what_nobody_agreed_to_can_be_left_out(story):
    request = story.drafted_by_consent()
    story.consented(categories=["core"])
    leave_out(actor=story.clerk, request_id=request.pk)
    assert again(request).categories == ["core"]
    assert "contact" not in str(content_of(request, story.clerk).payload)


def test_only_what_is_really_in_it_counts_as_passed_on(story):
    """The child has no telephone: agreed to or not, no contact travels and none is proven."""
    request = story.drafted_by_consent()
    story.consented()
    fill_request(actor=story.clerk, request_id=request.pk)
    send_request(actor=story.clerk, request_id=request.pk)
    with as_owner():
        proof = Disclosure.objects.get(reference=request.number)
    payload = content_of(request, story.clerk).payload
    held = {key for one in payload["persons"] for key in one} | set(payload)
    assert set(proof.categories) == held - {"version", "persons"} == set(again(request).categories)


def test_leaving_everything_out_asks_nothing(story):
    request = story.drafted_by_consent()
    with pytest.raises(RuleBroken, match="nichts übrig"):
        leave_out(actor=story.clerk, request_id=request.pk)


def test_a_consent_withdrawn_before_sending_blocks_it(story):
    connect()
    request = story.drafted_by_consent()
    consent = story.consented()
    fill_request(actor=story.clerk, request_id=request.pk)
    withdraw_consent(actor=story.clerk, consent_id=consent.pk)
    with acting(story.clerk):
        assert not PartnerContent.objects.filter(request=request.pk).exists()
    with pytest.raises(RuleBroken):
        send_request(actor=story.clerk, request_id=request.pk)


def test_a_consent_withdrawn_after_sending_takes_the_question_back(story):
    connect()
    request = story.drafted_by_consent()
    consent = story.consented()
    fill_request(actor=story.clerk, request_id=request.pk)
    send_request(actor=story.clerk, request_id=request.pk)
    withdraw_consent(actor=story.clerk, consent_id=consent.pk)
    content = content_of(request, story.clerk)
    assert again(request).state == State.WITHDRAWN
    assert (content.payload, content.label) == ({}, "") and content.destroyed_at
    with as_owner():
        assert not AnswerLink.objects.filter(request=request.pk, revoked_at=None).exists()


def test_another_units_consent_says_nothing_here(story):
    """The school team's question is lawful without consent; a consent of the clearing desk touches it not."""
    connect()
    request = story.sent()
    consent = story.consented(partner=story.school)
    withdraw_consent(actor=story.clerk, consent_id=consent.pk)
    assert again(request).state == State.SENT


def test_a_body_that_is_not_bound_gets_nothing(story):
    landlord = PartnerFactory(keeper=story.town.clearing, kind="landlord", is_public=False)
    with pytest.raises(RuleBroken, match="verpflichtet"):
        prepare_request(
            actor=story.clerk, household_id=story.town.household.pk, partner_id=landlord.pk,
            question="certificate_issued",
        )  # fmt: skip


def test_who_has_no_rule_asks_nothing(story):
    """Housing control may not ask employers, not even with consent."""
    employer = PartnerFactory(
        keeper=story.town.clearing, kind="employer", is_public=False, bound_on=date(2026, 1, 1)
    )
    household = HouseholdFactory(unit=story.town.housing)
    person = PersonFactory(unit=story.town.housing)
    HouseholdMemberFactory(household=household, person=person)
    with pytest.raises(RuleBroken):
        prepare_request(
            actor=story.town.controller, household_id=household.pk, partner_id=employer.pk,
            question="still_employed", person_id=person.pk,
        )  # fmt: skip


@pytest.mark.parametrize(
    ("facts", "said"),
    [
        ({"question": "still_employed"}, "passt nicht"),
        ({"question": "nonsense"}, "passt nicht"),
        ({"person_id": None}, "welche Person"),
    ],
)
def test_a_wrong_question_or_no_person_is_refused(story, facts, said):
    with pytest.raises(BadInput, match=said):
        story.prepared(**facts)


def test_a_stranger_of_the_household_is_refused(story):
    with pytest.raises(BadInput, match="wohnt nicht"):
        story.prepared(person_id=story.town.child.pk)


def test_another_units_household_does_not_exist(story):
    with pytest.raises(NotAllowed):
        prepare_request(
            actor=story.clerk, household_id=story.household.pk, partner_id=story.school.pk,
            question="attends", person_id=story.child.pk,
        )  # fmt: skip


def test_a_colleague_elsewhere_can_neither_send_nor_withdraw(story):
    request = story.prepared()
    for step in (send_request, withdraw_request):
        with pytest.raises(NotAllowed):
            step(actor=story.clerk, request_id=request.pk)


def test_an_older_form_is_refused(story):
    request = story.prepared()
    version = request.version
    send_request(actor=story.teacher, request_id=request.pk, version=version)
    with pytest.raises(RuleBroken, match="Inzwischen"):
        withdraw_request(actor=story.teacher, request_id=request.pk, version=version)


def test_a_second_click_on_send_sends_nothing_twice(story):
    request = story.sent()
    with pytest.raises(RuleBroken):
        send_request(actor=story.teacher, request_id=request.pk)
    with as_owner():
        assert Message.objects.filter(reference=request.number).count() == 1


def test_withdrawing_destroys_what_travelled_and_giving_up_ends_the_link(story):
    request = withdraw_request(actor=story.teacher, request_id=story.sent().pk)
    assert content_of(request, story.teacher).payload == {}
    other = give_up_request(actor=story.teacher, request_id=story.sent(question="attends").pk)
    assert (other.state, other.is_open) == (State.UNANSWERED, False)
    with as_owner():
        assert not AnswerLink.objects.filter(revoked_at=None).exists()


def test_a_question_without_answer_cannot_be_closed_as_read(story):
    with pytest.raises(RuleBroken):
        close_request(actor=story.teacher, request_id=story.sent().pk)


def test_an_ended_partner_is_not_asked_anew_but_may_still_answer(story, actor_with):
    head = actor_with(Permission.PARTNER_EDIT, unit=story.town.clearing)
    request = story.sent()
    end_partner(actor=head, partner_id=story.school.pk)
    with pytest.raises(RuleBroken, match="nicht mehr gefragt"):
        story.prepared()
    with pytest.raises(RuleBroken, match="schon nicht mehr"):
        end_partner(actor=head, partner_id=story.school.pk)
    done = answer_request(actor=by_link(request), request_id=request.pk, answer="not_yet")
    assert done.state == State.ANSWERED


def test_only_the_keeper_changes_the_known_address(story, actor_with):
    stranger = actor_with(Permission.PARTNER_EDIT, unit=story.town.outreach)
    with pytest.raises(NotAllowed):
        change_partner(actor=stranger, partner_id=story.school.pk, name="Schule", email="fremd@example.org")


def test_every_kind_of_partner_has_questions_and_every_question_a_rule():
    assert all(questions_for(kind) for kind in PartnerKind)
    named = {code for rule in running_rules() for code in rule.findings}
    free = {"can_take_over"}  # charities are reached by F10 and L01, whatever the matter
    assert {code for code in QUESTIONS if code not in named} == free


def test_answers_of_a_question_have_one_date_at_most():
    for question in QUESTIONS.values():
        assert sum(bool(answer.date_label) for answer in question.answers) <= 1
        codes = [answer.code for answer in question.answers]
        assert len(codes) == len(set(codes))


@pytest.mark.parametrize("question", sorted(QUESTIONS))
def test_the_payload_never_holds_more_than_rule_and_consent_allow(story, question):
    """Everything is known about the family and everything was agreed to: still only what the question asks travels."""
    asked = QUESTIONS[question]
    partner = PartnerFactory(
        keeper=story.town.clearing, kind=asked.kind, is_public=False, bound_on=date(2026, 1, 1)
    )
    everything = ["core", "contact", "address", "language", "arrival", "family", "housing", "needs", "work"]
    story.consented(categories=everything, partner=partner)
    request = prepare_request(
        actor=story.clerk, household_id=story.town.household.pk, partner_id=partner.pk, question=question,
        person_id=story.town.child.pk,
    )  # fmt: skip
    payload = content_of(request, story.clerk).payload
    keys = (set(payload) | {key for one in payload["persons"] for key in one}) - {"version", "persons"}
    assert keys <= set(asked.categories)
    assert len(payload["persons"]) == 1
    assert set(payload["persons"][0].get("core", {})) <= {"given_names", "family_name", "birth"}
