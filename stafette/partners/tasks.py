"""What the worker does for this room; a number tells nothing about people, so it may lie in the queue."""

from __future__ import annotations

from procrastinate.contrib.django import app

from stafette.accounts.queries import watch_actor
from stafette.partners.commands import renew_for_partner


@app.task(queue="mails", name="stafette.partners.tasks.renew", retry=3)
def renew(number: str) -> None:
    """Send a new link for a number that a partner typed in, if there is such a question and it is open."""
    renew_for_partner(actor=watch_actor(), number=number)
