"""What holds a deletion up, what a person may have deleted at once, and the figures that stay as they were."""

from datetime import date, timedelta

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from stafette.accounts.roles import Role
from stafette.accounts.tests.factories import MembershipFactory
from stafette.audit.models import Event
from stafette.kernel.actor import Actor
from stafette.kernel.clock import today, travel
from stafette.kernel.errors import BadInput, NotAllowed, RuleBroken
from stafette.kernel.permissions import Permission
from stafette.kernel.scope import acting
from stafette.kernel.testing import as_owner
from stafette.outbox.models import Note
from stafette.people.models import ClosedFile, Household, Person
from stafette.referrals.commands import withdraw_referral
from stafette.referrals.models import FollowUp, Referral
from stafette.referrals.tests import scenes
from stafette.referrals.tests.factories import make_town, staff
from stafette.retention.acting import purge_actor
from stafette.retention.commands import erase_file, erase_person, hold_up, lift_hold
from stafette.retention.models import Hold, PurgeFigure
from stafette.retention.run import run_retention
from stafette.retention.tests.factories import at, counts
from stafette.steering.tests.rows import tallies

FILE = "people.Household"
LAST = date(2030, 1, 20)


@pytest.fixture
def town(db):
    return make_town()


def hold(town, actor=None, **facts):
    values = {
        "kind": FILE, "object_id": town.household.pk, "reason": "claim", "until_on": today() + timedelta(days=90),
    } | facts  # fmt: skip
    return hold_up(actor=actor or town.clerk, **values)


def test_a_hold_needs_a_reason_and_an_end_within_twelve_months(town):
    for until in (today(), today() + timedelta(days=367)):
        with pytest.raises(BadInput):
            hold(town, until_on=until)
    held = hold(town)
    assert held.lifted_on is None
    with as_owner():
        assert Event.objects.get(kind="retention.held").details["reason"] == "claim"


def test_a_new_hold_ends_the_old_one_and_only_the_own_unit_may(town):
    first = hold(town)
    second = hold(town, reason="procedure", until_on=today() + timedelta(days=200))
    with as_owner():
        assert Hold.objects.get(pk=first.pk).lifted_on == today()
    with pytest.raises((NotAllowed, RuleBroken)):
        hold(town, actor=town.worker)
    with pytest.raises(RuleBroken):
        hold(town, kind="referrals.Task")
    lift_hold(actor=town.clerk, hold_id=second.pk)
    with pytest.raises(RuleBroken):
        lift_hold(actor=town.clerk, hold_id=second.pk)


def grown_old(life):
    """Runs until the file is announced and its day has passed."""
    for day in (date(2027, 10, 1), date(2029, 12, 20)):
        with travel(at(day)):
            run_retention()


def test_a_held_file_stays_with_all_that_belongs_to_it_until_the_hold_ends(life):
    grown_old(life)
    with travel(at(date(2029, 12, 21))):
        held = hold(life.town, until_on=date(2030, 3, 1))
    for day in (date(2030, 1, 4), date(2030, 2, 28)):
        with travel(at(day)):
            run = run_retention()
        with as_owner():
            assert Household.objects.filter(pk=life.town.household.pk).exists()
            assert Person.objects.filter(pk=life.town.mother.pk).exists()
    counted = run.figures[life.town.clearing.pk, FILE, "L4"]
    assert (counted["held"], counted["overdue"]) == (1, 0)
    assert held.until_on == date(2030, 3, 1)
    with travel(at(date(2030, 3, 2))):  # nobody gave a new reason
        run_retention()
    with as_owner():
        assert not Household.objects.filter(pk=life.town.household.pk).exists()


def test_restricted_data_are_kept(life):
    with as_owner():
        ClosedFile.objects.create(
            unit=life.town.clearing, household=life.town.household, kind="restricted", reason="claim",
            open_to=[life.town.clerk.id], closed_by="Leitung", created_at=at(date(2026, 7, 1)),
        )  # fmt: skip
    grown_old(life)
    with travel(at(LAST)):
        run_retention()
    with as_owner():
        assert Household.objects.filter(pk=life.town.household.pk).exists()


