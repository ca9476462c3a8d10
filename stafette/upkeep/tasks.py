"""What the worker does for this room; an id of an organisation tells nothing about people."""

from __future__ import annotations

from uuid import UUID

from procrastinate.contrib.django import app

from stafette.accounts.queries import watch_actor
from stafette.upkeep.checking import run_checks
from stafette.upkeep.commands import renew_link
from stafette.upkeep.watching import run_rounds

RENEW = "stafette.upkeep.tasks.renew"


@app.periodic(cron="40 5 * * *")  # in UTC, as the worker counts: before the offices open
@app.task(
    queue="mails", name="stafette.upkeep.tasks.ask_providers",
    queueing_lock="stafette.upkeep.tasks.ask_providers", retry=3,
)  # fmt: skip
def ask_providers(timestamp: int) -> None:
    """Ask, remind and list once a day; what one run missed, the next one catches up on, and nothing is sent twice."""
    run_rounds()


@app.periodic(cron="50 2 * * *")
@app.task(
    queue="deadlines", name="stafette.upkeep.tasks.check_entries",
    queueing_lock="stafette.upkeep.tasks.check_entries", retry=1,
)  # fmt: skip
def check_entries(timestamp: int) -> None:
    """Look at telephone numbers, and at web addresses where that is switched on."""
    run_checks()


@app.task(queue="mails", name=RENEW, retry=3)
def renew(organization_id: str) -> None:
    """Send a provider the link it asked for."""
    renew_link(actor=watch_actor(), organization_id=UUID(organization_id))
