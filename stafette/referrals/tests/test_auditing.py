"""The audit finds each way in which a baton can fall, and is silent where none did."""

from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from stafette.accounts.models import Membership, Unit, User
from stafette.accounts.tests.factories import AbsenceFactory, UnitFactory
from stafette.audit.record import record
from stafette.kernel.clock import today
from stafette.kernel.ids import new_id
from stafette.kernel.testing import as_owner
from stafette.kernel.workdays import add_working_days
from stafette.referrals.auditing import faults
from stafette.referrals.commands import accept_referral, close_referral, decline_referral, give_feedback
from stafette.referrals.models import Envelope, FollowUp, Notice, Referral, Task
from stafette.referrals.tests.factories import staff
from stafette.referrals.tests.scenes import drafted, hint_sent, sent

YESTERDAY = today() - timedelta(days=1)


def found(**facts):
    with as_owner():
        return {(fault.code, fault.count) for fault in faults(using="default", **facts)}


def sql(statement, *values):
    with as_owner(), connection.cursor() as cursor:
        cursor.execute("set constraints all immediate")
        cursor.execute(statement, values)


@pytest.fixture
def referral(town):
    return sent(town)


def test_what_commands_leave_behind_is_whole(town):
    hint_sent(town)
    referral = sent(town)
    assert found() == set()
    accept_referral(actor=town.worker, referral_id=referral.pk)
    assert found() == set()
    close_referral(actor=town.worker, referral_id=referral.pk, outcome="helped")
    give_feedback(actor=town.worker, referral_id=referral.pk)
    assert found() == set()


def test_a_unit_that_ended_needs_a_running_successor(town, referral):
    heir = UnitFactory(kind=town.outreach.kind, authority=town.outreach.authority)
    with as_owner():
        Unit.objects.filter(pk=town.outreach.pk).update(ends_on=YESTERDAY, successor=heir)
    assert found() == {("crew", 1)}
    staff(heir)
    assert ("crew", 1) not in found()
    with as_owner():
        Unit.objects.filter(pk=heir.pk).update(ends_on=YESTERDAY, successor=town.outreach)
    assert ("unit", 1) in found()


@pytest.mark.parametrize("how", ["locked", "moved", "role"])
def test_a_person_who_cannot_act_is_found(town, referral, how):
    staff(town.outreach)
    holder = referral.responsible_user_id
    with as_owner():
        if how == "locked":
            User.objects.filter(pk=holder).update(is_active=False)
        elif how == "moved":
            Membership.objects.filter(user=holder).update(ends_on=YESTERDAY)
        else:
            Membership.objects.filter(user=holder).update(role="head")
    assert found() == {("person", 1)}


def test_an_absence_counts_only_where_nobody_stands_in(town, referral):
    deputy = staff(town.outreach)
    AbsenceFactory(user_id=referral.responsible_user_id, deputy_id=deputy.id, user=None, deputy=None)
    assert found() == set()
    staff(town.outreach)
    AbsenceFactory(user_id=deputy.id, deputy_id=referral.responsible_user_id, user=None, deputy=None)
    assert found() == {("person", 1)}


def test_whoever_waits_must_be_there_too(town, referral):
    staff(town.clearing)
    with as_owner():
        User.objects.filter(pk=town.clerk.id).update(is_active=False)
    assert found() == {("waiting", 1)}


def test_dates_states_and_units_are_checked_though_the_database_does(town, referral):
    sql("alter table referrals_referral drop constraint referral_dates_in_order")
    sql("update referrals_referral set escalate_on = next_on - 1")
    assert found() == {("dates", 1)}
    sql("update referrals_referral set escalate_on = next_on")
    sql("alter table referrals_referral drop constraint referral_is_open_fits_state")
    sql("alter table referrals_referral drop constraint referral_ended_at_fits_state")
    sql("update referrals_referral set is_open = false")
    assert ("state", 1) in found()
    sql("update referrals_referral set is_open = true")
    sql("alter table referrals_referral drop constraint referral_baton_fits_state")
    sql(
        "update referrals_referral set responsible_unit_id = from_unit_id, responsible_user_id = sender_user_id"
    )
    assert found() == {("state", 1)}


