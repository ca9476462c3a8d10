"""The partner's side: what a link opens in the database, one answer, the second channel, accounts."""

from datetime import date, timedelta

import pytest
from django.db import connection, transaction

from stafette.accounts.models import Mandate, UnitKind
from stafette.accounts.roles import ROLES, Role
from stafette.accounts.tests.factories import MembershipFactory, UnitFactory
from stafette.audit.models import Event
from stafette.kernel.actor import NOBODY, Actor
from stafette.kernel.clock import now, travel
from stafette.kernel.errors import BadInput, MoveNotAllowed, NotAllowed, RuleBroken
from stafette.kernel.rows import protected_models
from stafette.kernel.scope import acting
from stafette.kernel.testing import as_owner
from stafette.outbox.models import Note
from stafette.partners import queries
from stafette.partners.access import contents_visible_to, visible_to
from stafette.partners.commands import (
    answer_request,
    check_code,
    close_request,
    make_code,
    withdraw_request,
)
from stafette.partners.models import AnswerLink, PartnerContent, PartnerRequest
from stafette.partners.tests.scenes import again, by_link, content_of, link_of, token_of
from stafette.partners.tokens import proof_of

State = PartnerRequest.State


@pytest.fixture
def account(story):
    """The school gets a unit with an account; it is asked from now on as such."""
    unit = UnitFactory(kind=UnitKind.SCHOOL, mandate=Mandate.HELPING, authority=story.town.clearing.authority)
    with as_owner():
        story.school.unit = unit
        story.school.save()
    user = MembershipFactory(role=Role.PARTNER, unit=unit).user
    grants = frozenset((permission, unit.pk) for permission in ROLES[Role.PARTNER].permissions)
    return Actor(user.pk, user.label, grants)


def codes(story):
    with as_owner():
        story.school.second_channel = True
        story.school.save()


def test_a_link_sees_exactly_one_question_and_nothing_else_in_the_database(story):
    request, other = story.sent(), story.sent(question="attends")
    seen = {}
    with acting(by_link(request)):
        for model in protected_models():
            seen[model._meta.label] = model._default_manager.count()
        assert list(PartnerRequest.objects.values_list("pk", flat=True)) == [request.pk]
        assert list(PartnerContent.objects.values_list("request", flat=True)) == [request.pk]
        assert not PartnerRequest.objects.filter(pk=other.pk).exists()
    rows = {label: count for label, count in seen.items() if count}
    assert rows == {
        "partners.PartnerRequest": 1,
        "partners.PartnerContent": 1,
        "partners.AnswerLink": 1,
    }


def test_code_and_database_agree_on_what_a_link_sees(story):
    request = story.sent()
    story.sent(question="attends")
    actor = by_link(request)
    with acting(actor):
        assert set(visible_to(actor)) == set(PartnerRequest.objects.all())
        assert set(contents_visible_to(actor)) == set(PartnerContent.objects.all())


def test_a_draft_exists_for_no_link_and_for_no_account(story, account):
    request = story.prepared()
    for actor in (by_link(request), account):
        with acting(actor):
            assert not PartnerRequest.objects.exists()
            assert not PartnerContent.objects.exists()


def test_without_a_link_nothing_is_open(story):
    story.sent()
    with acting(NOBODY):
        assert not PartnerRequest.objects.exists()
        assert not AnswerLink.objects.exists()


def test_a_link_can_write_into_no_other_row(story):
    request, other = story.sent(), story.sent(question="attends")
    with acting(by_link(request)):
        assert PartnerRequest.objects.filter(pk=other.pk).update(remind_on=date(2026, 1, 1)) == 0
        assert AnswerLink.objects.filter(request=other.pk).update(used_at=now()) == 0
    with pytest.raises(NotAllowed):
        answer_request(actor=by_link(request), request_id=other.pk, answer="yes")


