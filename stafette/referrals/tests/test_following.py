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
    answer_follow_up,
    drop_follow_up,
    move_follow_up,
    plan_own_follow_up,
)
from stafette.referrals.lasting import move_follow_ups
from stafette.referrals.models import Finding, FollowUp, Referral
from stafette.referrals.tests.factories import staff
from stafette.referrals.tests.scenes import again
from stafette.referrals.tests.test_lasting import done, planned

State = FollowUp.State


@pytest.fixture
def first(town):
    return planned(done(town))[0]


def row_of(follow_up):
    with as_owner():
        return FollowUp.objects.get(pk=follow_up.pk)


def soon(days=20):
    return today() + timedelta(days=days)


@pytest.mark.parametrize("result", ["lasts", "partly", "unknown"])
def test_answer_keeps_the_result_and_is_recorded(town, first, result):
    answer_follow_up(actor=town.clerk, follow_up_id=first.pk, result=result, version=first.version)
    row = row_of(first)
    assert (row.state, row.result, row.is_open, row.ended_by_id) == (
        State.ANSWERED, result, False, town.clerk.id,
    )  # fmt: skip
    with as_owner():
        event = Event.objects.get(kind="follow_up.answered")
        assert (event.unit_id, event.about_id, event.details["result"]) == (
            town.clearing.pk, town.household.pk, result,
        )  # fmt: skip
    assert len(planned(Referral(pk=first.referral_id), is_open=True)) == 1


def test_ended_opens_the_finding_again_and_drops_the_later_question(town, first):
    answer_follow_up(actor=town.clerk, follow_up_id=first.pk, result="ended")
    with acting(town.clerk):
        assert Finding.objects.get(pk=first.finding_id).state == Finding.State.OPEN
        assert Event.objects.filter(kind="finding.recurred", subject_id=first.finding_id).count() == 1
    second = planned(Referral(pk=first.referral_id))[1]
    assert (second.state, second.drop_reason) == (State.DROPPED, "superseded")


def test_ended_finds_nothing_twice(town, first):
    with as_owner():
        old = Finding.objects.get(pk=first.finding_id)
    town.finding(old.code)
    answer_follow_up(actor=town.clerk, follow_up_id=first.pk, result="ended")
    with acting(town.clerk):
        assert Finding.objects.filter(code=old.code, state=Finding.State.OPEN).count() == 1


def test_ended_at_a_receiver_who_leads_becomes_its_own_finding(town, first):
    with as_owner():
        Referral.objects.filter(pk=first.referral_id).update(lead_unit=town.outreach)
    referral = again(Referral(pk=first.referral_id), town.worker)
    move_follow_ups(town.worker, referral)
    row = planned(referral, is_open=True)[0]
    answer_follow_up(actor=town.worker, follow_up_id=row.pk, result="ended")
    with acting(town.worker):
        finding = Finding.objects.get()
        assert (finding.code, finding.household_id) == (row.finding_code, referral.received_household_id)
    with acting(town.clerk):
        assert Finding.objects.get(pk=first.finding_id).state == Finding.State.DONE


def test_moved_away_ends_the_later_question_too(town, first):
    answer_follow_up(actor=town.clerk, follow_up_id=first.pk, result="moved_away")
    second = planned(Referral(pk=first.referral_id))[1]
    assert (second.state, second.drop_reason) == (State.DROPPED, "moved_away")
    with acting(town.clerk):
        assert Finding.objects.get(pk=first.finding_id).state == Finding.State.DONE


def test_partly_plans_the_next_look_in_the_same_step(town, first):
    answer_follow_up(actor=town.clerk, follow_up_id=first.pk, result="partly", again_on=soon())
    own = planned(Referral(pk=first.referral_id), kind="own")[0]
    assert own.next_on >= soon() and own.next_on.weekday() < 5
    assert (own.finding_id, own.household_id, own.responsible_user_id) == (
        first.finding_id, town.household.pk, town.clerk.id,
    )  # fmt: skip


@pytest.mark.parametrize(
    "values",
    [
        {"result": "gut"},
        {"result": "lasts", "again_on": soon()},
        {"result": "partly", "again_on": soon(-1)},
        {"result": "partly", "again_on": soon(400)},
    ],
)
def test_answers_that_make_no_sense_change_nothing(town, first, values):
    with pytest.raises(BadInput):
        answer_follow_up(actor=town.clerk, follow_up_id=first.pk, **values)
    assert row_of(first).state == State.PLANNED


