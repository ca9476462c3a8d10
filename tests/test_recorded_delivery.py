"""kill -9 under load: whatever was acknowledged is there afterwards, once; nothing is lost, nothing is there twice.

The real server (gunicorn as `stafette demo` starts it) on a database of its own, several people working at once, and
somebody who kills its processes. Whoever gets no answer sends the same form again, as a browser does.
"""

import contextlib
import http.client
import os
import signal
import socket
import subprocess
import threading
import time
import uuid
from collections import Counter
from datetime import timedelta
from pathlib import Path
from urllib.parse import urlencode

import psycopg
import pytest
from django.conf import settings
from psycopg.conninfo import make_conninfo

from conftest import ROOT, administer, point_to, template_database
from stafette.accounts.models import User
from stafette.audit.models import Event
from stafette.audit.queries import verify_chain
from stafette.config import serve
from stafette.kernel.clock import today
from stafette.kernel.testing import as_owner
from stafette.people.models import Household
from stafette.referrals.auditing import faults
from stafette.referrals.models import ContactAttempt, Envelope, Referral, Task
from stafette.referrals.tests.cloning import clone_referral
from stafette.referrals.tests.factories import make_town, staff
from stafette.referrals.tests.scenes import checked

REFERRALS, CLIENTS, KILLS = 9, 3, 3
PATIENCE = 240
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


@pytest.fixture
def town(django_db_setup, django_db_blocker):
    """A database of its own with a town and referrals that are ready to be sent; really committed."""
    before = settings.DATABASES["default"]["NAME"]
    with django_db_blocker.unblock():
        name = f"stafette_killed_{uuid.uuid4().hex[:12]}"
        administer(f'create database "{name}" template "{template_database()}"')
        point_to(name)
        made = make_town()
        made.people = [staff(made.outreach) for _client in range(CLIENTS)]
        clone_referral(checked(made), REFERRALS - 1)
        made.database = name
        yield made
        point_to(before)
        administer(f'drop database if exists "{name}" with (force)')


def cookie_of(user_id):
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
    from django.contrib.sessions.backends.db import SessionStore

    user, session = User.objects.get(pk=user_id), SessionStore()
    session[SESSION_KEY], session[BACKEND_SESSION_KEY] = str(user.pk), BACKEND
    session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    session.save()
    return session.session_key


class Server:
    """gunicorn and the worker of `stafette demo`, started, killed and started again."""

    def __init__(self, database, log):
        self.log = log
        with socket.socket() as probe:
            probe.bind((serve.HOST, 0))
            self.port = probe.getsockname()[1]
        self.environment = os.environ | {
            "DATABASE_URL": make_conninfo(os.environ["DATABASE_URL"], dbname=database),
            "DJANGO_SETTINGS_MODULE": "stafette.config.settings",
            "STAFETTE_SECRET_KEY": settings.SECRET_KEY, "STAFETTE_DEBUG": "1", "STAFETTE_SECOND_FACTOR": "0",
        }  # fmt: skip
        self.web, self.worker = None, None

    def start(self):
        web, worker = serve._commands(self.port)
        if self.web is None:
            self.web = self._child(web)
        if self.worker is None:
            self.worker = self._child(worker)

    def _child(self, command):
        with self.log.open("ab") as log:
            return subprocess.Popen(
                command, env=self.environment, cwd=ROOT, start_new_session=True, stdout=log, stderr=log
            )

    def kill_all(self):
        """The machine loses power: master and workers are gone at once; the job worker as well."""
        for child in (self.web, self.worker):
            with contextlib.suppress(ProcessLookupError):
                os.killpg(child.pid, signal.SIGKILL)
            child.wait()
        self.web = self.worker = None

    def kill_workers(self):
        """The kernel picks the workers; the master stays and forks new ones."""
        children = Path(f"/proc/{self.web.pid}/task/{self.web.pid}/children")
        for pid in children.read_text().split():
            with contextlib.suppress(ProcessLookupError):
                os.kill(int(pid), signal.SIGKILL)


