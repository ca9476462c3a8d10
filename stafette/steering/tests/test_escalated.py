"""What nobody dealt with: the coordination office sees a number and the unit to call, and nothing about anybody."""

from datetime import timedelta

import pytest
from django.urls import reverse

from stafette.accounts.models import Post
from stafette.accounts.queries import actor_for
from stafette.accounts.roles import Role
from stafette.accounts.tests.factories import MembershipFactory, UnitFactory
from stafette.kernel.clock import today
from stafette.kernel.scope import acting
from stafette.kernel.testing import as_owner
from stafette.referrals.tests import scenes
from stafette.referrals.tests.factories import make_town
from stafette.referrals.tests.test_deadline_run import due, put, task_of
from stafette.steering.escalations import escalations


@pytest.fixture
def town(db):
    town = make_town()
    with as_owner():
        Post.objects.create(
            unit=town.outreach, code="a", title="Ansprechstelle Aufsuchende", duty="contact", phone="03443 1"
        )
    return town


@pytest.fixture
def late(town):
    day = today() - timedelta(days=20)
    return due(scenes.sent(town), day, escalate=today() - timedelta(days=10))


def seen_by(role, unit):
    actor = actor_for(MembershipFactory(unit=unit, role=role).user)
    with acting(actor):
        return escalations(actor=actor)


def test_the_coordination_sees_number_units_and_days(town, late):
    [row] = seen_by(Role.COORDINATION, town.coordination).rows
    assert (row.number, row.sender, row.days_late) == (late.number, town.clearing.name, 20)
    assert (row.unit.code, row.unit.post, row.unit.phone) == (
        town.outreach.code,
        "Ansprechstelle Aufsuchende",
        "03443 1",
    )


def test_nobody_is_named_on_the_page(town, late, logged_in):
    page = logged_in(Role.COORDINATION, town.coordination).get(reverse("steering:escalated"))
    text = page.content.decode()
    assert late.number in text
    assert "03443 1" in text
    assert text.count("Eskaliert") >= 2  # title and heading say what the tab says
    assert "Eskalationen" not in text
    for secret in (town.mother.family_name, town.child.given_names, town.worker.label, str(late.pk)):
        assert secret not in text


def test_a_pause_hides_nothing_from_the_coordination(town, late):
    put(late, paused_until=today() + timedelta(days=3))
    assert [row.number for row in seen_by(Role.COORDINATION, town.coordination).rows] == [late.number]


def test_what_is_not_yet_that_late_is_not_there(town, late):
    put(late, escalate_on=today() + timedelta(days=1))
    assert seen_by(Role.COORDINATION, town.coordination).rows == []


def test_tasks_stand_there_without_their_words_and_the_longest_late_first(town, late):
    day = today() - timedelta(days=30)
    task = task_of(town, town.outreach, town.worker, day, escalate=today() - timedelta(days=1))
    rows = seen_by(Role.COORDINATION, town.coordination).rows
    assert [row.number for row in rows] == [task.number, late.number]
    assert rows[0].sender == ""
    assert "Nachfragen" not in str(rows)


def test_a_head_sees_what_the_own_unit_holds_and_nobody_elses(town, late):
    assert [row.number for row in seen_by(Role.HEAD, town.outreach).rows] == [late.number]
    assert seen_by(Role.HEAD, town.clearing).rows == []
    assert seen_by(Role.OUTREACH, town.outreach).rows == []


def test_clerks_do_not_open_the_page(town, logged_in):
    assert logged_in(Role.OUTREACH, town.outreach).get(reverse("steering:escalated")).status_code == 403


def test_the_successor_is_the_unit_to_call(town, late):
    successor = UnitFactory(kind=town.outreach.kind, phone="03443 2")
    with as_owner():
        town.outreach.ends_on, town.outreach.successor = today() - timedelta(days=1), successor
        town.outreach.save()
    [row] = seen_by(Role.COORDINATION, town.coordination).rows
    assert (row.unit.code, row.unit.phone) == (successor.code, "03443 2")


def test_the_function_reads_no_other_table(town):
    from django.db import DatabaseError, connection, transaction

    for table in ("people_person", "accounts_user", "referrals_referral; drop table x", "nothing"):
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("select * from escalated_things(%s, %s, 5)", [table, today()])


def test_units_without_anyone_are_named(town, logged_in):
    town.route("family_needs_support", UnitFactory(name="Leeres Büro"))
    page = logged_in(Role.COORDINATION, town.coordination).get(reverse("steering:escalated"))
    assert "Leeres Büro" in page.content.decode()
