"""What the worker does for this room; arguments are ids only, because they lie in clear in the queue."""

from __future__ import annotations

from uuid import UUID

from procrastinate.contrib.django import app

from stafette.protection.reminding import follow_one, follow_open_withdrawals, remind_of_ends


@app.task(queue="deadlines", name="stafette.protection.tasks.follow_withdrawals", retry=3)
def follow_withdrawals(note_id: str) -> None:
    """Follow one withdrawal that was spoken at any unit, seconds after it was."""
    follow_one(UUID(note_id))


@app.periodic(cron="25 4-17 * * *")  # in UTC, as the worker counts
@app.task(
    queue="deadlines",
    name="stafette.protection.tasks.watch_consents",
    queueing_lock="stafette.protection.tasks.watch_consents",
    retry=3,
)
def watch_consents(timestamp: int = 0) -> None:
    """Remind of consents that run out, and follow withdrawals that a lost job left behind; never twice."""
    follow_open_withdrawals()
    remind_of_ends()
