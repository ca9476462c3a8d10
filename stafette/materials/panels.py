"""What the room adds to the page of those who keep things true: what waits, what is outdated, what was asked."""

from __future__ import annotations

from uuid import UUID

from django.utils.translation import gettext as _

from stafette.kernel.actor import Actor
from stafette.kernel.permissions import Permission
from stafette.materials import queries
from stafette.web.panels import Panel


def upkeep_panel(*, actor: Actor, subject_id: UUID) -> Panel | None:
    """Counts with the way to each; nothing for those who edit no materials."""
    if not actor.may(Permission.MATERIAL_EDIT):
        return None
    lines = queries.grid(actor=actor)
    cells = [cell for line in lines for cell in line.cells]
    context = {
        "waiting": queries.waiting_for_release(actor=actor).count(),
        "outdated": sum(cell.shown is not None and cell.shown.state == "outdated" for cell in cells),
        "missing": sum(cell.is_missing for cell in cells),
        "stale_sheets": sum(line.sheet.is_stale for line in lines),
        "stale_aids": len(queries.stale_aids(actor=actor)),
        "questions": queries.questions(actor=actor).filter(state="open").count(),
        "oldest": queries.oldest_open(actor=actor),
        "topics": queries.open_questions_by_topic(actor=actor)[:5],
    }
    return Panel(_("Infoblätter, Arbeitshilfen, offene Fragen"), "materials/partials/upkeep.html", context)
