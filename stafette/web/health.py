"""How the machine stands, in one look: for load balancers, for monitoring, for the status page. No secret, no content.

/gesundheit/       200 while the database answers and background work goes on, else 503: for monitoring
/gesundheit/web/   200 while this server and the database answer, else 503: for load balancers, so that a worker
                   that is down does not take the pages with it
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta

from django.db import Error, transaction
from django.http import HttpRequest, HttpResponse, JsonResponse

from stafette.kernel.clock import now
from stafette.web import jobs

PATHS = ("/gesundheit/", "/gesundheit/web/")
SILENT_AFTER = timedelta(minutes=2)  # no worker gave a sign of life
LATE_AFTER = timedelta(minutes=15)  # a job that could run still waits


@dataclass(frozen=True)
class Health:
    """`status` is ok, late (background work is behind), stopped (no worker), down (no database)."""

    status: str
    database: bool
    worker_seconds: int | None = None
    oldest_job_seconds: int | None = None


def look() -> Health:
    """Ask the database how it stands and how the workers do."""
    try:
        with transaction.atomic():
            heartbeat, waiting = _age(jobs.last_heartbeat()), _age(jobs.oldest_waiting())
    except Error:
        return Health("down", database=False)
    if heartbeat is None or heartbeat > SILENT_AFTER.total_seconds():
        status = "stopped"
    else:
        status = "late" if (waiting or 0) > LATE_AFTER.total_seconds() else "ok"
    return Health(status, database=True, worker_seconds=heartbeat, oldest_job_seconds=waiting)


def _age(since: datetime | None) -> int | None:
    return max(int((now() - since).total_seconds()), 0) if since else None


class HealthMiddleware:
    """Answers machines before anything else: no session, no login, no redirect, and an answer without a database."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Say how it stands where that was asked; pass everything else on."""
        if request.path not in PATHS:
            return self.get_response(request)
        health = look()
        well = health.database if request.path == PATHS[1] else health.status == "ok"
        answer = JsonResponse(asdict(health), status=200 if well else 503)
        answer["Cache-Control"] = "no-store"
        return answer
