"""Whom these pages answer, and for which unit."""

from __future__ import annotations

from uuid import UUID

from django.utils.translation import gettext as _

from stafette.kernel.actor import Actor
from stafette.kernel.errors import NotAllowed
from stafette.kernel.permissions import Permission


def may_see(actor: Actor) -> None:
    """Raise NotAllowed for whoever sees no arrivals in any unit."""
    if not actor.may(Permission.ARRIVAL_VIEW):
        raise NotAllowed(_("Zuzüge sieht nur die Stelle, die neu Zugezogene einlädt."))


def own_unit(actor: Actor) -> UUID:
    """The unit for which the actor takes lists and people in."""
    units = sorted(actor.units(Permission.ARRIVAL_EDIT))
    if not units:
        raise NotAllowed(_("Zuzüge erfassen darf nur die Stelle, die neu Zugezogene einlädt."))
    return units[0]
