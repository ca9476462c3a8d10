"""Dates that move: rest, go on, more time, no reminders; limits from the rules; nothing is overwritten."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from stafette.accounts.roles import Role
from stafette.audit.models import Event
from stafette.kernel.clock import today, travel
from stafette.kernel.errors import BadInput, MoveNotAllowed, NotAllowed, RuleBroken
from stafette.kernel.scope import acting
from stafette.kernel.testing import as_owner
from stafette.referrals.commands import (
    accept_referral,
    close_referral,
    confirm_receipt,
    decline_referral,
    extend_referral,
    note_first_contact,
    pause_reminders,
    resume_referral,
    suspend_referral,
)
from stafette.referrals.deadlines import working_day, working_days_left
from stafette.referrals.limits import extension_room, rested_days, suspension_room
from stafette.referrals.models import DateChange, Referral
from stafette.referrals.tests.factories import staff
from stafette.referrals.tests.scenes import again, drafted, sent

State, Kind = Referral.State, DateChange.Kind
START = date(2026, 6, 1)


def at(day):
    return travel(datetime(day.year, day.month, day.day, 10, tzinfo=ZoneInfo("Europe/Berlin")))


@pytest.fixture(autouse=True)
def _monday():
    with at(START):
        yield


@pytest.fixture
def accepted(town):
    return accept_referral(actor=town.worker, referral_id=sent(town).pk)


def changes(referral):
    with as_owner():
        return list(DateChange.objects.filter(referral=referral).order_by("created_at", "id"))


def events(referral, unit):
    with as_owner():
        found = Event.objects.filter(subject_id=referral.pk, unit_id=unit.pk).order_by("at", "id")
        return [(event.kind, event.details) for event in found]


def suspend(town, referral, until=date(2026, 6, 26), reason="family_away", **facts):
    return suspend_referral(actor=town.worker, referral_id=referral.pk, until=until, reason=reason, **facts)


def extend(town, referral, until, reason="waiting_document", **facts):
    return extend_referral(actor=town.worker, referral_id=referral.pk, until=until, reason=reason, **facts)


def pause(town, referral, until, reason="agreed", **facts):
    return pause_reminders(actor=town.worker, referral_id=referral.pk, until=until, reason=reason, **facts)


# ── rest and go on ──


def test_a_suspension_keeps_the_days_that_were_left_and_reminds_nobody(town, accepted):
    before = accepted.next_on
    row = suspend(town, accepted)
    assert (row.state, row.is_open) == (State.SUSPENDED, True)
    assert row.next_on == row.remind_on == date(2026, 6, 26)
    assert row.escalate_on > row.next_on
    assert (row.responsible_unit_id, row.responsible_user_id) == (town.outreach.pk, town.worker.id)
    kept = changes(row)[0]
    assert (kept.kind, kept.reason, kept.before_on, kept.after_on, kept.days_left) == (
        Kind.SUSPENSION, "family_away", before, date(2026, 6, 26), 10,
    )  # fmt: skip


def test_the_sender_learns_the_day_but_not_the_reason(town, accepted):
    suspend(town, accepted, reason="illness")
    kind, details = events(accepted, town.clearing)[-1]
    assert (kind, details["next_on"]) == ("referral.was_suspended", "2026-06-26")
    assert "illness" not in str(events(accepted, town.clearing) + events(accepted, town.outreach))
    with acting(town.clerk):
        assert not DateChange.objects.exists()


def test_going_on_takes_up_the_days_that_were_left(town, accepted):
    suspend(town, accepted)
    with at(date(2026, 6, 15)):
        row = resume_referral(actor=town.worker, referral_id=accepted.pk)
        assert row.state == State.ACCEPTED
        assert row.next_on == working_day(date(2026, 6, 15), 10, unit=town.outreach)
    assert [one.kind for one in changes(row)] == [Kind.SUSPENSION, Kind.RESUMED]
    assert events(row, town.clearing)[-1][0] == "referral.was_resumed"


def test_a_late_one_gets_one_day_when_it_goes_on(town, accepted):
    with at(accepted.next_on + timedelta(days=3)):
        suspend(town, accepted, until=today() + timedelta(days=10))
        assert changes(accepted)[0].days_left == 0
        row = resume_referral(actor=town.worker, referral_id=accepted.pk)
        assert working_days_left(today(), row.next_on, unit=town.outreach) == 1


def test_who_was_reached_stays_reached(town, accepted):
    note_first_contact(actor=town.worker, referral_id=accepted.pk)
    suspend(town, accepted)
    assert resume_referral(actor=town.worker, referral_id=accepted.pk).state == State.REACHED


def test_a_suspension_that_ran_out_is_due_and_can_be_ended_in_other_ways(town, accepted):
    suspend(town, accepted)
    with at(date(2026, 7, 10)):
        row = again(accepted, town.worker)
        assert row.is_open and row.next_on < today()
        closed = close_referral(actor=town.worker, referral_id=accepted.pk, outcome="helped")
        assert closed.state == State.CLOSED


def test_a_suspension_that_would_end_on_a_day_off_ends_on_the_next_working_day(town, accepted):
    row = suspend(town, accepted, until=date(2026, 6, 27))
    assert row.next_on == date(2026, 6, 29)


@pytest.mark.parametrize("until", [START, START - timedelta(days=1), START + timedelta(days=61)])
def test_a_suspension_outside_its_limits_is_refused_and_says_what_is_possible(town, accepted, until):
    with pytest.raises(BadInput, match=r"vom 02\.06\.2026 bis zum 31\.07\.2026"):
        suspend(town, accepted, until=until)
    assert again(accepted, town.worker).state == State.ACCEPTED


def test_a_referral_rests_no_longer_than_the_sum_that_the_rules_allow(town, accepted):
    suspend(town, accepted, until=START + timedelta(days=60))
    again_on = START + timedelta(days=60)
    with at(again_on):  # one clock: what happens later is later
        resume_referral(actor=town.worker, referral_id=accepted.pk)
        suspend(town, accepted, until=again_on + timedelta(days=60))
    day = again_on + timedelta(days=60)
    with at(day):
        resume_referral(actor=town.worker, referral_id=accepted.pk)
    with at(day), acting(town.worker):
        assert rested_days(changes(accepted)) == 120
        assert "120 Tage" in suspension_room(again(accepted, town.worker)).refusal
        with pytest.raises(RuleBroken, match="schon 120 Tage geruht"):
            suspend(town, accepted, until=day + timedelta(days=2))


def test_an_early_return_leaves_room_for_later(town, accepted):
    suspend(town, accepted, until=START + timedelta(days=60))
    with at(START + timedelta(days=10)):
        resume_referral(actor=town.worker, referral_id=accepted.pk)
        assert rested_days(changes(accepted)) == 10


@pytest.mark.parametrize("reason", ["staffing", "over", "keine Lust", ""])
def test_a_suspension_needs_a_reason_of_its_list(town, accepted, reason):
    with pytest.raises(BadInput, match="Grund"):
        suspend(town, accepted, reason=reason)


def test_only_what_runs_can_rest(town):
    referral = sent(town)
    with pytest.raises(MoveNotAllowed):
        suspend(town, referral)
    with pytest.raises(MoveNotAllowed):
        resume_referral(actor=town.worker, referral_id=referral.pk)


@pytest.mark.parametrize("who", ["clerk", "teacher"])
def test_others_cannot_let_it_rest_nor_go_on(town, accepted, who):
    actor = getattr(town, who)
    with pytest.raises(NotAllowed):
        suspend_referral(actor=actor, referral_id=accepted.pk, until=date(2026, 6, 26), reason="family_away")
    suspend(town, accepted)
    with pytest.raises(NotAllowed):
        resume_referral(actor=actor, referral_id=accepted.pk)


def test_a_head_of_unit_watches_only(town, accepted):
    with pytest.raises(NotAllowed):
        suspend_referral(
            actor=staff(town.outreach, Role.HEAD), referral_id=accepted.pk, until=date(2026, 6, 26), reason="agreed"
        )  # fmt: skip


def test_an_old_form_suspends_nothing(town, accepted):
    with pytest.raises(RuleBroken, match="jemand anderes"):
        suspend(town, accepted, version=accepted.version - 1)


# ── more time ──


def test_an_extension_keeps_the_old_day_and_leaves_the_agreed_answer_alone(town):
    referral = confirm_receipt(actor=town.worker, referral_id=sent(town).pk)
    agreed = referral.answer_due_on
    row = extend(town, referral, date(2026, 6, 15))
    assert (row.next_on, row.answer_due_on, row.state) == (date(2026, 6, 15), agreed, State.RECEIVED)
    assert row.remind_on == date(2026, 6, 12)
    kept = changes(row)[0]
    assert (kept.kind, kept.before_on, kept.after_on) == (Kind.EXTENSION, agreed, date(2026, 6, 15))
    kind, details = events(row, town.clearing)[-1]
    assert (kind, details["before"], details["next_on"]) == (
        "referral.was_extended", f"{agreed:%Y-%m-%d}", "2026-06-15",
    )  # fmt: skip


def test_an_extension_after_the_date_counts_from_today(town):
    referral = confirm_receipt(actor=town.worker, referral_id=sent(town).pk)
    late = date(2026, 6, 15)
    with at(late):
        with acting(town.worker):
            room = extension_room(again(referral, town.worker))
        assert room.earliest == date(2026, 6, 16)
        assert room.latest == working_day(late, 20, unit=town.outreach)
        row = extend(town, referral, room.latest)
    assert row.answer_due_on == referral.answer_due_on < late
    assert changes(row)[0].created_at.date() > changes(row)[0].before_on


def test_the_third_extension_is_refused(town, accepted):
    for until in (date(2026, 6, 22), date(2026, 6, 29)):
        extend(town, accepted, until)
    with pytest.raises(RuleBroken, match="schon 2-mal verlängert"):
        extend(town, accepted, date(2026, 7, 6))
    assert again(accepted, town.worker).next_on == date(2026, 6, 29)


@pytest.mark.parametrize("days", [0, -1, 60])
def test_an_extension_outside_its_limits_is_refused(town, accepted, days):
    with pytest.raises(BadInput, match="Wählen Sie einen Tag vom"):
        extend(town, accepted, accepted.next_on + timedelta(days=days))


def test_an_extension_needs_a_reason_and_a_running_date(town, accepted):
    with pytest.raises(BadInput, match="Grund"):
        extend(town, accepted, date(2026, 6, 22), reason="over")
    suspend(town, accepted)
    with pytest.raises(RuleBroken, match="keine Frist, die sich verlängern lässt"):
        extend(town, accepted, date(2026, 7, 20))


def test_what_was_not_read_cannot_be_extended(town):
    with pytest.raises(RuleBroken):
        extend(town, sent(town), date(2026, 6, 15))


def test_the_sender_extends_the_time_to_decide_anew(town):
    referral = decline_referral(actor=town.worker, referral_id=sent(town).pk, reason="no_capacity")
    with pytest.raises(NotAllowed):
        extend(town, referral, date(2026, 6, 10))
    row = extend_referral(
        actor=town.clerk, referral_id=referral.pk, until=date(2026, 6, 10), reason="staffing"
    )
    assert (row.next_on, row.responsible_unit_id) == (date(2026, 6, 10), town.clearing.pk)
    assert events(row, town.outreach)[-1][0] == "referral.declined"


def test_the_other_unit_cannot_extend(town, accepted):
    with pytest.raises(NotAllowed):
        extend_referral(actor=town.clerk, referral_id=accepted.pk, until=date(2026, 6, 22), reason="agreed")


def test_nothing_is_moved_when_the_log_fails(town, accepted, monkeypatch):
    def fail(*args, **kwargs):
        raise RuntimeError

    monkeypatch.setattr("stafette.referrals.commands.timing.record", fail)
    for step in (
        lambda: suspend(town, accepted),
        lambda: extend(town, accepted, date(2026, 6, 22)),
        lambda: pause(town, accepted, date(2026, 6, 5)),
    ):
        with pytest.raises(RuntimeError):
            step()
    row = again(accepted, town.worker)
    assert (row.state, row.next_on, row.paused_until) == (State.ACCEPTED, accepted.next_on, None)
    assert changes(accepted) == []


# ── no reminders for a while ──


def test_a_pause_leaves_the_dates_and_ends_with_the_next_step(town, accepted):
    row = pause(town, accepted, date(2026, 6, 10))
    assert (row.paused_until, row.next_on, row.remind_on) == (
        date(2026, 6, 10), accepted.next_on, accepted.remind_on,
    )  # fmt: skip
    assert changes(row)[0].kind == Kind.PAUSE
    assert events(row, town.outreach)[-1][0] == "referral.paused"
    assert events(row, town.clearing)[-1][0] == "referral.was_accepted"
    assert note_first_contact(actor=town.worker, referral_id=row.pk).paused_until is None


def test_pauses_of_one_date_do_not_add_up(town, accepted):
    last = working_day(START, 10, unit=town.outreach)
    pause(town, accepted, last)
    with at(last), pytest.raises(RuleBroken, match="schon so lange geruht"):
        pause(town, accepted, last + timedelta(days=3))
    with at(last):
        extend(town, accepted, last + timedelta(days=7))
        assert pause(town, accepted, last + timedelta(days=3)).paused_until == last + timedelta(days=3)


def test_a_pause_has_limits_reasons_and_a_holder(town, accepted):
    with pytest.raises(BadInput, match="Wählen Sie einen Tag vom"):
        pause(town, accepted, date(2026, 6, 30))
    with pytest.raises(BadInput, match="Grund"):
        pause(town, accepted, date(2026, 6, 5), reason="over")
    with pytest.raises(NotAllowed):
        pause_reminders(actor=town.clerk, referral_id=accepted.pk, until=date(2026, 6, 5), reason="agreed")


def test_moved_dates_are_never_changed_or_deleted(town, accepted):
    from django.db import ProgrammingError, transaction

    extend(town, accepted, date(2026, 6, 22))
    with acting(town.worker):
        for attempt in (
            lambda: DateChange.objects.update(after_on=date(2026, 6, 1)),
            lambda: DateChange.objects.all().delete(),
        ):
            with pytest.raises(ProgrammingError), transaction.atomic():
                attempt()


def test_a_draft_has_nothing_to_extend(town):
    with pytest.raises(RuleBroken):
        extend_referral(
            actor=town.clerk, referral_id=drafted(town).pk, until=date(2026, 6, 5), reason="agreed"
        )
