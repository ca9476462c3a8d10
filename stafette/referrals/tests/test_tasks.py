from datetime import timedelta
from uuid import uuid4

import pytest

from stafette.audit.models import Event
from stafette.kernel.clock import today
from stafette.kernel.errors import BadInput, MoveNotAllowed, NotAllowed, RuleBroken
from stafette.kernel.scope import acting
from stafette.kernel.testing import as_owner
from stafette.people.tests.factories import HouseholdFactory
from stafette.referrals.commands import (
    accept_referral,
    create_task,
    drop_task,
    finish_task,
    give_task,
    move_task,
    reopen_task,
)
from stafette.referrals.models import Task
from stafette.referrals.tests.factories import staff
from stafette.referrals.tests.scenes import sent

TITLE = "Rückruf beim Jobcenter"


def soon(days=7):
    return today() + timedelta(days=days)


def made(town, **facts):
    values = {"unit_id": town.clearing.pk, "title": TITLE, "next_on": soon()} | facts
    return create_task(actor=town.clerk, **values)


def test_a_task_has_a_number_a_holder_and_dates(town):
    task = made(town, household_id=town.household.pk)
    assert (task.state, task.is_open, task.title) == ("open", True, TITLE)
    assert (task.responsible_unit_id, task.responsible_user_id) == (town.clearing.pk, town.clerk.id)
    assert task.escalation_unit_id == town.coordination.pk
    assert task.remind_on <= task.next_on <= task.escalate_on
    with as_owner():
        event = Event.objects.get(kind="task.created")
    assert event.about_id == town.household.pk
    assert TITLE not in str(event.details)


def test_a_task_stays_in_its_unit(town):
    made(town)
    for stranger in (town.worker, town.teacher):
        with acting(stranger):
            assert not Task.objects.exists()


@pytest.mark.parametrize("title", ["", "   ", "x" * 201])
def test_a_title_is_needed_and_short(town, title):
    with pytest.raises(BadInput):
        made(town, title=title)


@pytest.mark.parametrize("days", [-1, 400])
def test_the_date_is_near(town, days):
    with pytest.raises(BadInput):
        made(town, next_on=soon(days))


def test_at_a_referral_it_hangs_at_ones_own_household(town):
    referral = sent(town)
    assert made(town, referral_id=referral.pk).household_id == town.household.pk
    received = accept_referral(actor=town.worker, referral_id=referral.pk).received_household_id
    task = create_task(
        actor=town.worker, unit_id=town.outreach.pk, title=TITLE, next_on=soon(), referral_id=referral.pk
    )
    assert task.household_id == received
    with acting(town.clerk):
        assert Task.objects.count() == 1


def test_foreign_households_referrals_units_and_people_are_refused(town):
    with pytest.raises(BadInput):
        made(town, household_id=HouseholdFactory(unit=town.outreach).pk)
    with pytest.raises(BadInput):
        made(town, user_id=town.worker.id)
    with pytest.raises(NotAllowed):
        made(town, unit_id=town.outreach.pk)
    referral = sent(town)
    with pytest.raises(BadInput):
        create_task(
            actor=town.teacher, unit_id=town.school.pk, title=TITLE, next_on=soon(), referral_id=referral.pk
        )


def test_a_second_click_makes_no_second_task(town):
    key = uuid4()
    assert made(town, key=key).pk == made(town, key=key).pk == key
    with as_owner():
        assert Event.objects.filter(kind="task.created").count() == 1


def test_finish_drop_and_reopen(town):
    task = finish_task(actor=town.clerk, task_id=made(town).pk)
    assert (task.state, task.is_open, task.ended_by_id) == ("done", False, town.clerk.id)
    with pytest.raises(MoveNotAllowed):
        drop_task(actor=town.clerk, task_id=task.pk)
    task = reopen_task(actor=town.clerk, task_id=task.pk, next_on=soon(3))
    assert (task.state, task.is_open, task.ended_at, task.next_on) == ("open", True, None, soon(3))
    assert drop_task(actor=town.clerk, task_id=task.pk).state == "dropped"


def test_move_keeps_both_dates_in_the_log(town):
    task = made(town)
    move_task(actor=town.clerk, task_id=task.pk, next_on=soon(14))
    with as_owner():
        details = Event.objects.get(kind="task.moved").details
    assert (details["before"], details["now"]) == (soon().isoformat(), soon(14).isoformat())


def test_an_ended_task_neither_moves_nor_changes_hands(town):
    task = finish_task(actor=town.clerk, task_id=made(town).pk)
    with pytest.raises(RuleBroken):
        move_task(actor=town.clerk, task_id=task.pk, next_on=soon())
    with pytest.raises(RuleBroken):
        give_task(actor=town.clerk, task_id=task.pk, user_id=town.clerk.id)


def test_give_to_a_colleague_but_to_nobody_outside(town):
    task, colleague = made(town), staff(town.clearing)
    given = give_task(actor=town.clerk, task_id=task.pk, user_id=colleague.id)
    assert (given.responsible_user_id, given.next_on) == (colleague.id, task.next_on)
    with pytest.raises(BadInput):
        give_task(actor=town.clerk, task_id=task.pk, user_id=town.worker.id)
    with pytest.raises(RuleBroken, match="jemand anderes"):
        finish_task(actor=colleague, task_id=task.pk, version=task.version)


@pytest.mark.parametrize("who", ["worker", "teacher"])
def test_no_other_unit_may_touch_a_task(town, who):
    actor, task = getattr(town, who), made(town)
    for step in (
        lambda: finish_task(actor=actor, task_id=task.pk),
        lambda: drop_task(actor=actor, task_id=task.pk),
        lambda: reopen_task(actor=actor, task_id=task.pk, next_on=soon()),
        lambda: move_task(actor=actor, task_id=task.pk, next_on=soon()),
        lambda: give_task(actor=actor, task_id=task.pk, user_id=actor.id),
    ):
        with pytest.raises(NotAllowed):
            step()


def test_nothing_is_finished_when_the_log_fails(town, monkeypatch):
    task = made(town)

    def fail(*args, **kwargs):
        raise RuntimeError

    monkeypatch.setattr("stafette.referrals.commands.tasks.record", fail)
    with pytest.raises(RuntimeError):
        finish_task(actor=town.clerk, task_id=task.pk)
    with acting(town.clerk):
        assert Task.objects.get().is_open
