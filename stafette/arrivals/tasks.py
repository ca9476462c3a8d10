"""What the worker does for this room; arguments are ids only, because they lie in clear in the queue."""

from __future__ import annotations

from uuid import UUID

from procrastinate.contrib.django import app

from stafette.accounts.models import User
from stafette.accounts.queries import actor_for
from stafette.arrivals import work


@app.task(queue="imports", name="stafette.arrivals.tasks.read_list", retry=False)
def read_list(import_id: str, user_id: str) -> None:
    """Read a long list in the name of the clerk who sent it in; columns and sheet stand with the list."""
    actor = actor_for(User.objects.get(pk=user_id))
    work.read_list(actor, UUID(import_id), mapping=None, sheet=None)


@app.task(queue="imports", name="stafette.arrivals.tasks.take_over", retry=3)
def take_over(import_id: str, user_id: str) -> None:
    """Take a list over in the name of the clerk who decided it; may run again after a break."""
    actor = actor_for(User.objects.get(pk=user_id))
    work.take_over(actor, UUID(import_id))
