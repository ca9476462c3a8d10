"""Who deletes: the program itself, in all units; it reads dates and numbers, and no person holds its permission."""

from __future__ import annotations

from uuid import UUID

from stafette.accounts.models import Unit
from stafette.kernel.actor import Actor
from stafette.kernel.permissions import Permission

PURGE_ID = UUID("00000000-0000-7000-8000-000000000002")


def purge_actor() -> Actor:
    """Return the deletion as an actor; for jobs and reactions, never for requests."""
    units = Unit.objects.values_list("pk", flat=True)
    return Actor(
        id=PURGE_ID,
        label="Stafette (Löschlauf)",
        grants=frozenset((Permission.PURGE, unit) for unit in units),
    )
