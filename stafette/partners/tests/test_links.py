"""New links: to the known address only, and the same answer whatever the number is worth."""

from datetime import timedelta

import pytest
from django.core.cache import cache
from django.db import transaction
from django.urls import reverse
from procrastinate.contrib.django.models import ProcrastinateJob

from stafette.accounts.queries import watch_actor
from stafette.config.wiring import connect
from stafette.kernel.clock import now, today, travel
from stafette.kernel.errors import MoveNotAllowed, NotAllowed
from stafette.kernel.testing import as_owner
from stafette.outbox.commands import note_bounce as mail_came_back
from stafette.outbox.models import Message, Note
from stafette.partners import queries
from stafette.partners.commands import (
    answer_request,
    change_partner,
    note_bounce,
    renew_for_partner,
    renew_request,
)
from stafette.partners.models import AnswerLink, PartnerRequest
from stafette.partners.tasks import renew
from stafette.partners.tests.scenes import again, by_link, link_of, plain, token_of

State = PartnerRequest.State


@pytest.fixture(autouse=True)
def fresh_counts(db):
    cache.clear()


def mails_of(request):
    with as_owner():
        return list(Message.objects.filter(reference=request.number).order_by("created_at"))


def wishes():
    with as_owner():
        return list(
            ProcrastinateJob.objects.filter(task_name="stafette.partners.tasks.renew").values_list(
                "args", flat=True
            )
        )


def test_a_new_link_ends_the_old_one(story):
    request = story.sent()
    old = token_of(request)
    renew_request(actor=story.teacher, request_id=request.pk)
    new = token_of(request)
    assert old != new
    assert [queries.opening(one).state for one in (old, new)] == ["expired", "open"]


def test_a_reminder_moves_a_date_that_has_passed_and_leaves_one_to_come(story):
    request = story.sent()
    due = request.next_on
    renew_request(actor=story.teacher, request_id=request.pk)
    assert again(request).next_on == due
    with travel(now() + timedelta(days=30)):
        renew_request(actor=story.teacher, request_id=request.pk)
        assert again(request).next_on > today()


def test_only_the_unit_that_asks_renews_and_only_what_is_open(story):
    request = story.sent()
    with pytest.raises(NotAllowed):
        renew_request(actor=story.clerk, request_id=request.pk)
    answer_request(actor=by_link(request), request_id=request.pk, answer="not_yet")
    with pytest.raises(MoveNotAllowed):
        renew_request(actor=story.teacher, request_id=request.pk)


def test_a_partner_gets_a_new_link_at_the_known_address_only(story):
    request = story.sent()
    assert renew_for_partner(actor=watch_actor(), number=request.number)
    first, second = mails_of(request)
    assert first.address == second.address == story.school.email
    assert link_of(request).asked_again


def test_a_corrected_address_gets_the_next_link(story, actor_with):
    from stafette.kernel.permissions import Permission

    request = story.sent()
    head = actor_with(Permission.PARTNER_EDIT, unit=story.town.clearing)
    change_partner(actor=head, partner_id=story.school.pk, name="Schule", email="neu@schule.example.org")
    renew_request(actor=story.teacher, request_id=request.pk)
    assert mails_of(request)[-1].address == "neu@schule.example.org"


def test_three_wishes_a_day_are_heard_and_no_more(story):
    request = story.sent()
    heard = [renew_for_partner(actor=watch_actor(), number=request.number) for _ in range(5)]
    assert heard == [True, True, True, False, False]
    with travel(now() + timedelta(days=1, minutes=1)):
        assert renew_for_partner(actor=watch_actor(), number=request.number)


def test_wishes_for_unknown_or_answered_numbers_send_nothing(story):
    request = story.sent()
    answer_request(actor=by_link(request), request_id=request.pk, answer="not_yet")
    renew(request.number)
    renew("TES-ST-2026-99999")
    assert len(mails_of(request)) == 1


def test_the_worker_hears_the_wish(story):
    request = story.sent()
    renew(request.number)
    assert len(mails_of(request)) == 2


def test_known_and_unknown_numbers_get_the_same_answer_and_the_same_work(client, story):
    request = story.sent()
    url = reverse("partners:new_link")
    known = client.post(url, {"number": request.number})
    unknown = client.post(url, {"number": "TES-ST-2026-99999"})
    nonsense = client.post(url, {"number": "gibt es nicht"})
    assert known.status_code == unknown.status_code == nonsense.status_code == 200
    assert plain(known) == plain(unknown) == plain(nonsense)
    assert wishes() == [{"number": request.number}, {"number": "TES-ST-2026-99999"}]
    assert len(mails_of(request)) == 1  # nothing is sent while the partner waits


def test_asking_twice_before_the_worker_comes_is_one_wish(client, story):
    request = story.sent()
    for _ in range(2):
        client.post(reverse("partners:new_link"), {"number": f" {request.number.lower()} "})
    assert wishes() == [{"number": request.number}]


def test_wishes_are_limited_per_address_and_per_number(client, story):
    request = story.sent()
    url = reverse("partners:new_link")
    with travel(now().replace(second=1)):
        answers = [client.post(url, {"number": f"TES-ST-2026-{n:05d}"}).status_code for n in range(7)]
        assert answers == [200] * 5 + [429] * 2
        for n in range(6):
            client.post(url, {"number": request.number}, REMOTE_ADDR=f"10.0.0.{n}")
    assert wishes().count({"number": request.number}) == 1


def test_a_mail_that_came_back_is_the_units_turn_again(story):
    connect()
    request = story.sent()
    with as_owner():
        Message.objects.filter(reference=request.number).update(state="sent", sent_at=now())
        message = Message.objects.get(reference=request.number)
    mail_came_back(actor=watch_actor(), message_id=message.pk, code="5.1.1")
    bounced = again(request)
    assert (bounced.state, bounced.is_open) == (State.BOUNCED, True)
    assert bounced.next_on <= request.next_on
    assert today() < bounced.remind_on == bounced.next_on < bounced.escalate_on
    with as_owner():
        assert Note.objects.get(kind="partner_bounced").user_id == story.teacher.id
    renew_request(actor=story.teacher, request_id=request.pk)
    assert again(request).state == State.SENT


def test_a_draft_is_reminded_of_on_the_day_it_is_due_not_at_once(story):
    draft = story.prepared()
    assert today() < draft.remind_on == draft.next_on < draft.escalate_on


def test_a_bounce_of_another_mail_moves_nothing(story):
    request = story.sent()
    assert not note_bounce(actor=watch_actor(), number="TES-ST-2026-99999")
    assert again(request).state == State.SENT


def test_two_valid_links_cannot_exist(story):
    from django.db import IntegrityError

    link = link_of(story.sent())
    with as_owner(), pytest.raises(IntegrityError), transaction.atomic():
        AnswerLink.objects.create(
            request_id=link.request_id, unit_id=link.unit_id, digest="x" * 64,
            expires_at=now() + timedelta(days=1),
        )  # fmt: skip
