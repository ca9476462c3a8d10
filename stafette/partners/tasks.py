"""What the worker does for this room; a number tells nothing about people, so it may lie in the queue."""

from __future__ import annotations

from procrastinate.contrib.django import app

from stafette.accounts.queries import watch_actor
from stafette.partners.commands import renew_for_partner
from stafette.partners.reminding import watch_ends


@app.task(queue="mails", name="stafette.partners.tasks.renew", retry=3)
def renew(number: str) -> None:
    """Send a new link for a number that a partner typed in, if there is such a question and it is open."""
    renew_for_partner(actor=watch_actor(), number=number)


@app.periodic(cron="15 5 * * *")  # in UTC, as the worker counts
@app.task(
    queue="deadlines",
    name="stafette.partners.tasks.watch_agreements",
    queueing_lock="stafette.partners.tasks.watch_agreements",
    retry=3,
)
def watch_agreements(timestamp: int = 0) -> None:
    """End agreements that ran out and remind of those that end soon; never twice."""
    watch_ends()
