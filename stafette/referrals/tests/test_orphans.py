"""Nothing stays with somebody who will not see it: the run finds a colleague, or tells head and coordination."""

from datetime import timedelta

import pytest

from stafette.accounts.models import User
from stafette.accounts.roles import Role
from stafette.accounts.tests.factories import AbsenceFactory, MembershipFactory, UnitFactory
from stafette.audit.models import Event
from stafette.kernel.testing import as_owner
from stafette.outbox.models import Note
from stafette.referrals.duty import plan_deadlines, run_deadlines
from stafette.referrals.models import Notice, Referral
from stafette.referrals.tests import scenes
from stafette.referrals.tests.factories import staff
from stafette.referrals.tests.test_deadline_run import FRIDAY, MONDAY, due, task_of


def lock(actor) -> None:
    with as_owner():
        User.objects.filter(pk=actor.id).update(is_active=False)


def end_membership(actor) -> None:
    from stafette.accounts.models import Membership

    with as_owner():
        Membership.objects.filter(user=actor.id).update(ends_on=FRIDAY - timedelta(days=30))


def row(referral) -> Referral:
    with as_owner():
        return Referral.objects.get(pk=referral.pk)


def kept(model, **filters):
    with as_owner():
        return list(model.objects.filter(**filters))


@pytest.fixture
def referral(town):
    return due(scenes.sent(town), MONDAY + timedelta(days=10), remind=MONDAY + timedelta(days=8))


@pytest.mark.parametrize("loses", [lock, end_membership])
def test_what_lies_with_someone_who_left_goes_to_a_colleague(town, referral, loses):
    loses(town.worker)
    colleague = staff(town.outreach)
    assert run_deadlines(MONDAY) == {"reassigned": 1}
    moved = row(referral)
    assert (moved.responsible_user_id, moved.receiver_user_id) == (colleague.id, colleague.id)
    assert (moved.responsible_unit_id, moved.next_on) == (town.outreach.pk, referral.next_on)
    assert moved.version == referral.version + 1  # a form that was open meanwhile is refused
    [note] = kept(Note, kind="handed_over")
    assert (note.user_id, note.reference) == (colleague.id, referral.number)
    [event] = kept(Event, kind="referral.handed_over")
    assert (event.unit_id, event.actor_label) == (town.outreach.pk, "Stafette (Fristenlauf)")
    assert run_deadlines(MONDAY) == {}


def test_it_goes_to_who_is_there_and_has_least(town, referral):
    busy, free, away = staff(town.outreach), staff(town.outreach), staff(town.outreach)
    task_of(town, town.outreach, busy, MONDAY + timedelta(days=30))
    AbsenceFactory(user_id=away.id, deputy_id=busy.id, user=None, deputy=None)
    lock(town.worker)
    run_deadlines(MONDAY)
    assert row(referral).responsible_user_id == free.id


def test_many_things_are_shared_out_and_told_in_one_note_each(town):
    leaver, one, two = staff(town.housing), staff(town.housing), town.controller
    for _number in range(7):
        task_of(town, town.housing, leaver, MONDAY + timedelta(days=30))
    lock(leaver)
    assert run_deadlines(MONDAY, piece=3)["reassigned"] == 7
    from stafette.referrals.models import Task

    held = [task.responsible_user_id for task in kept(Task)]
    assert sorted([held.count(one.id), held.count(two.id)]) == [3, 4]
    assert all(note.path == "/uebergaben/heute/" or note.reference.startswith("T-") for note in kept(Note))


def test_whoever_is_away_with_a_deputy_keeps_it_and_without_one_does_not(town, referral):
    colleague = staff(town.outreach)
    absence = AbsenceFactory(user_id=town.worker.id, deputy_id=colleague.id, user=None, deputy=None)
    assert run_deadlines(MONDAY) == {}
    third = staff(town.outreach)
    with as_owner():
        absence.delete()
    AbsenceFactory(user_id=town.worker.id, deputy_id=colleague.id, user=None, deputy=None)
    AbsenceFactory(user_id=colleague.id, deputy_id=town.worker.id, user=None, deputy=None)
    assert run_deadlines(MONDAY) == {"reassigned": 1}
    assert row(referral).responsible_user_id == third.id


def test_what_one_waits_for_finds_a_colleague_too(town, referral):
    colleague = staff(town.clearing)
    lock(town.clerk)
    assert run_deadlines(MONDAY) == {}
    moved = row(referral)
    assert (moved.sender_user_id, moved.responsible_user_id) == (colleague.id, town.worker.id)


def test_a_unit_with_nobody_is_told_to_head_and_coordination_at_once(town, referral):
    head, boss = staff(town.outreach, Role.HEAD), staff(town.coordination, Role.COORDINATION)
    lock(town.worker)
    assert run_deadlines(MONDAY) == {"head": 1, "steering": 1}
    assert row(referral).responsible_user_id == town.worker.id
    assert {(one.step, one.told_unit_id) for one in kept(Notice)} == {
        ("head", town.outreach.pk),
        ("steering", town.coordination.pk),
    }
    assert {note.user_id for note in kept(Note, kind="orphaned")} == {head.id, boss.id}
    assert run_deadlines(MONDAY) == {}


def test_open_things_of_a_dissolved_unit_go_to_its_successor(town, referral):
    successor = UnitFactory(kind=town.outreach.kind, authority=town.outreach.authority)
    heir = staff(successor)
    head = staff(successor, Role.HEAD)
    with as_owner():
        town.outreach.ends_on, town.outreach.successor = MONDAY - timedelta(days=1), successor
        town.outreach.save()
    assert run_deadlines(MONDAY) == {"reassigned": 1}
    assert row(referral).responsible_user_id == heir.id
    assert [note.user_id for note in kept(Note, kind="moved_to_successor")] == [heir.id]
    due(referral, FRIDAY)
    assert run_deadlines(MONDAY)["head"] == 1
    [notice] = kept(Notice, step="head")
    assert (notice.unit_id, notice.told_unit_id) == (town.outreach.pk, successor.pk)
    assert {note.user_id for note in kept(Note, kind="head")} == {head.id}


def test_another_units_clerk_gets_nothing(town, referral):
    stranger = MembershipFactory(role=Role.OUTREACH).user
    lock(town.worker)
    run_deadlines(MONDAY)
    assert row(referral).responsible_user_id != stranger.pk


def test_a_plan_moves_nothing(town, referral):
    staff(town.outreach)
    lock(town.worker)
    assert plan_deadlines(MONDAY) == {"reassigned": 1}
    assert row(referral).responsible_user_id == town.worker.id