def test_the_look_up_answers_in_one_shape_whatever_is_asked(story):
    request = story.sent()
    good = queries.opening(token_of(request))
    assert (good.state, good.request_id) == ("open", request.pk)
    for token in ("", "x", "A" * 43, token_of(request)[:-1]):
        found = queries.opening(token)
        assert (found.state, found.request_id, found.link_id) == ("unknown", None, None)
    with connection.cursor() as cursor:
        cursor.execute("select count(*) from partner_link('nothing', now())")
        assert cursor.fetchone() == (1,)


def test_a_link_runs_out_after_fourteen_days(story):
    token = token_of(story.sent())
    with travel(now() + timedelta(days=13, hours=23)):
        assert queries.opening(token).state == "open"
    with travel(now() + timedelta(days=14, seconds=1)):
        assert queries.opening(token).state == "expired"


def test_the_answer_comes_back_to_whoever_asked(story):
    request = story.sent()
    link = link_of(request)
    done = answer_request(
        actor=by_link(request), request_id=request.pk, link_id=link.pk, answer="starts",
        answer_on=date(2026, 12, 1), own_number="GS 12/26", remark="Bitte Zeugnis mitbringen",
    )  # fmt: skip
    content = content_of(request, story.teacher)
    assert (done.state, done.answer, done.answer_on) == (State.ANSWERED, "starts", date(2026, 12, 1))
    assert (content.own_number, content.remark) == ("GS 12/26", "Bitte Zeugnis mitbringen")
    assert done.is_open and done.responsible_user_id == story.teacher.id
    assert done.remind_on <= done.next_on <= done.escalate_on
    assert link_of(request).used_at and queries.opening("").state == "unknown"
    with as_owner():
        note = Note.objects.get(kind="partner_answered")
        event = Event.objects.get(kind="partner_request.answered")
    assert (note.user_id, note.reference) == (story.teacher.id, request.number)
    assert event.actor_label == "Partner per Link"
    assert "starts" not in str(event.details) and "Zeugnis" not in str(event.details)
    assert close_request(actor=story.teacher, request_id=request.pk).state == State.CLOSED


def test_a_second_click_never_answers_twice(story):
    request = story.sent()
    first = answer_request(actor=by_link(request), request_id=request.pk, answer="not_yet")
    second = answer_request(actor=by_link(request), request_id=request.pk, answer="not_enrolled")
    assert (second.answer, second.answered_at) == ("not_yet", first.answered_at)
    with as_owner():
        assert Note.objects.filter(kind="partner_answered").count() == 1
        assert Event.objects.filter(kind="partner_request.answered").count() == 1


@pytest.mark.parametrize(
    ("facts", "said"),
    [
        ({"answer": "starts"}, "Datum"),
        ({"answer": "maybe"}, "eine der Antworten"),
        ({"answer": ""}, "eine der Antworten"),
    ],
)
def test_an_answer_that_does_not_exist_or_lacks_its_day_is_refused(story, facts, said):
    request = story.sent()
    with pytest.raises(BadInput, match=said):
        answer_request(actor=by_link(request), request_id=request.pk, **facts)
    assert again(request).state == State.SENT


def test_what_was_taken_back_is_answered_no_more(story):
    request = story.sent()
    token = token_of(request)
    withdraw_request(actor=story.teacher, request_id=request.pk)
    assert queries.opening(token).state == "expired"
    with pytest.raises(MoveNotAllowed):
        answer_request(actor=by_link(request), request_id=request.pk, answer="not_yet")


def test_nobody_else_answers_not_even_who_asked(story):
    request = story.sent()
    with pytest.raises(NotAllowed):
        answer_request(actor=story.teacher, request_id=request.pk, answer="not_yet")


def test_without_the_code_a_link_answers_nothing(story):
    codes(story)
    request = story.sent()
    code = make_code(actor=story.teacher, request_id=request.pk)
    actor = by_link(request)
    with pytest.raises(NotAllowed, match="Code"):
        answer_request(actor=actor, request_id=request.pk, answer="not_yet")
    old = proof_of(request.pk, again(request).code_hash)
    assert check_code(actor=actor, request_id=request.pk, code=code)
    make_code(actor=story.teacher, request_id=request.pk)
    with pytest.raises(NotAllowed):
        answer_request(actor=actor, request_id=request.pk, answer="not_yet", proof=old)
    proof = proof_of(request.pk, again(request).code_hash)
    assert (
        answer_request(actor=actor, request_id=request.pk, answer="not_yet", proof=proof).answer == "not_yet"
    )
    assert again(request).code_hash == ""


