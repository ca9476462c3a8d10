"""What the worker does for this room by the clock."""

from __future__ import annotations

from procrastinate.contrib.django import app

from stafette.referrals.duty import run_deadlines


@app.periodic(cron="5 4-17 * * *")  # in UTC, as the worker counts
@app.task(
    queue="deadlines",
    name="stafette.referrals.tasks.watch_deadlines",
    queueing_lock="stafette.referrals.tasks.watch_deadlines",
    retry=3,
)
def watch_deadlines(timestamp: int) -> None:
    """Look every hour of the working day and when a worker starts, before the digest of 7 o'clock.

    In the town that is from 5:05 to 18:05 in winter and from 6:05 to 19:05 in summer.
    What one run missed, the next one catches up on, and nothing is told twice.
    `timestamp` is the tick that is due; the day is the one on which it runs, so that an outage ends with today.
    """
    run_deadlines()
