"""kill -9 in the middle of a job, with a real worker on a real database: nothing is lost, nothing done twice."""

import os
import subprocess
import sys
import time
import uuid

import psycopg
import pytest
from psycopg.conninfo import make_conninfo

from conftest import ROOT, administer, point_to, template_database
from stafette.accounts.tests.factories import MembershipFactory
from stafette.kernel.actor import NOBODY
from stafette.kernel.testing import as_owner
from stafette.outbox.data import NoteData
from stafette.outbox.models import Message, Note
from stafette.outbox.posting import post
from stafette.outbox.telling import notify

PATIENCE = 90


@pytest.fixture
def world(django_db_setup, django_db_blocker, tmp_path):
    """A database of its own, in which everything is really committed."""
    with django_db_blocker.unblock():
        from django.conf import settings

        before, name = settings.DATABASES["default"]["NAME"], f"stafette_test_{uuid.uuid4().hex[:12]}"
        administer(f'create database "{name}" template "{template_database()}"')
        point_to(name)
        try:
            yield World(make_conninfo(os.environ["DATABASE_URL"], dbname=name), tmp_path)
        finally:
            point_to(before)
            administer(f'drop database if exists "{name}" with (force)')


class World:
    """The database, the worker's mails, and a worker to kill."""

    def __init__(self, url, folder):
        self.url, self.folder = url, folder
        self.unit = MembershipFactory().unit
        self.clerk = self.unit.memberships.get().user

    def worker(self, *arguments):
        environment = os.environ | {
            "DATABASE_URL": self.url, "DJANGO_SETTINGS_MODULE": "stafette.config.settings",
            "STAFETTE_MAIL_BACKEND": "tests.dying_mail.EmailBackend", "STAFETTE_TEST_MAILS": str(self.folder),
            "STAFETTE_DEMO": "1", "PYTHONPATH": str(ROOT),
        }  # fmt: skip
        log = (self.folder / "log").open("ab")
        return subprocess.Popen(
            [sys.executable, "-W", "ignore", "-m", "django", "worker", "--queues", "mails,house", *arguments],
            env=environment, cwd=ROOT, stdout=log, stderr=log,
        )  # fmt: skip

    def work_to_the_end(self):
        worker = self.worker("--once")
        try:
            assert worker.wait(PATIENCE) == 0, (self.folder / "log").read_text()
        finally:
            worker.kill()

    def ask(self, query):
        with psycopg.connect(self.url, autocommit=True) as connection:
            cursor = connection.execute(query)
            return cursor.fetchall() if cursor.description else None

    def wait_for(self, condition, worker):
        deadline = time.monotonic() + PATIENCE
        while not condition():
            assert time.monotonic() < deadline and worker.poll() is None, (self.folder / "log").read_text()
            time.sleep(0.1)

    def accepted(self):
        path = self.folder / "accepted"
        return path.read_text().split() if path.exists() else []

    def let_time_pass(self):
        """The dead worker's last sign of life and its lease on the mail are long ago."""
        self.ask("update procrastinate_workers set last_heartbeat = now() - interval '1 hour'")
        self.ask("update outbox_message set try_after = now() - interval '1 second' where state = 'sending'")


def test_worker_killed_while_the_mail_server_answers(world):
    message = post(
        NOBODY, unit_id=world.unit.pk, address=world.clerk.email, kind="referral_arrived", reference="2026-000001",
        subject="Stafette: 2026-000001", body="Nummer und Link.\n", key="anlass-1",
    )  # fmt: skip
    (world.folder / "hang").touch()
    worker = world.worker()
    try:
        world.wait_for(lambda: world.accepted(), worker)
    finally:
        worker.kill()
        worker.wait()
    assert world.ask("select state from outbox_message") == [("sending",)]
    assert world.ask("select status::text from procrastinate_jobs where task_name like '%deliver'") == [
        ("doing",)
    ]

    (world.folder / "hang").unlink()
    world.work_to_the_end()
    assert world.ask("select state from outbox_message") == [("sending",)], "its lease is running"
    world.let_time_pass()
    world.work_to_the_end()

    with as_owner():
        (kept,) = Message.objects.all()
    assert (kept.state, kept.tries) == (Message.State.SENT, 2)
    assert world.accepted() == [message.message_id] * 2, "the mail program drops the second by its id"
    assert world.ask("select count(*) from procrastinate_jobs where queue_name = 'mails'") == [(0,)]


def test_worker_killed_while_it_turns_notes_into_mails(world):
    notes = [
        NoteData(
            world.clerk.pk, world.unit.pk, "referral_arrived", f"2026-{number:06}", "/", f"anlass-{number}"
        )
        for number in range(3)
    ]
    notify(NOBODY, notes)
    with psycopg.connect(world.url) as holder:
        holder.execute("lock table outbox_message in share mode")  # who writes a mail has to wait
        worker = world.worker()
        try:
            blocked = "select 1 from pg_stat_activity where wait_event_type = 'Lock' and query ilike '%outbox_message%'"
            world.wait_for(lambda: world.ask(blocked), worker)
        finally:
            worker.kill()
            worker.wait()
        holder.rollback()
    assert world.ask("select count(*) from outbox_message") == [(0,)]
    world.let_time_pass()

    world.work_to_the_end()
    world.work_to_the_end()

    with as_owner():
        assert Message.objects.filter(state=Message.State.SENT).count() == Message.objects.count() == 3
        assert not Note.objects.filter(message=None).exists()
    assert len(set(world.accepted())) == len(world.accepted()) == 3


def test_two_workers_send_no_mail_twice(world):
    wanted = {
        post(
            NOBODY, unit_id=world.unit.pk, address=world.clerk.email, kind="referral_arrived", reference=f"2026-{n:06}",
            subject=f"Stafette: 2026-{n:06}", body="Nummer und Link.\n", key=f"anlass-{n}",
        ).message_id
        for n in range(40)
    }  # fmt: skip
    world.ask(
        "update outbox_message set created_at = now() - interval '1 hour'"
    )  # so that the sweep wants them too
    workers = [world.worker("--once", "--concurrency", "4") for _ in range(2)]
    try:
        assert [worker.wait(PATIENCE) for worker in workers] == [0, 0], (world.folder / "log").read_text()
    finally:
        for worker in workers:
            worker.kill()

    assert sorted(world.accepted()) == sorted(wanted)
    assert world.ask("select state, tries, count(*) from outbox_message group by 1, 2") == [("sent", 1, 40)]
