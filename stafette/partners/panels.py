"""What partners show on the page of a household."""

from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _

from stafette.kernel.actor import Actor
from stafette.kernel.permissions import Permission
from stafette.partners import queries
from stafette.partners.questions import QUESTIONS, answer_word
from stafette.web.panels import Panel


def household_panel(*, actor: Actor, subject_id: UUID) -> Panel | None:
    """What was asked about the household, and the way to ask: nothing for those who may do neither."""
    if not actor.may(Permission.REFERRAL_VIEW):
        return None
    rows = [
        {
            "request": one,
            "question": QUESTIONS[one.question].text,
            "answer": answer_word(one.question, one.answer),
        }
        for one in queries.of_household(actor=actor, household_id=subject_id)
    ]
    may_ask = actor.may(Permission.REFERRAL_SEND)
    if not rows and not may_ask:
        return None
    url = reverse("partners:ask", args=[subject_id]) if may_ask else ""
    return Panel(_("Anfragen an Partner"), "partners/partials/panel.html", {"rows": rows, "url": url})
