"""Whose papers exist for whom: the officer reads those of the authority, a head those of the own unit."""

from __future__ import annotations

from django.db.models import QuerySet

from stafette.accounts.access import units_visible_to
from stafette.accounts.models import Unit
from stafette.kernel.actor import Actor
from stafette.kernel.permissions import Permission

READERS = (Permission.DISCLOSURE_VIEW, Permission.READING_VIEW, Permission.UNIT_ADMIN)


def readable_units(actor: Actor) -> QuerySet[Unit]:
    """Units whose papers the actor may read."""
    held = frozenset().union(*(actor.units(permission) for permission in READERS))
    return Unit.objects.filter(pk__in=held).select_related("authority")


def sheet_units(actor: Actor) -> QuerySet[Unit]:
    """Units whose information sheets the actor may print: whoever sees the units."""
    return units_visible_to(actor)
