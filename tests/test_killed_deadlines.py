"""kill -9 in the middle of a deadline run, then two runs at once: everything is told, and nothing twice."""

import os
import subprocess
import sys
import time
import uuid
from datetime import date

import psycopg
import pytest
from psycopg.conninfo import make_conninfo

from conftest import ROOT, administer, point_to, template_database
from stafette.accounts.roles import Role
from stafette.kernel.testing import as_owner
from stafette.referrals.models import Task
from stafette.referrals.tests.factories import make_town, staff

PATIENCE, MANY = 120, 1500
RUN = """
import datetime, django
django.setup()
from stafette.referrals.duty import run_deadlines
run_deadlines(datetime.date(2026, 6, 15), piece=20)
"""


@pytest.fixture
def url(django_db_setup, django_db_blocker):
    """A database of its own, in which everything is really committed, with many tasks that are late."""
    with django_db_blocker.unblock():
        from django.conf import settings

        before, name = settings.DATABASES["default"]["NAME"], f"stafette_test_{uuid.uuid4().hex[:12]}"
        administer(f'create database "{name}" template "{template_database()}"')
        point_to(name)
        try:
            fill()
            yield make_conninfo(os.environ["DATABASE_URL"], dbname=name)
        finally:
            point_to(before)
            administer(f'drop database if exists "{name}" with (force)')


def fill():
    town = make_town()
    staff(town.outreach, Role.HEAD)
    day = date(2026, 6, 12)
    facts = {"next_on": day, "remind_on": day, "escalate_on": date(2027, 1, 4)}
    units = {
        "unit": town.outreach,
        "responsible_unit": town.outreach,
        "escalation_unit": town.coordination,
        "responsible_user_id": town.worker.id,
        "made_by_id": town.worker.id,
    }
    with as_owner():
        Task.objects.bulk_create(
            [Task(number=f"T-{number}", title="Nachfragen", **facts, **units) for number in range(MANY)]
        )


def run(url):
    environment = os.environ | {
        "DATABASE_URL": url,
        "DJANGO_SETTINGS_MODULE": "stafette.config.settings",
        "STAFETTE_DEMO": "1",
        "PYTHONPATH": str(ROOT),
    }
    return subprocess.Popen([sys.executable, "-W", "ignore", "-c", RUN], env=environment, cwd=ROOT)


def count(url, query):
    with psycopg.connect(url, autocommit=True) as connection:
        return connection.execute(query).fetchone()[0]


def test_a_killed_run_is_finished_by_the_next_ones_and_nothing_is_told_twice(url):
    notices = "select count(*) from referrals_notice"
    killed = run(url)
    deadline = time.monotonic() + PATIENCE
    while not count(url, notices):
        assert time.monotonic() < deadline, "the run told nothing"
        assert killed.poll() is None
    killed.kill()
    killed.wait(PATIENCE)
    told = count(url, notices)
    assert 0 < told < MANY
    assert count(url, "select count(*) from outbox_note") == told  # a piece goes with its notes

    both = [run(url), run(url)]
    assert [one.wait(PATIENCE) for one in both] == [0, 0]
    assert count(url, notices) == MANY
    assert count(url, "select count(distinct (thing_id, step, due_on)) from referrals_notice") == MANY
    assert count(url, "select count(*) from outbox_note") == MANY
