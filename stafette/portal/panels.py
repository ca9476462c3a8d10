"""What the room adds to the page of those who keep the directory: what readers said about pages and sheets."""

from __future__ import annotations

from uuid import UUID

from django.utils.translation import gettext as _

from stafette.kernel.actor import Actor
from stafette.portal.access import remarks_visible_to
from stafette.web.panels import Panel

MOST = 50


def upkeep_panel(*, actor: Actor, subject_id: UUID) -> Panel | None:
    """Open remarks, the oldest first; nothing where there are none."""
    remarks = list(remarks_visible_to(actor).filter(settled_on=None)[:MOST])
    if not remarks:
        return None
    return Panel(_("Hinweise zu öffentlichen Seiten"), "portal/partials/remarks.html", {"remarks": remarks})
