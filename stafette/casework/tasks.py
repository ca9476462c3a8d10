"""What the worker does for this room; arguments are ids only, because they lie in clear in the queue."""

from __future__ import annotations

from uuid import UUID

from procrastinate.contrib.django import app

from stafette.accounts.models import User
from stafette.accounts.queries import actor_for
from stafette.casework.rotation import finish_rotation


@app.task(queue="keys", name="stafette.casework.tasks.rewrap", retry=3)
def rewrap(unit_id: str, user_id: str) -> None:
    """Go on with a unit's change of key; may run again after a break."""
    finish_rotation(actor_for(User.objects.get(pk=user_id)), UUID(unit_id))
