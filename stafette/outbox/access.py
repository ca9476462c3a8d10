"""Which mails exist for whom."""

from collections.abc import Iterable
from uuid import UUID

from django.conf import settings
from django.db.models import QuerySet

from stafette.kernel.actor import Actor
from stafette.kernel.permissions import Permission
from stafette.kernel.rows import visible
from stafette.outbox.models import Message


def visible_to(actor: Actor) -> QuerySet[Message]:
    """Mails of the units whose mail the actor may read."""
    return visible(Message, actor)


def demo_reader(actor: Actor, unit_ids: Iterable[UUID]) -> Actor:
    """In the demo everybody reads what went to their units, for nothing leaves the house; elsewhere nothing changes."""
    if not settings.DEMO:
        return actor
    return actor.with_grants(*((Permission.MAIL_VIEW, unit_id) for unit_id in unit_ids))