def test_answered_twice_is_refused(town, first):
    answer_follow_up(actor=town.clerk, follow_up_id=first.pk, result="lasts")
    with pytest.raises(MoveNotAllowed):
        answer_follow_up(actor=town.clerk, follow_up_id=first.pk, result="ended")


def test_an_older_form_is_refused(town, first):
    move_follow_up(actor=town.clerk, follow_up_id=first.pk, next_on=soon())
    with pytest.raises(RuleBroken, match="jemand anderes"):
        answer_follow_up(actor=town.clerk, follow_up_id=first.pk, result="lasts", version=first.version)


@pytest.mark.parametrize("who", ["worker", "teacher", "controller"])
def test_no_other_unit_may_touch_a_follow_up(town, first, who):
    actor = getattr(town, who)
    for step in (
        lambda: answer_follow_up(actor=actor, follow_up_id=first.pk, result="lasts"),
        lambda: drop_follow_up(actor=actor, follow_up_id=first.pk, drop_reason="no_consent"),
        lambda: move_follow_up(actor=actor, follow_up_id=first.pk, next_on=soon()),
        lambda: plan_own_follow_up(actor=actor, household_id=town.household.pk, next_on=soon()),
    ):
        with pytest.raises(NotAllowed):
            step()


def test_a_head_sees_dates_but_answers_nothing(town, first):
    head = staff(town.clearing, "head")
    with acting(head):
        assert FollowUp.objects.filter(pk=first.pk).exists()
    with pytest.raises(NotAllowed):
        answer_follow_up(actor=head, follow_up_id=first.pk, result="lasts")


def test_drop_needs_a_reason_of_the_list(town, first):
    with pytest.raises(BadInput):
        drop_follow_up(actor=town.clerk, follow_up_id=first.pk, drop_reason="keine Zeit")
    row = drop_follow_up(actor=town.clerk, follow_up_id=first.pk, drop_reason="no_consent")
    assert (row.state, row.is_open, row.drop_reason) == (State.DROPPED, False, "no_consent")


def test_moving_keeps_both_dates_in_the_log(town, first):
    row = move_follow_up(actor=town.clerk, follow_up_id=first.pk, next_on=soon(60))
    with as_owner():
        event = Event.objects.get(kind="follow_up.moved")
    assert event.details["before"] == first.next_on.isoformat()
    assert event.details["now"] == row.next_on.isoformat()
    assert row.remind_on <= row.next_on <= row.escalate_on


@pytest.mark.parametrize("days", [-1, 91])
def test_a_follow_up_moves_no_further_than_90_days(town, first, days):
    with pytest.raises(BadInput):
        move_follow_up(actor=town.clerk, follow_up_id=first.pk, next_on=soon(days))
    assert row_of(first).next_on == first.next_on


def test_an_ended_follow_up_does_not_move(town, first):
    answer_follow_up(actor=town.clerk, follow_up_id=first.pk, result="lasts")
    with pytest.raises(RuleBroken):
        move_follow_up(actor=town.clerk, follow_up_id=first.pk, next_on=soon())


def test_own_follow_up_with_and_without_finding(town):
    finding = town.finding()
    one = plan_own_follow_up(actor=town.clerk, household_id=town.household.pk, next_on=soon())
    two = plan_own_follow_up(
        actor=town.clerk, household_id=town.household.pk, next_on=soon(), finding_id=finding.pk
    )
    assert (one.kind, one.finding_code, one.finding_id) == ("own", "", None)
    assert (two.finding_code, two.finding_id) == (finding.code, finding.pk)
    assert one.responsible_user_id == town.clerk.id


def test_own_follow_up_clicked_twice_is_planned_once(town):
    key = uuid4()
    for _ in range(2):
        plan_own_follow_up(actor=town.clerk, household_id=town.household.pk, next_on=soon(), key=key)
    with as_owner():
        assert FollowUp.objects.filter(kind="own").count() == 1
        assert Event.objects.filter(kind="follow_up.planned").count() == 1


def test_own_follow_up_for_a_finding_of_another_household_is_refused(town):
    other = HouseholdFactory(unit=town.clearing)
    with pytest.raises(BadInput):
        plan_own_follow_up(
            actor=town.clerk, household_id=other.pk, next_on=soon(), finding_id=town.finding().pk
        )


def test_nothing_is_answered_when_the_log_fails(town, first, monkeypatch):
    def fail(*args, **kwargs):
        raise RuntimeError

    monkeypatch.setattr("stafette.referrals.commands.following.record", fail)
    with pytest.raises(RuntimeError):
        answer_follow_up(actor=town.clerk, follow_up_id=first.pk, result="ended")
    assert row_of(first).state == State.PLANNED
