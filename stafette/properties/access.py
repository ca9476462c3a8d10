"""Which hints exist for whom."""

from django.db.models import QuerySet

from stafette.kernel import rows
from stafette.kernel.actor import Actor
from stafette.properties.models import Hint


def visible_to(actor: Actor) -> QuerySet[Hint]:
    """Hints of the actor's units."""
    return rows.visible(Hint, actor)
