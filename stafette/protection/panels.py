"""What the protection room shows on the page of a household."""

from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _

from stafette.kernel.actor import Actor
from stafette.kernel.permissions import Permission
from stafette.web.panels import Panel


def knows_panel(*, actor: Actor, subject_id: UUID) -> Panel | None:
    """The way to „Wer weiß was über mich“ and to the record of a case conference."""
    if not actor.may(Permission.CONSENT_VIEW):
        return None
    context = {"url": reverse("protection:knows", args=[subject_id])}
    if actor.may(Permission.REFERRAL_SEND):
        context["request_url"] = reverse("protection:take_request")
        context["conference_url"] = reverse("protection:conference", args=[subject_id])
    return Panel(_("Wer weiß was"), "protection/partials/knows_panel.html", context)
