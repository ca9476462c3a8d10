"""What the worker does for the house itself."""

from __future__ import annotations

from procrastinate.contrib.django import app

from stafette.web import jobs, ratelimit

KEEP_DAYS = 30


@app.periodic(cron="* * * * *")
@app.task(queue="house", queueing_lock="revive", priority=10, retry=False)
def revive(timestamp: int = 0) -> None:
    """Bring back what died with its worker; without a lock, so that a revival that died itself holds up none.

    The counts of the brakes go as well when their minute is over: readers of the public pages are told so.
    """
    jobs.revive()
    ratelimit.forget()


@app.periodic(cron="40 3 * * *")
@app.task(queue="house", queueing_lock="tidy", retry=False)
def tidy(timestamp: int = 0) -> None:
    """Keep the queue's tables small."""
    jobs.tidy(keep_days=KEEP_DAYS)
