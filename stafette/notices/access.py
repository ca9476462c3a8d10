"""Which notices exist for whom."""

from django.db.models import QuerySet

from stafette.kernel import rows
from stafette.kernel.actor import Actor
from stafette.notices.models import BreakGlass, ChildNotice, ChildRecord, OutboundContent, OutboundNotice


def children_visible_to(actor: Actor) -> QuerySet[ChildNotice]:
    """Notices about a child in the actor's units."""
    return rows.visible(ChildNotice, actor)


def records_visible_to(actor: Actor) -> QuerySet[ChildRecord]:
    """What they tell about the family."""
    return rows.visible(ChildRecord, actor)


def outbound_visible_to(actor: Actor) -> QuerySet[OutboundNotice]:
    """Notices to the foreigners' authority, without what they tell about whom."""
    return rows.visible(OutboundNotice, actor)


def contents_visible_to(actor: Actor) -> QuerySet[OutboundContent]:
    """What they tell: for the two people who answer for it."""
    return rows.visible(OutboundContent, actor)


def glasses_visible_to(actor: Actor) -> QuerySet[BreakGlass]:
    """Openings of files in the units that the actor reviews."""
    return rows.visible(BreakGlass, actor)
