"""What the worker does for this room."""

from __future__ import annotations

from procrastinate.contrib.django import app

from stafette.accounts.queries import home_unit
from stafette.portal.access import public_actor
from stafette.portal.commands import forget_words


@app.periodic(cron="20 2 * * *")
@app.task(
    queue="deadlines", name="stafette.portal.tasks.forget", queueing_lock="stafette.portal.tasks.forget", retry=3,
)  # fmt: skip
def forget(timestamp: int) -> None:
    """Take away what readers wrote once it is half a year old."""
    forget_words(actor=public_actor(), unit_id=home_unit())
