"""What referrals show on the page of a household."""

from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _

from stafette.kernel.actor import Actor
from stafette.kernel.permissions import Permission
from stafette.referrals import queries
from stafette.web.panels import Panel


def household_panel(*, actor: Actor, subject_id: UUID) -> Panel | None:
    """Findings, what was handed over, what was received: nothing for those who see none of it."""
    if not actor.may(Permission.FINDING_VIEW):
        return None
    proposals = queries.proposals(actor=actor, household_id=subject_id)
    received = list(queries.received_for(actor=actor, household_id=subject_id))
    context = {
        "proposals": proposals,
        "received": received,
        "url": reverse("referrals:household", args=[subject_id]),
    }
    if actor.may(Permission.CONSENT_VIEW):
        context["consents_url"] = reverse("protection:household", args=[subject_id])
    if not (proposals or received or "consents_url" in context):
        return None
    return Panel(_("Feststellungen und Übergaben"), "referrals/partials/panel.html", context)
