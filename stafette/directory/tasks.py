"""What the worker does for this room; arguments are ids only, because they lie in clear in the queue."""

from __future__ import annotations

from uuid import UUID

from django.db.models import Q
from procrastinate.contrib.django import app

from stafette.accounts.models import User
from stafette.accounts.queries import actor_for, home_unit
from stafette.directory.commands import take_table_piece
from stafette.directory.indexing import reindex
from stafette.directory.models import Service


@app.periodic(cron="25 2 * * *")  # in UTC, as the worker counts
@app.task(
    queue="house",
    queueing_lock="directory-index",
    name="stafette.directory.tasks.complete_index",
    retry=False,
)
def complete_index(timestamp: int = 0) -> None:
    """Write the search rows that are missing: services from before there was a search, or put in beside the program."""
    missing = Q(search_row=None) | Q(search_glance=None)
    reindex(Service.objects.filter(missing).values_list("pk", flat=True))


@app.task(queue="imports", name="stafette.directory.tasks.take_table", retry=3)
def take_table(table_id: str, user_id: str) -> None:
    """Take a long table over in the name of the editor who decided it; may run again after a break."""
    actor = actor_for(User.objects.get(pk=user_id))
    while take_table_piece(actor=actor, unit_id=home_unit(), table_id=UUID(table_id)):
        pass
