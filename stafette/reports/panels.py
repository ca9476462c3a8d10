"""What the room adds to the officer's desk: how hints to free text work, and the way to the papers."""

from __future__ import annotations

from uuid import UUID

from django.utils.translation import gettext as _

from stafette.kernel.actor import Actor
from stafette.reports import queries
from stafette.web.panels import Panel


def officer_panel(*, actor: Actor, subject_id: UUID) -> Panel | None:
    """Counts of twelve months; the papers are one click away."""
    if not any(actor.may(permission) for permission in queries.READERS):
        return None
    lines = queries.watch_lines(actor=actor)
    context = {
        "total": sum(line.shown for line in lines),
        "kept": sum(line.kept for line in lines),
        "changed": sum(line.changed for line in lines),
    }
    return Panel(_("Freitext und Unterlagen"), "reports/partials/officer.html", context)
