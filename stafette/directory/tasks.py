"""What the worker does for this room; arguments are ids only, because they lie in clear in the queue."""

from __future__ import annotations

from uuid import UUID

from procrastinate.contrib.django import app

from stafette.accounts.models import User
from stafette.accounts.queries import actor_for, home_unit
from stafette.directory.commands import take_table_piece


@app.task(queue="imports", name="stafette.directory.tasks.take_table", retry=3)
def take_table(table_id: str, user_id: str) -> None:
    """Take a long table over in the name of the editor who decided it; may run again after a break."""
    actor = actor_for(User.objects.get(pk=user_id))
    while take_table_piece(actor=actor, unit_id=home_unit(), table_id=UUID(table_id)):
        pass
