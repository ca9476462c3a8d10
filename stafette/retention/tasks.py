"""What the worker does for this room by the clock."""

from __future__ import annotations

from procrastinate.contrib.django import app

from stafette.retention.run import run_retention


@app.periodic(cron="35 1 * * *")  # in UTC, as the worker counts
@app.task(
    queue="deadlines",
    name="stafette.retention.tasks.purge",
    queueing_lock="stafette.retention.tasks.purge",
    retry=3,
)
def purge(timestamp: int) -> None:
    """Delete every night what is due, and when a worker starts: an outage ends with one run, not with many."""
    run_retention()
