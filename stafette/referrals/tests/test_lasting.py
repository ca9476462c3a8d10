from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils.timezone import localtime

from stafette.accounts.queries import actor_for
from stafette.accounts.roles import Role
from stafette.audit.models import Event
from stafette.kernel.clock import now
from stafette.kernel.scope import acting
from stafette.kernel.testing import as_owner
from stafette.referrals.allowed import BY_HAND
from stafette.referrals.commands import accept_referral, close_referral, give_feedback, note_first_contact
from stafette.referrals.lasting import LETS_LAST, drop_follow_ups, move_follow_ups, plan_follow_ups
from stafette.referrals.models import FollowUp, Outcome, Referral
from stafette.referrals.tests.factories import staff, user_of
from stafette.referrals.tests.scenes import again, hint_sent, sent

State = FollowUp.State


def done(town, outcome="helped"):
    referral = accept_referral(actor=town.worker, referral_id=sent(town).pk)
    note_first_contact(actor=town.worker, referral_id=referral.pk)
    close_referral(actor=town.worker, referral_id=referral.pk, outcome=outcome)
    return give_feedback(actor=town.worker, referral_id=referral.pk)


def planned(referral, **facts):
    with as_owner():
        return list(FollowUp.objects.filter(referral=referral, **facts).order_by("next_on"))


def test_two_follow_ups_come_to_the_sender_who_leads(town):
    referral = done(town)
    first, second = planned(referral)
    assert (first.kind, second.kind) == ("after_30", "after_90")
    closed = localtime(again(referral, town.clerk).closed_at).date()
    for row, days in ((first, 30), (second, 90)):
        assert closed + timedelta(days=days) <= row.next_on <= closed + timedelta(days=days + 5)
        assert row.next_on.weekday() < 5
        assert (row.unit_id, row.responsible_unit_id) == (town.clearing.pk, town.clearing.pk)
        assert row.responsible_user_id == town.clerk.id
        assert (row.household_id, row.finding_id) == (town.household.pk, referral.finding_id)
        assert row.escalation_unit_id == town.coordination.pk
        assert row.remind_on <= row.next_on <= row.escalate_on
        assert row.is_open
    assert first.number != second.number


def test_planning_is_in_the_books_of_the_sender(town):
    referral = done(town)
    with as_owner():
        events = Event.objects.filter(kind="follow_up.planned")
        assert {event.unit_id for event in events} == {town.clearing.pk}
        assert {event.about_id for event in events} == {town.household.pk}
        assert {event.details["referral"] for event in events} == {referral.number}


def test_the_receiver_sees_none_of_the_senders_follow_ups(town):
    done(town)
    with acting(town.clerk):
        assert FollowUp.objects.count() == 2
    for stranger in (town.worker, town.teacher, town.controller):
        with acting(stranger):
            assert not FollowUp.objects.exists()


def test_every_outcome_says_whether_it_can_last():
    assert set(LETS_LAST) == set(Outcome.values)


@pytest.mark.parametrize("outcome", BY_HAND)
def test_only_what_can_last_is_followed_up(town, outcome):
    assert len(planned(done(town, outcome))) == (2 if LETS_LAST[outcome] else 0)


def test_a_rule_that_tells_only_handled_is_followed_up(town):
    referral = accept_referral(actor=town.controller, referral_id=hint_sent(town).pk)
    close_referral(actor=town.controller, referral_id=referral.pk, outcome="no_answer")
    row = give_feedback(actor=town.controller, referral_id=referral.pk)
    assert row.feedback == "handled"
    assert {one.unit_id for one in planned(row)} == {town.clearing.pk}


def test_a_second_call_plans_nothing(town):
    referral = done(town)
    assert plan_follow_ups(town.worker, referral) == []
    assert len(planned(referral)) == 2


def test_the_database_admits_one_open_follow_up_of_a_kind(town):
    first, _second = planned(done(town))
    copy = FollowUp.objects.none().model(
        **{
            field.attname: getattr(first, field.attname)
            for field in FollowUp._meta.fields
            if field.name not in ("id", "created_at")
        }
    )
    with as_owner(), pytest.raises(IntegrityError), transaction.atomic():
        copy.save(force_insert=True)


