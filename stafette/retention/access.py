"""What of the deletion exists for whom."""

from django.db.models import QuerySet

from stafette.kernel import rows
from stafette.kernel.actor import Actor
from stafette.retention.models import Announcement, Hold, PurgeFigure


def visible_to(actor: Actor) -> QuerySet[Announcement]:
    """What is announced to the actor's units."""
    return rows.visible(Announcement, actor)


def holds_visible_to(actor: Actor) -> QuerySet[Hold]:
    """Deletions that are held up in the actor's units."""
    return rows.visible(Hold, actor)


def figures_visible_to(actor: Actor) -> QuerySet[PurgeFigure]:
    """Figures of runs in the actor's units."""
    return rows.visible(PurgeFigure, actor)
