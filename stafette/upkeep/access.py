"""Whose entries somebody answers for: by link for one organisation, by account for those of the unit."""

from uuid import UUID

from django.db.models import QuerySet

from stafette.directory.models import Organization
from stafette.kernel.actor import Actor
from stafette.kernel.permissions import Permission

LINK_ID = UUID(
    "00000000-0000-7000-8000-000000000003"
)  # the program, on behalf of whoever holds a provider's link
LINK_LABEL = "Träger per Link"


def link_actor(organization_id: UUID) -> Actor:
    """Who comes with a link: may maintain the entries of this one organisation, and nothing else."""
    return Actor(LINK_ID, LINK_LABEL, frozenset({(Permission.ENTRY_OWN, organization_id)}))


def own_organizations(actor: Actor) -> QuerySet[Organization]:
    """The organisations for whose entries the actor answers: its units', and the one of its link."""
    units = actor.units(Permission.ENTRY_OWN)
    rows = Organization.objects.filter(is_active=True)
    return rows.filter(unit__in=units) | rows.filter(pk__in=units)
