"""What the protection room shows on the pages of a household and of a unit."""

from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _

from stafette.kernel.actor import Actor
from stafette.kernel.clock import today
from stafette.kernel.permissions import Permission
from stafette.protection.queries.declarations import commitment_of
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


def unit_panel(*, actor: Actor, subject_id: UUID) -> Panel | None:
    """Whether the body behind a unit guaranteed equal protection: whoever hands over wants to know it before."""
    found = commitment_of(subject_id, on=today()) if actor.may(Permission.UNIT_VIEW) else None
    if found is None:
        return None
    may_note = actor.may(Permission.UNIT_ADMIN, unit=subject_id)
    url = reverse("protection:declarations", args=[found.unit.code]) if may_note else ""
    return Panel(
        _("Schutz der Daten"),
        "protection/partials/declaration_panel.html",
        {"running": found.running, "url": url},
    )