def test_what_is_overdue_is_told_to_the_officer_once_a_day(life):
    with as_owner():
        officer = MembershipFactory(role=Role.DATA_PROTECTION, unit=life.town.clearing).user
    for _twice in range(2):
        with travel(at(date(2027, 9, 1))):
            run_retention()  # nobody ran for a year: it is announced now, and late
    with as_owner():
        assert PurgeFigure.objects.filter(overdue__gt=0).exists()
        notes = Note.objects.filter(kind="purge_overdue", user=officer)
        assert notes.count() == 1
        told = Note.objects.filter(kind="purge_announced", user=life.town.clerk.id)
        assert told.count() == 1


def test_a_dry_run_counts_and_changes_nothing(life, capsys):
    with travel(at(date(2027, 9, 1))):
        run_retention()
    before = counts()
    with travel(at(date(2027, 9, 15))):
        call_command("retention", "run", "--dry-run")
        would = run_retention(dry=True).totals()["would_go"]
    assert counts() == before
    said = capsys.readouterr().out
    assert "würden gelöscht" in said
    assert "Petrowa" not in said
    with travel(at(date(2027, 9, 15))):
        assert run_retention().totals()["deleted"] == would


def test_the_command_holds_reports_and_fails_when_something_is_overdue(life, capsys):
    call_command(
        "retention",
        "hold",
        "--object",
        str(life.town.household.pk),
        "--until",
        str(today() + timedelta(days=9)),
    )
    assert "Aufgehalten bis" in capsys.readouterr().out
    with travel(at(date(2027, 9, 1))):
        with pytest.raises(CommandError, match="müssten gelöscht sein"):
            call_command("retention", "run")
        with pytest.raises(CommandError, match="überfällig"):
            call_command("retention", "report")


def figures(actor):
    """Everything that the coordination office sees: tallies, and whether things lasted."""
    with acting(actor), connection.cursor() as cursor:
        cursor.execute(
            "select * from follow_up_results('2026-01-01', '2030-01-01', '2029-12-31') order by 1, 2, 3, 4"
        )
        lasted = cursor.fetchall()
    return tallies(), lasted


def test_every_figure_of_the_coordination_office_is_the_same_before_and_after(life):
    units = (life.town.clearing, life.town.outreach, life.town.school)
    seeing = Actor(
        id=staff(life.town.coordination, Role.COORDINATION).id,
        label="Koordination",
        grants=frozenset((Permission.FIGURES_VIEW, unit.pk) for unit in units),
    )
    before = figures(seeing)
    assert before[0]
    assert before[1]
    for day in (date(2027, 9, 1), date(2027, 9, 15), date(2028, 9, 1), date(2029, 12, 20), LAST):
        with travel(at(day)):
            run_retention()
    with as_owner():
        assert not Referral.objects.exists()
        assert not FollowUp.objects.exists()
    assert figures(seeing) == before


def test_an_erased_file_is_gone_at_once_with_what_was_handed_over(life):
    erase_file(actor=purge_actor(), household_id=life.town.household.pk)
    with as_owner():
        assert not Household.objects.filter(pk=life.town.household.pk).exists()
        assert not Person.objects.filter(pk__in=[life.town.mother.pk, life.town.child.pk]).exists()
        assert not Referral.objects.filter(pk=life.referral_id).exists()
        assert Household.objects.filter(pk=life.other.pk).exists()


def test_an_erasure_waits_for_a_hold_and_for_what_is_open(town):
    held = hold(town)
    with pytest.raises(RuleBroken, match="aufgehalten"):
        erase_file(actor=purge_actor(), household_id=town.household.pk)
    lift_hold(actor=town.clerk, hold_id=held.pk)
    referral = scenes.sent(town)
    with pytest.raises(RuleBroken, match=referral.number):
        erase_file(actor=purge_actor(), household_id=town.household.pk)
    withdraw_referral(actor=town.clerk, referral_id=referral.pk)
    with pytest.raises(NotAllowed):
        erase_file(actor=town.clerk, household_id=town.household.pk)


def test_one_person_goes_and_the_family_stays(life):
    erase_person(actor=purge_actor(), person_id=life.town.mother.pk)
    with as_owner():
        assert not Person.objects.filter(pk=life.town.mother.pk).exists()
        assert Person.objects.filter(pk=life.town.child.pk).exists()
        assert Household.objects.filter(pk=life.town.household.pk).exists()
        assert not Referral.objects.filter(pk=life.referral_id).exists()  # its envelope named the mother
