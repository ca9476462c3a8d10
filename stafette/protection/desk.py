"""Consents on the officer's desk: figures per unit, no consent."""

from uuid import UUID

from django.utils.translation import gettext as _

from stafette.kernel.actor import Actor
from stafette.kernel.clock import today
from stafette.kernel.permissions import Permission
from stafette.protection import queries
from stafette.protection.life import Span, life_value
from stafette.web.panels import Panel


def consents_panel(*, actor: Actor, subject_id: UUID) -> Panel | None:
    """How many consents run out soon, lapsed or were withdrawn lately, per unit that the officer watches."""
    if not actor.may(Permission.READING_VIEW):
        return None
    days = life_value(Span.REMIND, on=today())
    context = {"rows": queries.consent_counts(), "days": days}
    return Panel(_("Einwilligungen, die ablaufen"), "protection/partials/consents_panel.html", context)
