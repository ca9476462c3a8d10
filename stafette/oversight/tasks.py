"""What the worker does for the oversight by the clock."""

from __future__ import annotations

from datetime import date

from procrastinate.contrib.django import app

from stafette.accounts.models import Authority, Unit
from stafette.accounts.queries import watch_actor
from stafette.kernel.actor import Actor
from stafette.kernel.permissions import Permission
from stafette.kernel.scope import acting
from stafette.oversight.commands import draw_sample
from stafette.oversight.queries.samples import last_month
from stafette.oversight.watching import watch_breaches


@app.periodic(cron="*/15 * * * *")
@app.task(
    queue="deadlines", name="stafette.oversight.tasks.watch_clocks",
    queueing_lock="stafette.oversight.tasks.watch_clocks", retry=3,
)  # fmt: skip
def watch_clocks(timestamp: int) -> None:
    """Look at the clocks of breaches, at night and on Sundays, too."""
    watch_breaches()


@app.periodic(cron="20 3 * * *")
@app.task(
    queue="deadlines", name="stafette.oversight.tasks.draw_samples",
    queueing_lock="stafette.oversight.tasks.draw_samples", retry=3,
)  # fmt: skip
def draw_samples(timestamp: int) -> None:
    """Draw the month before, where it was not drawn yet: once a month, and after an outage as soon as possible."""
    draw_all(last_month())


def draw_all(month: date) -> int:
    """Draw for each authority with the rights of the program in its units."""
    watch, drawn = watch_actor(), 0
    for authority in Authority.objects.order_by("pk"):
        units = list(Unit.objects.filter(authority=authority).values_list("pk", flat=True))
        if units:
            clerk = Actor(watch.id, watch.label, frozenset((Permission.READING_VIEW, unit) for unit in units))
            with acting(clerk):
                drawn += draw_sample(actor=clerk, authority_id=authority.pk, month=month)
    return drawn
