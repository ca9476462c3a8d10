"""In whose books a change of an entry stands, and who may speak for its provider."""

from __future__ import annotations

from uuid import UUID

from stafette.accounts.queries import home_unit
from stafette.directory.models import Organization
from stafette.kernel.actor import Actor
from stafette.kernel.permissions import Permission


def books_of(organization: Organization | None) -> UUID:
    """The unit that keeps the entry, or else the one that runs the installation."""
    return (organization.keeper_id if organization else None) or home_unit()


def require_provider(actor: Actor, organization: Organization) -> None:
    """Let in the keeper's editors, accounts of the organisation's unit, and whoever holds a link for just this one.

    An actor made for a link holds ENTRY_OWN for the id of the organisation instead of a unit.
    """
    if not is_provider(actor, organization):
        actor.require(Permission.DIRECTORY_EDIT, unit=books_of(organization))


def is_provider(actor: Actor, organization: Organization) -> bool:
    """Tell whether the actor answers for this organisation, by account or by link."""
    units = actor.units(Permission.ENTRY_OWN)
    return organization.pk in units or organization.unit_id in units
