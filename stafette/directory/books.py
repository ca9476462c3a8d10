"""In whose books a change of an entry stands, and who may speak for its provider."""

from __future__ import annotations

from uuid import UUID

from django.utils.translation import gettext as _

from stafette.directory.models import Organization
from stafette.kernel.actor import Actor
from stafette.kernel.errors import NotAllowed
from stafette.kernel.permissions import Permission


def books_of(actor: Actor, organization: Organization) -> UUID:
    """The keeper of the entry, or else the unit for which whoever acts edits, or the organisation's own unit."""
    edits = sorted(actor.units(Permission.DIRECTORY_EDIT))
    found = organization.keeper_id or next(iter(edits), None) or organization.unit_id
    return found or organization.pk


def require_provider(actor: Actor, organization: Organization) -> None:
    """Let in the keeper's editors, accounts of the organisation's unit, and whoever holds a link for just this one.

    An actor made for a link holds ENTRY_OWN for the id of the organisation instead of a unit.
    """
    if is_provider(actor, organization):
        return
    if organization.keeper_id is None and actor.may(Permission.DIRECTORY_EDIT):
        return
    if organization.keeper_id is None:
        raise NotAllowed(_("Diesen Eintrag können Sie nicht ändern. Fragen Sie die Redaktion."))
    actor.require(Permission.DIRECTORY_EDIT, unit=organization.keeper_id)


def is_provider(actor: Actor, organization: Organization) -> bool:
    """Tell whether the actor answers for this organisation, by account or by link."""
    units = actor.units(Permission.ENTRY_OWN)
    return organization.pk in units or organization.unit_id in units
