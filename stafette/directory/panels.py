"""What the directory shows on pages of other rooms: the services about a topic, beside the work aids about it."""

from __future__ import annotations

from uuid import UUID

from django.utils.translation import gettext as _

from stafette.accounts.models import Topic
from stafette.directory import queries
from stafette.kernel.actor import Actor
from stafette.kernel.permissions import Permission
from stafette.web.panels import Panel

MOST = 30


def topic_panel(*, actor: Actor, subject_id: UUID) -> Panel | None:
    """The services of a topic with provider and languages; nothing where there are none."""
    topic = Topic.objects.filter(pk=subject_id).first()
    if topic is None or not actor.may(Permission.UNIT_VIEW):
        return None
    found = queries.services().filter(topics__contains=[topic.code])
    rows = list(found.prefetch_related(None)[:MOST])
    if not rows:
        return None
    title = _("Angebote zum Thema „{topic}“").format(topic=topic.label)
    return Panel(title, "directory/partials/topic.html", {"services": rows, "more": len(rows) == MOST})