class Load:
    """What the clients do together: every answer is kept, and whoever waits for a number of them is woken."""

    def __init__(self, port, secrets):
        self.port, self.secrets = port, secrets
        self.answers, self.failed, self.retries, self.news = [], [], 0, threading.Condition()
        self.give_up = time.monotonic() + PATIENCE

    def wait_for(self, count):
        with self.news:
            self.news.wait_for(lambda: len(self.answers) >= count or self.failed, PATIENCE)
        assert len(self.answers) >= count, f"the clients came to a stop: {self.failed}"

    def post(self, who, path, **form):
        """Send one form until somebody answers it; the same form each time."""
        token = "a" * 32
        headers = {
            "Content-Type": "application/x-www-form-urlencoded",
            "Cookie": f"{settings.SESSION_COOKIE_NAME}={self.secrets[who]}; {settings.CSRF_COOKIE_NAME}={token}",
            "X-CSRFToken": token,
        }
        while time.monotonic() < self.give_up:
            connection = http.client.HTTPConnection(serve.HOST, self.port, timeout=20)
            try:
                connection.request("POST", path, urlencode(form), headers)
                answer = connection.getresponse()
                status, place = answer.status, answer.headers.get("Location", "")
            except (OSError, http.client.HTTPException):
                self.retries += 1
                self.until_it_listens()
                continue
            finally:
                connection.close()
            assert status < 500 and status != 404 and "/konto" not in place, f"{status} {place} for {path}"
            with self.news:
                self.answers.append((path, status))
                self.news.notify_all()
            return status
        raise AssertionError("nobody answered")

    def until_it_listens(self):
        while time.monotonic() < self.give_up:
            with contextlib.suppress(OSError), socket.create_connection((serve.HOST, self.port), timeout=1):
                return
            threading.Event().wait(0.05)


def work(load, referrals, clerk, worker):
    """One client's day: send, accept, try to reach them, note what is to do, close."""
    try:
        for pk in referrals:
            load.post(clerk, f"/uebergaben/{pk}/senden/", version=current(load, pk))
            load.post(worker, f"/uebergaben/{pk}/annehmen/", version=current(load, pk))
            due = (today() + timedelta(days=5)).strftime("%d.%m.%Y")
            load.post(
                worker,
                f"/uebergaben/aufgaben/neu/?uebergabe={pk}",
                key=uuid.uuid4(),
                title="Rückruf",
                next_on=due,
                user_id=worker,
            )
            load.post(
                worker,
                f"/uebergaben/{pk}/kontaktversuch/",
                channel="phone",
                result="no_answer",
                version=current(load, pk),
            )
            load.post(worker, f"/uebergaben/{pk}/abschliessen/", outcome="moved_away")
    except BaseException as error:
        with load.news:
            load.failed.append(error)
            load.news.notify_all()


def current(load, pk):
    """The version that the page showed when its form was opened."""
    with psycopg.connect(load.database) as connection:
        return connection.execute("select version from referrals_referral where id = %s", [pk]).fetchone()[0]


def test_nothing_acknowledged_is_lost_and_nothing_happens_twice(town, tmp_path, capsys):
    with as_owner():
        rows = list(Referral.objects.order_by("number").values_list("pk", flat=True))
    people = [town.clerk.id, *(one.id for one in town.people)]
    server = Server(town.database, tmp_path / "server.log")
    load = Load(server.port, {user: cookie_of(user) for user in people})
    load.database = server.environment["DATABASE_URL"]
    begun = time.monotonic()
    clients = [
        threading.Thread(target=work, args=(load, rows[n::CLIENTS], town.clerk.id, town.people[n].id))
        for n in range(CLIENTS)
    ]
    server.start()
    try:
        for client in clients:
            client.start()
        for number in range(KILLS):
            load.wait_for((number + 1) * REFERRALS * 5 // (KILLS + 1))
            server.kill_all() if number % 2 else server.kill_workers()
            server.start()
        for client in clients:
            client.join(PATIENCE)
    except AssertionError:
        print(server.log.read_text()[-4000:])
        raise
    finally:
        server.kill_all()
    assert not load.failed and not any(client.is_alive() for client in clients)
    everything_is_there_once(town, load)
    with capsys.disabled():
        took = f"{KILLS} kills, {time.monotonic() - begun:.0f} s"
        print(f"\n{len(load.answers)} steps acknowledged, {load.retries} sent again, {took}")


def everything_is_there_once(town, load):
    statuses = Counter(status for _path, status in load.answers)
    assert len(load.answers) == REFERRALS * 5, statuses
    with as_owner():
        assert dict(Counter(Referral.objects.values_list("state", flat=True))) == {"closed": REFERRALS}, (
            statuses
        )
        assert Envelope.objects.count() == REFERRALS
        assert Household.objects.filter(unit=town.outreach).count() == REFERRALS
        tries = Counter(ContactAttempt.objects.values_list("referral", flat=True))
        assert (len(tries), set(tries.values())) == (REFERRALS, {1})
        assert Counter(Task.objects.values_list("referral", flat=True)).most_common(1)[0][1] == 1
        assert Task.objects.count() == REFERRALS
        steps = Counter(Event.objects.filter(kind__startswith="referral.").values_list("kind", "subject_id"))
        for kind in ("referral.sent", "referral.accepted", "referral.contact_tried", "referral.closed"):
            mine = [count for (one, _subject), count in steps.items() if one == kind]
            assert (len(mine), set(mine)) == (REFERRALS, {1}), kind
        assert [(one.code, one.numbers) for one in faults(using="default")] == []
    report = verify_chain(using="owner")
    assert report.faults == [] and report.checked >= Event.objects.count()
