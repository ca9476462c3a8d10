"""Who may see what runs, and who acts on the command line."""

from uuid import UUID

from django.db.models import QuerySet

from stafette.accounts.guards import COMMAND_LINE
from stafette.accounts.queries import units_by_kind
from stafette.blueprints.models import BlueprintVersion
from stafette.kernel.actor import Actor
from stafette.kernel.permissions import Permission

INSTALLATION = UUID(int=0)  # stands for "no unit yet": the command line begins an empty installation


def visible_to(actor: Actor) -> QuerySet[BlueprintVersion]:
    """What was applied, for those who may apply."""
    versions = BlueprintVersion.objects.all()
    return versions if actor.may(Permission.BLUEPRINT_EDIT) else versions.none()


def command_line() -> Actor:
    """Whoever can log in to the server acts for the technical administration, and only for it."""
    units = units_by_kind("IT") or [INSTALLATION]
    grants = frozenset((permission, unit) for permission in (Permission.BLUEPRINT_EDIT,) for unit in units)
    return Actor(id=COMMAND_LINE, label="Kommandozeile", grants=grants)
