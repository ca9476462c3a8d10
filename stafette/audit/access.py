"""Which events exist for whom."""

from django.db.models import QuerySet

from stafette.audit.models import Event
from stafette.kernel import rows
from stafette.kernel.actor import Actor


def visible_to(actor: Actor) -> QuerySet[Event]:
    """Events in the books of the actor's units."""
    return rows.visible(Event, actor)
