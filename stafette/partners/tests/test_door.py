"""The page behind a link: scanners, guessing, one answer, the same page for whatever opens nothing."""

from datetime import timedelta

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from stafette.kernel.clock import now, travel
from stafette.kernel.testing import as_owner
from stafette.partners.commands import answer_request, make_code, renew_request, withdraw_request
from stafette.partners.models import AnswerLink, PartnerRequest
from stafette.partners.tests.scenes import again, by_link, content_of, link_of, path_in_mail, plain

State = PartnerRequest.State
CLOSED = "Dieser Link gilt nicht mehr"


@pytest.fixture(autouse=True)
def fresh_counts(db):
    cache.clear()


def text(response):
    return response.content.decode()


def test_scanners_open_the_link_as_often_as_they_like(client, story):
    request = story.sent()
    path = path_in_mail(request)
    with as_owner():
        before = AnswerLink.objects.values().get(request=request.pk)
    for _ in range(3):
        shown, headed = client.get(path), client.head(path)
        assert shown.status_code == headed.status_code == 200
        assert "Anfrage anzeigen" in text(shown)
        for secret in ("Mila", "Petrowa", request.number, story.school.name, "Schulteam", "beginnt"):
            assert secret not in text(shown), secret
    with as_owner():
        assert AnswerLink.objects.values().get(request=request.pk) == before
    assert again(request).state == State.SENT
    assert "Mila" in text(client.post(path, {"step": "show"}))


def test_the_button_shows_the_question_and_only_what_the_partner_may_know(client, story):
    request = story.sent()
    shown = text(client.post(path_in_mail(request), {"step": "show"}))
    for fact in (
        "Wann beginnt das Kind bei Ihnen?",
        "Petrowa, Mila",
        "Schulteam",
        request.number,
        "§ 78 SGB X",
    ):
        assert fact in shown, fact
    for secret in ("Elena", "Iwanowa", "0170", "L04", story.teacher.label):
        assert secret not in shown, secret
    assert link_of(request).opened_at


def test_the_answer_arrives_and_the_page_shows_no_data_any_more(client, story):
    request = story.sent()
    path = path_in_mail(request)
    values = {"step": "answer", "answer": "starts", "answer_on": "2026-12-01", "own_number": "GS 7"}
    thanks = client.post(path, values)
    assert thanks.status_code == 200 and "Ihre Antwort ist angekommen" in text(thanks)
    assert (again(request).state, again(request).answer) == (State.ANSWERED, "starts")
    assert content_of(request, story.teacher).own_number == "GS 7"
    for response in (
        client.get(path),
        client.post(path, {"step": "show"}),
        client.post(path, values | {"answer": "not_enrolled"}),
    ):
        assert "schon beantwortet" in text(response) and "Mila" not in text(response)
    assert again(request).answer == "starts"


def test_an_answer_without_its_day_is_asked_for_it_and_keeps_what_was_typed(client, story):
    request = story.sent()
    response = client.post(
        path_in_mail(request), {"step": "answer", "answer": "starts", "own_number": "GS 7"}
    )
    assert "Bitte geben Sie das Datum an" in text(response) and 'value="GS 7"' in text(response)
    assert again(request).state == State.SENT


def test_whatever_opens_nothing_looks_the_same(client, story):
    """Unknown, run out, replaced, withdrawn: one page, byte for byte."""
    expired, replaced, withdrawn = (
        story.sent(),
        story.sent(question="attends"),
        story.sent(),
    )
    paths = [path_in_mail(one) for one in (expired, replaced, withdrawn)]
    renew_request(actor=story.teacher, request_id=replaced.pk)
    withdraw_request(actor=story.teacher, request_id=withdrawn.pk)
    with as_owner():
        late = now() - timedelta(days=1)
        AnswerLink.objects.filter(request=expired.pk).update(
            created_at=late - timedelta(days=14), expires_at=late
        )
    unknown = reverse("partners:answer", args=["A" * 43])
    answers = [client.get(path) for path in (unknown, *paths)]
    answers += [client.post(path, {"step": "show"}) for path in (unknown, *paths)]
    answers += [client.post(path, {"step": "answer", "answer": "not_yet"}) for path in (unknown, *paths)]
    assert {response.status_code for response in answers} == {200}
    assert len({plain(response) for response in answers}) == 1
    assert CLOSED in plain(answers[0])


@pytest.mark.parametrize("step", ["", "SHOW", "drop", "renew"])
def test_an_unknown_step_shows_the_door_only(client, story, step):
    response = client.post(path_in_mail(story.sent()), {"step": step})
    assert "Anfrage anzeigen" in text(response) and "Mila" not in text(response)


def test_guessing_is_slowed_down_per_address(client, story):
    request = story.sent()
    with travel(now().replace(second=1)):
        answers = [client.get(reverse("partners:answer", args=[f"guess-{n}"])).status_code for n in range(33)]
        assert answers.count(200) == 30 and answers.count(429) == 3
        other = Client(REMOTE_ADDR="10.1.1.1")
        assert other.get(path_in_mail(request)).status_code == 200


def test_nothing_is_kept_or_indexed_or_told_to_others(client, story):
    path = path_in_mail(story.sent())
    for response in (
        client.get(path),
        client.post(path, {"step": "show"}),
        client.get(reverse("partners:new_link")),
    ):
        assert response["Cache-Control"] == "no-store"
        assert "noindex" in response["X-Robots-Tag"]
        assert response["Referrer-Policy"] == "same-origin"
        assert "default-src" in response["Content-Security-Policy"]


def test_a_forged_form_is_refused(story):
    strict = Client(enforce_csrf_checks=True)
    assert strict.post(path_in_mail(story.sent()), {"step": "show"}).status_code == 403


def test_the_second_channel_shows_nothing_before_the_code(client, story):
    with as_owner():
        story.school.second_channel = True
        story.school.save()
    request = story.sent()
    path = path_in_mail(request)
    code = make_code(actor=story.teacher, request_id=request.pk)
    shown = client.post(path, {"step": "show"})
    assert "Code" in text(shown) and "Mila" not in text(shown)
    direct = client.post(path, {"step": "answer", "answer": "not_yet"})
    assert "Code" in text(direct) and again(request).state == State.SENT
    right = client.post(path, {"step": "code", "code": f"{code[:3]} {code[3:]}"})
    assert "Mila" in text(right)
    proof = text(right).split('name="proof" value="')[1].split('"')[0]
    client.post(path, {"step": "answer", "answer": "not_yet", "proof": proof})
    assert again(request).state == State.ANSWERED


def test_wrong_codes_are_counted_and_lock_after_five(client, story):
    with as_owner():
        story.school.second_channel = True
        story.school.save()
    request = story.sent()
    path = path_in_mail(request)
    code = make_code(actor=story.teacher, request_id=request.pk)
    wrong = "000000" if code != "000000" else "111111"
    for _ in range(5):
        response = client.post(path, {"step": "code", "code": wrong})
        assert response.status_code == 200 and "Mila" not in text(response)
    assert "gesperrt" in text(response) and again(request).code_tries == 5
    assert "gesperrt" in text(client.post(path, {"step": "code", "code": code}))


def test_who_is_logged_in_sees_no_more_through_a_link(client, story, logged_in):
    from stafette.accounts.roles import Role

    request = story.sent()
    staff = logged_in(Role.CLERK, story.town.clearing)
    shown = text(staff.post(path_in_mail(request), {"step": "show"}))
    assert "Mila" in shown and "Elena" not in shown
    answer_request(actor=by_link(request), request_id=request.pk, answer="not_yet")
    assert "Mila" not in text(staff.get(path_in_mail(request)))