def test_who_is_told_must_exist(town, referral):
    with as_owner():
        Unit.objects.filter(pk=town.coordination.pk).update(ends_on=YESTERDAY, successor=town.coordination)
    assert found() == {("escalation", 1)}


def test_findings_envelopes_and_notices_belong_to_something(town, referral):
    with as_owner():
        Envelope.objects.all().delete()
        Notice.objects.create(
            thing="task", thing_id=new_id(), number="weg", unit=town.clearing, told_unit=town.clearing,
            holder_id=town.clerk.id, step="remind", due_on=today(),
        )  # fmt: skip
    assert found() == {("envelope", 1), ("notice", 1)}
    with as_owner():
        Envelope.objects.create(
            referral=referral,
            from_unit=town.clearing,
            to_unit=town.outreach,
            payload={},
            person_count=0,
            sent_at=referral.sent_at,
        )
        Notice.objects.all().delete()
        Referral.objects.filter(pk=referral.pk).update(finding=None)
    assert found() == {("finding", 1)}


def test_a_declined_referral_leaves_its_finding_open(town, referral):
    decline_referral(actor=town.worker, referral_id=referral.pk, reason="no_capacity")
    assert found() == set()


def test_silence_after_a_run_is_found_until_the_office_knows(town, referral):
    day = add_working_days(referral.escalate_on, 6, "ST")
    assert found(on=day) == set()  # no run that day yet: nobody can know
    record(town.clerk, "deadlines.run", town.clearing, unit=town.clearing.pk, day=day)
    assert found(on=day) == {("silent", 1)}
    with as_owner():
        Referral.objects.filter(pk=referral.pk).update(paused_until=day)
    assert found(on=day) == {("silent", 1)}  # a pause excuses nobody from telling the office
    with as_owner():
        Notice.objects.create(
            thing="referral", thing_id=referral.pk, number=referral.number, unit=town.outreach,
            told_unit=town.coordination, holder_id=town.worker.id, step="steering", due_on=referral.next_on,
        )  # fmt: skip
    assert found(on=day) == set()


def test_a_lasting_outcome_has_its_follow_ups(town, referral):
    accept_referral(actor=town.worker, referral_id=referral.pk)
    close_referral(actor=town.worker, referral_id=referral.pk, outcome="helped")
    give_feedback(actor=town.worker, referral_id=referral.pk)
    with as_owner():
        FollowUp.objects.all().delete()
    assert found() == {("lasting", 1)}


def test_every_kind_is_looked_at(town):
    day = today()
    with as_owner():
        Task.objects.create(
            number="A-1", title="Rückruf", made_by_id=town.clerk.id, unit=town.clearing,
            responsible_unit=town.clearing, responsible_user_id=town.worker.id, next_on=day, remind_on=day,
            escalate_on=day, escalation_unit=town.coordination,
        )  # fmt: skip
        [fault] = faults(using="default")
    assert (fault.code, fault.kind, fault.numbers) == ("person", "Aufgabe", ["A-1"])


@pytest.mark.django_db(databases=["default", "owner"])
def test_the_command_prints_numbers_and_what_to_do_and_fails(town, monkeypatch):
    referral = drafted(town)
    out = StringIO()
    monkeypatch.setattr("stafette.referrals.management.commands.referrals.faults", lambda using: [])
    call_command("referrals", "audit", stdout=out)
    assert "Jeder offene Vorgang" in out.getvalue()
    staff(town.clearing)
    with as_owner():
        User.objects.filter(pk=town.clerk.id).update(is_active=False)
        real = faults(using="default")
    monkeypatch.setattr("stafette.referrals.management.commands.referrals.faults", lambda using: real)
    with pytest.raises(CommandError, match="1 Vorgänge"):
        call_command("referrals", "audit", stdout=out)
    text = out.getvalue()
    assert referral.number in text and "Übertragen Sie" in text and town.mother.family_name not in text
