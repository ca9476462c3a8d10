"""Jobs that outlive their worker, begin with each worker, and are watched."""

from datetime import timedelta

import pytest
from django.db import connection, transaction
from procrastinate.contrib.django import app

from stafette.kernel.clock import now
from stafette.web import jobs

pytestmark = pytest.mark.django_db


def execute(query, *values):
    with connection.cursor() as cursor:
        cursor.execute(query, values)
        return cursor.fetchall() if cursor.description else None


def worker(seconds_silent=0):
    ((number,),) = execute(
        "insert into procrastinate_workers (last_heartbeat) values (now() - make_interval(secs => %s)) returning id",
        seconds_silent,
    )
    return number


def job(status="todo", by=None, attempts=0, queueing_lock=None, task="stafette.web.tasks.tidy"):
    ((number,),) = execute(
        "insert into procrastinate_jobs (queue_name, task_name, status, worker_id, attempts, queueing_lock) "
        "values ('house', %s, %s::procrastinate_job_status, %s, %s, %s) returning id",
        task, status, by, attempts, queueing_lock,
    )  # fmt: skip
    return number


def status(number):
    found = execute("select status::text from procrastinate_jobs where id = %s", number)
    return found[0][0] if found else None


def test_jobs_of_all_rooms_are_found():
    assert {
        "stafette.arrivals.tasks.read_list", "stafette.outbox.tasks.deliver", "stafette.outbox.tasks.pack",
        "stafette.outbox.tasks.sweep", "stafette.web.tasks.revive", "stafette.web.tasks.tidy",
    } <= set(app.tasks)  # fmt: skip


def test_job_of_a_dead_worker_runs_again():
    dead, alive = worker(seconds_silent=60), worker()
    lost, orphan, running = job("doing", dead), job("doing"), job("doing", alive)

    assert jobs.revive() == 2

    assert [status(one) for one in (lost, orphan, running)] == ["todo", "todo", "doing"]
    assert jobs.revive() == 0


def test_job_whose_place_was_taken_meanwhile_is_dropped():
    lost = job("doing", worker(60), queueing_lock="outbox-pack")
    successor = job("todo", queueing_lock="outbox-pack")

    assert jobs.revive() == 0

    assert (status(lost), status(successor)) == (None, "todo")


def test_job_that_takes_every_worker_down_is_given_up():
    deadly = job("doing", worker(60), attempts=jobs.MOST_ATTEMPTS)

    assert jobs.revive() == 0

    assert status(deadly) == "failed"
    assert [failure.number for failure in jobs.failures()] == [1]


def test_one_job_that_cannot_be_revived_does_not_hold_up_the_others(monkeypatch):
    first, second = job("doing"), job("doing")
    before = jobs._revive
    monkeypatch.setattr(
        jobs, "_revive", lambda number, *rest: before(number + 1000 if number == first else number, *rest)
    )

    assert jobs.revive() == 1
    assert status(second) == "todo"


def test_job_is_handed_over_with_the_step_or_not_at_all():
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        jobs.hand_over("stafette.web.tasks.tidy", queue="house")
        1 / 0  # noqa: B018
    assert jobs.oldest_waiting() is None

    jobs.hand_over("stafette.web.tasks.tidy", queue="house")
    assert execute("select task_name, args from procrastinate_jobs") == [("stafette.web.tasks.tidy", "{}")]


def test_every_worker_begins_with_what_must_not_be_missed(monkeypatch):
    monkeypatch.setattr(jobs, "_first", [])
    jobs.at_start("stafette.web.tasks.tidy")
    jobs.at_start("stafette.web.tasks.tidy")

    assert jobs.defer_first() == ["stafette.web.tasks.tidy"]
    jobs.defer_first()

    ((task, lock),) = execute("select task_name, queueing_lock from procrastinate_jobs")
    assert (task, lock) == ("stafette.web.tasks.tidy", "tidy")


def test_queue_tells_how_it_stands():
    worker(seconds_silent=20)
    job()
    execute("update procrastinate_events set at = now() - interval '5 minutes'")
    job("failed", task="stafette.outbox.tasks.pack")

    assert timedelta(minutes=4) < now() - jobs.oldest_waiting() < timedelta(minutes=6)
    assert now() - jobs.last_heartbeat() < timedelta(seconds=40)
    found = [(one.name, one.state, one.number) for one in jobs.queues()]
    assert found == [("house", "failed", 1), ("house", "todo", 1)]
    assert [one.task for one in jobs.failures()] == ["stafette.outbox.tasks.pack"]


def test_job_that_is_due_later_does_not_wait_yet():
    job()
    execute("update procrastinate_jobs set scheduled_at = now() + interval '1 hour'")

    assert jobs.oldest_waiting() is None


def test_old_failures_are_thrown_away_and_young_ones_kept():
    old = job("failed")
    execute("insert into procrastinate_events (job_id, type, at) values (%s, 'failed', now())", old)
    execute("update procrastinate_events set at = now() - interval '40 days'")
    young = job("failed")
    execute("insert into procrastinate_events (job_id, type, at) values (%s, 'failed', now())", young)

    assert jobs.tidy(keep_days=30) == 1
    assert (status(old), status(young)) == (None, "failed")