def test_a_proof_is_worth_nothing_for_another_question_or_after_half_an_hour(story):
    codes(story)
    request, other = story.sent(), story.sent(question="attends")
    make_code(actor=story.teacher, request_id=request.pk)
    make_code(actor=story.teacher, request_id=other.pk)
    foreign = proof_of(other.pk, again(other).code_hash)
    with pytest.raises(NotAllowed):
        answer_request(actor=by_link(request), request_id=request.pk, answer="not_yet", proof=foreign)


def test_five_wrong_codes_lock_it_and_the_unit_is_told_and_helps(story):
    codes(story)
    request = story.sent()
    code = make_code(actor=story.teacher, request_id=request.pk)
    wrong = "000000" if code != "000000" else "111111"
    tries = [check_code(actor=by_link(request), request_id=request.pk, code=wrong) for _ in range(7)]
    assert tries == [False] * 7
    assert again(request).code_tries == 5 and again(request).is_locked
    assert not check_code(actor=by_link(request), request_id=request.pk, code=code)
    with as_owner():
        assert Note.objects.get(kind="partner_locked").user_id == story.teacher.id
    new = make_code(actor=story.teacher, request_id=request.pk)
    assert check_code(actor=by_link(request), request_id=request.pk, code=new)


def test_the_code_is_kept_as_a_hash_only_and_asked_for_only_where_it_is_due(story):
    with pytest.raises(RuleBroken, match="kein Code"):
        make_code(actor=story.teacher, request_id=story.sent().pk)
    codes(story)
    request = story.sent(question="attends")
    code = make_code(actor=story.teacher, request_id=request.pk)
    assert len(code) == 6 and code not in str(again(request).__dict__)
    with as_owner():
        assert not [event for event in Event.objects.all() if code in str(event.details)]
    with pytest.raises(NotAllowed):
        make_code(actor=story.clerk, request_id=request.pk)


def test_an_account_sees_the_questions_of_all_units_to_its_organisation_only(story, account):
    request = story.sent()
    with acting(account):
        assert [one.pk for one in queries.inbox(actor=account)] == [request.pk]
        assert PartnerRequest.objects.count() == PartnerContent.objects.count() == 1
        assert not AnswerLink.objects.exists()
        shown = queries.asked(actor=account, request_id=request.pk)
    assert shown is not None and shown.blocks
    other = MembershipFactory(role=Role.PARTNER).unit
    stranger = Actor(account.id, "x", frozenset((p, other.pk) for p in ROLES[Role.PARTNER].permissions))
    with acting(stranger):
        assert not PartnerRequest.objects.exists()


def test_an_account_answers_and_the_link_is_over(story, account):
    request = story.sent()
    token = token_of(request)
    answer_request(actor=account, request_id=request.pk, answer="not_yet")
    assert again(request).answer == "not_yet"
    assert queries.opening(token).state == "answered"
    with acting(account):
        assert not queries.inbox(actor=account)
        assert queries.asked(actor=account, request_id=request.pk) is None


def test_an_account_of_another_organisation_answers_nothing(story, account):
    stranger = MembershipFactory(role=Role.PARTNER).unit
    actor = Actor(account.id, "x", frozenset((p, stranger.pk) for p in ROLES[Role.PARTNER].permissions))
    with pytest.raises(NotAllowed):
        answer_request(actor=actor, request_id=story.sent().pk, answer="not_yet")


def test_the_program_that_watches_dates_sees_no_content(story):
    from stafette.accounts.queries import watch_actor

    request = story.sent()
    with acting(watch_actor()), transaction.atomic():
        assert PartnerRequest.objects.filter(pk=request.pk).exists()
        assert not PartnerContent.objects.exists()
