"""Each open thing besides referrals says why it is due on its day, and who was told of it when."""

from datetime import timedelta

import pytest
from django.urls import reverse

from stafette.accounts.roles import Role
from stafette.kernel.clock import now, today, travel
from stafette.kernel.deadlines import german
from stafette.kernel.scope import acting
from stafette.kernel.testing import as_owner
from stafette.referrals.commands import (
    create_task,
    finish_task,
    move_task,
    offer_lead,
    plan_own_follow_up,
    reopen_task,
)
from stafette.referrals.duty import run_deadlines
from stafette.referrals.models import CaseTransfer, Task
from stafette.referrals.queries.followups import follow_up_card, follow_ups
from stafette.referrals.queries.leads import offer_card
from stafette.referrals.queries.tasks import task_card, tasks
from stafette.referrals.tests.factories import staff
from stafette.referrals.tests.scenes import accepted, sent
from stafette.referrals.tests.test_deadline_run import FRIDAY, MONDAY


def soon(days=7):
    return today() + timedelta(days=days)


def made(town, **facts):
    values = {"unit_id": town.clearing.pk, "title": "Rückruf", "next_on": soon()} | facts
    return create_task(actor=town.clerk, **values)


def own_follow_up(town):
    values = {"household_id": town.household.pk, "next_on": today() + timedelta(days=9)}
    return plan_own_follow_up(actor=town.clerk, **values)


def why(town, task):
    with acting(town.clerk):
        return task_card(actor=town.clerk, task=tasks(actor=town.clerk).get(pk=task.pk)).why


def late(thing):
    with as_owner():
        rows = type(thing).objects.filter(pk=thing.pk)
        rows.update(next_on=FRIDAY, remind_on=FRIDAY, escalate_on=MONDAY)
    run_deadlines(MONDAY)


def html(browse, actor, name, thing):
    return browse(actor).get(reverse(f"referrals:{name}", args=[thing.pk])).content.decode()


def test_a_task_says_when_its_day_was_chosen(town):
    task = made(town)
    assert why(town, task) == f"{german(soon())}: beim Anlegen am {today():%d.%m.%Y} gewählt."


def test_a_moved_task_says_which_day_held_before(town):
    task = made(town)
    move_task(actor=town.clerk, task_id=task.pk, next_on=soon(9))
    said = f"am {today():%d.%m.%Y} so gewählt, vorher war es der {soon():%d.%m.%Y}."
    assert why(town, task) == f"{german(soon(9))}: {said}"


def test_a_task_that_goes_on_says_so_and_an_ended_one_says_nothing(town):
    task = made(town)
    finish_task(actor=town.clerk, task_id=task.pk)
    assert why(town, task) == ""
    with travel(now() + timedelta(days=1)):
        reopen_task(actor=town.clerk, task_id=task.pk, next_on=soon(3))
        assert "beim Wieder-Öffnen am" in why(town, task)


def test_a_day_that_the_log_does_not_know_is_the_units(town):
    task = made(town)
    with as_owner():
        Task.objects.filter(pk=task.pk).update(next_on=soon(3), remind_on=soon(2))
    assert (
        why(town, task) == f"{german(soon(3))}: diesen Tag hat die Stelle „{town.clearing.name}“ festgelegt."
    )


def test_a_follow_up_on_ones_own_day_says_who_chose_it(town):
    row = own_follow_up(town)
    with acting(town.clerk):
        found = follow_ups(actor=town.clerk).get(pk=row.pk)
        assert "beim Anlegen am" in follow_up_card(actor=town.clerk, follow_up=found).why


def test_an_offer_is_explained_even_when_the_calendar_has_changed(town):
    offer = offer_lead(actor=town.clerk, referral_id=accepted(town).pk, reason="closer")
    with acting(town.worker):
        assert "nach dem Angebot am" in offer_card(actor=town.worker, offer_id=offer.pk).explanation
    with as_owner():
        CaseTransfer.objects.filter(pk=offer.pk).update(escalate_on=soon(60), next_on=soon(40))
    with acting(town.worker):
        said = offer_card(actor=town.worker, offer_id=offer.pk).explanation
    assert f"diesen Tag hat die Stelle „{town.outreach.name}“ festgelegt" in said


@pytest.mark.parametrize("name", ["task", "follow_up", "transfer"])
def test_each_page_shows_why_and_who_was_told(town, browse, name):
    makers = {
        "task": made,
        "follow_up": own_follow_up,
        "transfer": lambda town: offer_lead(actor=town.clerk, referral_id=accepted(town).pk, reason="closer"),
    }
    thing = makers[name](town)
    holder, unit = (town.worker, town.outreach) if name == "transfer" else (town.clerk, town.clearing)
    before = html(browse, holder, name, thing)
    assert "Warum dieser Tag?" in before and "Fristen und Erinnerungen" not in before
    late(thing)
    after = html(browse, holder, name, thing)
    assert "Fristen und Erinnerungen" in after and f"Leitung informiert ({unit.name})" in after


def test_the_side_that_waits_does_not_read_who_was_told_at_the_other(town, browse):
    offer = offer_lead(actor=town.clerk, referral_id=accepted(town).pk, reason="closer")
    late(offer)
    assert "Fristen und Erinnerungen" not in html(browse, town.clerk, "transfer", offer)


def test_a_task_begins_on_the_page_of_a_referral(town, browse):
    referral = sent(town)
    address = f"{reverse('referrals:new_task')}?uebergabe={referral.pk}"
    for actor in (town.clerk, town.worker):
        assert address in html(browse, actor, "detail", referral)
        assert browse(actor).get(address).status_code == 200


def test_who_may_not_work_on_cases_is_not_offered_a_task(town, browse):

    page = html(browse, staff(town.clearing, Role.HEAD), "detail", sent(town))
    assert reverse("referrals:new_task") not in page
