"""What of this room lies open on the desk of someone who leaves a unit."""

from uuid import UUID

from django.utils.translation import gettext_lazy as _

from stafette.accounts.handover import OpenThings
from stafette.kernel.actor import Actor
from stafette.kernel.permissions import Permission
from stafette.properties.commands import hand_over_hints
from stafette.properties.models import Hint


def _count(user_id: UUID, unit_id: UUID) -> int:
    """Hints that the user is checking."""
    return Hint.objects.filter(unit=unit_id, responsible=user_id, state=Hint.State.CHECKING).count()


def _move(actor: Actor, from_id: UUID, to_id: UUID, unit_id: UUID) -> int:
    return hand_over_hints(actor=actor, from_user_id=from_id, to_user_id=to_id, unit_id=unit_id)


OPEN_HINTS = OpenThings(
    "hints",
    _("Hinweise in Prüfung"),
    needs=(Permission.UNIT_ADMIN, Permission.HINT_VIEW, Permission.HINT_EDIT),
    count=_count,
    move=_move,
)
