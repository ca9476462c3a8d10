"""Who may see what runs, and who acts on the command line."""

from django.db.models import QuerySet

from stafette.accounts.guards import COMMAND_LINE
from stafette.accounts.queries import home_unit
from stafette.blueprints.models import BlueprintVersion
from stafette.kernel.actor import Actor
from stafette.kernel.permissions import Permission


def visible_to(actor: Actor) -> QuerySet[BlueprintVersion]:
    """What was applied, for those who may apply."""
    versions = BlueprintVersion.objects.all()
    return versions if actor.may(Permission.BLUEPRINT_EDIT) else versions.none()


def command_line() -> Actor:
    """Whoever can log in to the server acts for the technical administration, and only for it."""
    return Actor(COMMAND_LINE, "Kommandozeile", frozenset({(Permission.BLUEPRINT_EDIT, home_unit())}))
