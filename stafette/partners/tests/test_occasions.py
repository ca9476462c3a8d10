"""A partner is asked because of a follow-up or a referral, and the answer stands there, in one's own unit only."""

from datetime import timedelta
from uuid import UUID

import pytest
from django.urls import reverse

from stafette.accounts.roles import Role
from stafette.config.wiring import connect
from stafette.kernel.clock import now, today, travel
from stafette.kernel.errors import BadInput
from stafette.kernel.testing import as_owner
from stafette.partners.commands import answer_request
from stafette.partners.models import PartnerRequest
from stafette.partners.tests.scenes import again, by_link, link_of
from stafette.referrals.commands import plan_own_follow_up
from stafette.referrals.commands.following import drop_follow_up
from stafette.referrals.tests.scenes import accepted
from stafette.referrals.tests.test_chosen_days import late


@pytest.fixture
def teacher(story, logged_in):
    connect()
    return logged_in(Role.SCHOOL, story.town.school)


@pytest.fixture
def follow_up(story):
    values = {"household_id": story.household.pk, "next_on": today() + timedelta(days=9)}
    return plan_own_follow_up(actor=story.teacher, **values)


def text(response):
    return response.content.decode()


def page_of(client, follow_up):
    return client.get(reverse("referrals:follow_up", args=[follow_up.pk]))


def address(household, follow_up):
    return f"{reverse('partners:ask', args=[household.pk])}?nachverfolgung={follow_up.pk}"


def test_from_the_follow_up_to_the_answer_and_back(story, teacher, follow_up):
    url = address(story.household, follow_up)
    assert url in text(page_of(teacher, follow_up))
    first = text(teacher.get(url))
    assert f'name="nachverfolgung" value="{follow_up.pk}"' in first and follow_up.number in first
    assert "Dieses Feld" not in first
    values = {"question": "attends", "person_id": story.child.pk}
    made = teacher.post(f"{url}&partner={story.school.pk}", values, follow=True)
    with as_owner():
        request = PartnerRequest.objects.get()
    assert request.follow_up_id == follow_up.pk
    back = reverse("referrals:follow_up", args=[follow_up.pk])
    assert f'href="{back}"' in text(made) and "Zur Nachverfolgung" in text(made)
    assert story.school.name in text(page_of(teacher, follow_up))
    teacher.post(reverse("partners:send", args=[request.pk]), {"version": again(request).version})
    link = link_of(request)
    answer_request(actor=by_link(request), request_id=request.pk, link_id=link.pk, answer="irregular")
    shown = text(page_of(teacher, follow_up))
    assert f"{story.school.name} hat geantwortet" in shown and "mit vielen Fehltagen" in shown


def test_the_answer_is_the_asking_units_alone(story, logged_in, follow_up):
    connect()
    story.prepared(question="attends", follow_up_id=follow_up.pk)
    stranger = logged_in(Role.CLERK, story.town.clearing)
    assert page_of(stranger, follow_up).status_code == 404


def test_both_sides_of_a_referral_ask_for_themselves(story, logged_in):
    connect()
    referral = accepted(story.town)
    sender = logged_in(Role.CLERK, story.town.clearing)
    page = reverse("referrals:detail", args=[referral.pk])
    asking = f"{reverse('partners:ask', args=[referral.household_id])}?uebergabe={referral.pk}"
    assert asking in text(sender.get(page))
    values = {"question": "appointment_possible", "person_id": story.town.child.pk}
    made = sender.post(f"{asking}&partner={story.doctor.pk}", values, follow=True)
    assert "Zur Übergabe" in text(made)
    with as_owner():
        request = PartnerRequest.objects.get()
    assert request.referral_id == referral.pk
    assert story.doctor.name in text(sender.get(page))
    receiver = logged_in(Role.OUTREACH, story.town.outreach)
    shown = text(receiver.get(page))
    assert story.doctor.name not in shown
    assert f"{reverse('partners:ask', args=[referral.received_household_id])}?uebergabe=" in shown
    assert receiver.get(asking).status_code == 404


def test_what_is_over_is_asked_for_no_more(story, teacher, follow_up):
    drop_follow_up(actor=story.teacher, follow_up_id=follow_up.pk, drop_reason="superseded")
    assert "Partner fragen" not in text(page_of(teacher, follow_up))


def test_the_head_sees_no_way_to_ask(story, logged_in, follow_up):
    connect()
    head = logged_in(Role.HEAD, story.town.school)
    assert "Partner fragen" not in text(page_of(head, follow_up))


@pytest.mark.parametrize(
    "query", ["nachverfolgung=kein", f"nachverfolgung={UUID(int=7)}", f"uebergabe={UUID(int=7)}"]
)
def test_an_occasion_that_is_none_is_404(story, teacher, query):
    url = reverse("partners:ask", args=[story.household.pk])
    assert teacher.get(f"{url}?{query}").status_code == 404


def test_the_command_refuses_what_belongs_to_another_household_or_unit(story, follow_up):
    referral = accepted(story.town)
    for foreign in ({"referral_id": referral.pk}, {"follow_up_id": UUID(int=7)}):
        with pytest.raises(BadInput):
            story.prepared(**foreign)
    with as_owner():
        assert not PartnerRequest.objects.exists()


def test_a_question_says_why_its_day_holds(story, teacher):
    request = story.prepared()
    url = reverse("partners:request", args=[request.pk])
    assert "nach der Vorbereitung am" in text(teacher.get(url))
    teacher.post(reverse("partners:send", args=[request.pk]), {"version": again(request).version})
    assert "nach dem Senden am" in text(teacher.get(url))
    with travel(now() + timedelta(days=6)):
        teacher.post(reverse("partners:renew", args=[request.pk]), {"version": again(request).version})
    shown = text(teacher.get(url))
    assert "nach dem Senden des neuen Links am" in shown and "Vorgabe des Programms" in shown
    link = link_of(request)
    answer_request(actor=by_link(request), request_id=request.pk, link_id=link.pk, answer="not_yet")
    assert "nach der Antwort des Partners am" in text(teacher.get(url))


def test_a_question_says_who_was_told_that_it_is_late(story, teacher):
    request = story.sent()
    url = reverse("partners:request", args=[request.pk])
    assert "Fristen und Erinnerungen" not in text(teacher.get(url))
    late(request)
    shown = text(teacher.get(url))
    assert "Fristen und Erinnerungen" in shown
    assert f"Leitung informiert ({story.town.school.name})" in shown
