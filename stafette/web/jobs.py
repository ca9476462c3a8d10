"""Background work that survives: jobs of dead workers run again, missed runs are made up for, all of it is watched.

The queue (procrastinate) leaves a job that was running when its worker died in the state `doing` for ever. `revive`
brings it back; it runs every minute and at each worker's start (web/tasks.py, management/commands/worker.py). So a job
runs at least once, and each task must stand being run again: it asks what is still to be done, or keeps its effect and
the mark of it in one transaction.

Periodic tasks whose time passed while no worker ran more than ten minutes ago are not made up for by the queue. A
task that must not be missed is entered here, and every worker starts with it:

    jobs.at_start("stafette.referrals.tasks.watch_deadlines")    # in config/wiring.py; the task must stand repeating
"""

from __future__ import annotations

import logging
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import Error, connection, transaction
from django.utils.translation import gettext as _
from procrastinate.contrib.django import app
from procrastinate.contrib.django.django_connector import DjangoConnector
from procrastinate.exceptions import AlreadyEnqueued
from procrastinate.jobs import Job
from procrastinate.manager import JobManager

from stafette.kernel.clock import now

DEAD_AFTER = 30  # seconds without a sign of life; a worker gives one every ten
MOST_ATTEMPTS = 5  # a job that took so many workers down is not given to another
log = logging.getLogger(__name__)
_first: list[str] = []

STALLED = """
select j.id, j.attempts, exists (
  select from procrastinate_jobs waiting
  where waiting.queueing_lock = j.queueing_lock and waiting.status = 'todo'
)
from procrastinate_jobs j left join procrastinate_workers w on w.id = j.worker_id
where j.status = 'doing' and (w.id is null or w.last_heartbeat < now() - make_interval(secs => %s))
order by j.id
"""
WAITING = """
select min(coalesce(j.scheduled_at, e.at)) from procrastinate_jobs j
join procrastinate_events e on e.job_id = j.id and e.type = 'deferred'
where j.status = 'todo' and (j.scheduled_at is null or j.scheduled_at <= now())
"""


@dataclass(frozen=True)
class Queue:
    """How many jobs of a queue are in a state."""

    name: str
    state: str
    number: int

    @property
    def word(self) -> str:
        """The state in words."""
        words = {
            "todo": _("wartet"),
            "doing": _("läuft"),
            "failed": _("gescheitert"),
            "aborted": _("abgebrochen"),
        }
        return words.get(self.state, self.state)


@dataclass(frozen=True)
class Failure:
    """Tasks that failed for good: how often, and when last. What they were about stands in no log."""

    task: str
    number: int
    last_at: datetime | None


def at_start(task: str) -> None:
    """Let every worker begin with this task, so that nothing stays undone after a downtime."""
    if task not in _first:
        _first.append(task)


def hand_over(task: str, *, queue: str, queueing_lock: str | None = None, **ids: Any) -> None:
    """Hand a job to the workers as part of the running transaction: with the step or not at all.

    `task.defer()` does that in a request, but not inside another job: there the queue has a connection of its own, the
    job is there before the step is, and stays when the step fails. Arguments are ids only; they lie in clear.
    """
    job = Job(id=None, queue=queue, task_name=task, lock=None, queueing_lock=queueing_lock, task_kwargs=ids)
    JobManager(DjangoConnector()).defer_job(job)


def defer_first() -> list[str]:
    """Hand over the tasks that every worker begins with; one that already waits is not handed over twice."""
    periodic = {name for name, _id in app.periodic_registry.periodic_tasks}
    for name in _first:
        task = app.tasks[name]
        ids = {"timestamp": int(now().timestamp())} if name in periodic else {}
        with suppress(AlreadyEnqueued), transaction.atomic():
            hand_over(name, queue=task.queue, queueing_lock=task.queueing_lock or name, **ids)
    return list(_first)


def revive() -> int:
    """Give the jobs of dead workers to the living; return how many.

    One whose place in the queue was taken meanwhile (`queueing_lock`) is dropped: its successor does the same work.
    Two who revive at once do no harm: the second finds the job no longer running.
    """
    with connection.cursor() as cursor:
        cursor.execute(STALLED, [DEAD_AFTER])
        found = cursor.fetchall()
    return sum(_revive(*row) for row in found)


def _revive(job_id: int, attempts: int, is_replaced: bool) -> bool:
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            if is_replaced:
                cursor.execute("select procrastinate_finish_job_v1(%s, 'aborted', true)", [job_id])
            elif attempts >= MOST_ATTEMPTS:
                cursor.execute("select procrastinate_finish_job_v1(%s, 'failed', false)", [job_id])
                log.error("job %s took %s workers down and is given up", job_id, attempts)
            else:
                cursor.execute("select procrastinate_retry_job_v2(%s, now(), null, null, null)", [job_id])
                log.warning("job %s of a dead worker runs again", job_id)
                return True
    except Error:  # another worker was faster
        log.info("job %s was revived by another worker", job_id)
    return False


def oldest_waiting() -> datetime | None:
    """Since when the oldest job waits that could run; None when nothing waits."""
    with connection.cursor() as cursor:
        cursor.execute(WAITING)
        (since,) = cursor.fetchone()
    return since  # type: ignore[no-any-return]


def last_heartbeat() -> datetime | None:
    """The last sign of life of any worker; None when none is known."""
    with connection.cursor() as cursor:
        cursor.execute("select max(last_heartbeat) from procrastinate_workers")
        (at,) = cursor.fetchone()
    return at  # type: ignore[no-any-return]


def queues() -> list[Queue]:
    """Jobs by queue and state; those that succeeded are deleted and do not count."""
    rows = _rows(
        "select queue_name, status::text, count(*) from procrastinate_jobs "
        "where status <> 'succeeded' group by 1, 2 order by 1, 2"
    )
    return [Queue(*row) for row in rows]  # type: ignore[arg-type]


def failures() -> list[Failure]:
    """Tasks that failed for good and still stand in the queue, the latest first."""
    rows = _rows(
        "select j.task_name, count(distinct j.id), max(e.at) from procrastinate_jobs j "
        "left join procrastinate_events e on e.job_id = j.id and e.type = 'failed' "
        "where j.status in ('failed', 'aborted') group by 1 order by 3 desc nulls last"
    )
    return [Failure(*row) for row in rows]  # type: ignore[arg-type]


def tidy(*, keep_days: int) -> int:
    """Throw away failed jobs that are older than that, and marks of periodic runs nobody needs any more."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            "delete from procrastinate_jobs j where j.status in ('failed', 'aborted', 'cancelled', 'succeeded') "
            "and not exists (select from procrastinate_events e where e.job_id = j.id "
            "and e.at > now() - make_interval(days => %s))",
            [keep_days],
        )
        removed: int = cursor.rowcount
        cursor.execute(
            "delete from procrastinate_periodic_defers where job_id is null "
            "and defer_timestamp < extract(epoch from now() - make_interval(days => %s))",
            [keep_days],
        )
    return removed


def _rows(query: str) -> Iterable[tuple[object, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(query)
        found: list[tuple[object, ...]] = cursor.fetchall()
    return found
