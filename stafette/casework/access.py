"""Which sealed notes exist for whom: for their author and the named deputy, and for nobody else."""

from django.db.models import QuerySet

from stafette.accounts.models import Unit
from stafette.casework.models import SealedNote, UnitKey
from stafette.kernel import rows
from stafette.kernel.actor import Actor
from stafette.kernel.permissions import Permission


def notes_visible_to(actor: Actor) -> QuerySet[SealedNote]:
    """Notes that the actor wrote or may read as the named deputy, in units where one still works."""
    found = rows.visible(SealedNote, actor).filter(unit__in=actor.units(Permission.SEALED_VIEW))
    return found.select_related("unit", "author", "deputy", "person", "household")


def keyed_units_visible_to(actor: Actor) -> QuerySet[Unit]:
    """Units whose keys the actor looks after."""
    return Unit.objects.filter(pk__in=actor.units(Permission.KEY_ADMIN)).select_related("authority")


def keys_visible_to(actor: Actor) -> QuerySet[UnitKey]:
    """What is known of the keys of these units."""
    return UnitKey.objects.filter(unit__in=actor.units(Permission.KEY_ADMIN)).select_related("unit")
