"""What machines are told: before login, without secrets, even without a database."""

from datetime import timedelta

import pytest
from django.db import OperationalError

from stafette.kernel.clock import now
from stafette.web import jobs


@pytest.fixture
def queue(monkeypatch):
    """Say when a worker last lived and since when a job waits."""

    def set_up(heartbeat, waiting=None):
        monkeypatch.setattr(jobs, "last_heartbeat", lambda: heartbeat and now() - heartbeat)
        monkeypatch.setattr(jobs, "oldest_waiting", lambda: waiting and now() - waiting)

    return set_up


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("heartbeat", "waiting", "status", "code"),
    [
        (timedelta(seconds=5), None, "ok", 200),
        (timedelta(seconds=5), timedelta(minutes=14), "ok", 200),
        (timedelta(seconds=5), timedelta(minutes=16), "late", 503),
        (timedelta(minutes=3), None, "stopped", 503),
        (None, None, "stopped", 503),
    ],
)
def test_health_tells_how_background_work_stands(client, queue, heartbeat, waiting, status, code):
    queue(heartbeat, waiting)

    answer = client.get("/gesundheit/")

    assert (answer.status_code, answer.json()["status"]) == (code, status)
    assert set(answer.json()) == {"status", "database", "worker_seconds", "oldest_job_seconds"}


@pytest.mark.django_db
def test_load_balancer_keeps_a_server_whose_workers_are_down(client, queue):
    queue(None)

    assert client.get("/gesundheit/web/").status_code == 200


@pytest.mark.django_db
def test_health_without_database_is_an_answer(client, monkeypatch):
    def down():
        raise OperationalError

    monkeypatch.setattr(jobs, "last_heartbeat", down)

    for path in ("/gesundheit/", "/gesundheit/web/"):
        answer = client.get(path)
        assert (answer.status_code, answer.json()["status"]) == (503, "down")


@pytest.mark.django_db
def test_health_needs_no_login_makes_no_session_and_is_not_redirected(client, settings, queue):
    queue(timedelta(seconds=1))
    settings.SECURE_SSL_REDIRECT = True

    answer = client.get("/gesundheit/")

    assert answer.status_code == 200 and not answer.cookies
    assert answer["Cache-Control"] == "no-store"