def test_a_referral_that_still_runs_is_not_followed_up(town):
    referral = accept_referral(actor=town.worker, referral_id=sent(town).pk)
    assert plan_follow_ups(town.worker, referral) == []


def test_a_holder_who_left_is_replaced_by_a_colleague(town):
    from stafette.accounts.models import User

    colleague = staff(town.clearing)
    referral = accept_referral(actor=town.worker, referral_id=sent(town).pk)
    close_referral(actor=town.worker, referral_id=referral.pk, outcome="helped")
    with as_owner():
        User.objects.filter(pk=town.clerk.id).update(is_active=False)
    row = give_feedback(actor=town.worker, referral_id=referral.pk)
    assert {one.responsible_user_id for one in planned(row)} == {colleague.id}


def test_reopened_drops_what_was_planned_and_a_new_end_plans_anew(town):
    referral = done(town)
    assert drop_follow_ups(town.worker, referral) == 2
    assert {(row.state, row.drop_reason, row.is_open) for row in planned(referral)} == {
        (State.DROPPED, "superseded", False)
    }
    assert drop_follow_ups(town.worker, referral) == 0
    assert len(plan_follow_ups(town.worker, referral)) == 2
    assert len(planned(referral, is_open=True)) == 2


def test_lead_changed_moves_both_with_their_dates(town):
    referral = done(town)
    before = [row.next_on for row in planned(referral)]
    with as_owner():
        Referral.objects.filter(pk=referral.pk).update(lead_unit=town.outreach)
    row = again(referral, town.worker)
    assert move_follow_ups(town.worker, row) == 2
    moved = planned(referral, is_open=True)
    assert [one.next_on for one in moved] == before
    assert {one.unit_id for one in moved} == {town.outreach.pk}
    assert {one.responsible_user_id for one in moved} == {town.worker.id}
    assert {one.household_id for one in moved} == {row.received_household_id}
    assert {one.finding_id for one in moved} == {None}
    assert {one.state for one in planned(referral, unit=town.clearing)} == {State.DROPPED}
    assert move_follow_ups(town.clerk, row) == 0


def test_nothing_is_planned_when_the_log_fails(town, monkeypatch):
    def fail(actor, kind, *args, **kwargs):
        raise RuntimeError

    referral = accept_referral(actor=town.worker, referral_id=sent(town).pk)
    close_referral(actor=town.worker, referral_id=referral.pk, outcome="helped")
    monkeypatch.setattr("stafette.referrals.lasting.record", fail)
    with pytest.raises(RuntimeError):
        give_feedback(actor=town.worker, referral_id=referral.pk)
    assert again(referral, town.worker).state == Referral.State.CLOSED
    assert planned(referral) == []


def office(town):
    """Somebody of the coordination office, with the reach that the role has."""
    return actor_for(user_of(staff(town.coordination, Role.COORDINATION)))


def results(actor, days=400):
    with acting(actor), connection.cursor() as cursor:
        since, before = now() - timedelta(days=days), now() + timedelta(days=days)
        cursor.execute("select * from follow_up_results(%s, %s)", [since, before])
        names = [column.name for column in cursor.description]
        return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]


def test_results_are_counts_for_the_coordination_office_only(town):
    referral = done(town)
    first, second = planned(referral)
    with as_owner():
        FollowUp.objects.filter(pk=first.pk).update(
            state="answered", result="lasts", is_open=False, ended_at=now(), next_on=localtime(now()).date(),
            remind_on=localtime(now()).date(),
        )  # fmt: skip
    rows = results(office(town))
    assert {(row["lead_unit"], row["other_unit"]) for row in rows} == {(town.clearing.pk, town.outreach.pk)}
    by_kind = {row["kind"]: row for row in rows}
    assert (by_kind["after_30"]["answered"], by_kind["after_30"]["lasts"], by_kind["after_30"]["due"]) == (
        1,
        1,
        1,
    )
    assert (by_kind["after_90"]["planned"], by_kind["after_90"]["answered"], by_kind["after_90"]["due"]) == (
        1,
        0,
        0,
    )
    assert second.finding_code == by_kind["after_90"]["finding_code"]
    for nobody in (town.clerk, town.worker, town.teacher):
        assert results(nobody) == []


def test_results_leave_dropped_ones_out(town):
    drop_follow_ups(town.worker, done(town))
    assert results(office(town)) == []
