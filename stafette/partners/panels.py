"""What partners show on the pages of a household, a follow-up and a referral."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _

from stafette.kernel.actor import Actor
from stafette.kernel.clock import today
from stafette.kernel.permissions import Permission
from stafette.partners import queries
from stafette.partners.models import PartnerRequest
from stafette.partners.occasions import Occasion, occasion_of
from stafette.partners.questions import QUESTIONS, answer_word
from stafette.partners.words import languages, span
from stafette.web.panels import Panel


def household_panel(*, actor: Actor, subject_id: UUID) -> Panel | None:
    """What was asked about the household, and the way to ask: nothing for those who may do neither."""
    if not actor.may(Permission.REFERRAL_VIEW):
        return None
    rows = _rows(queries.of_household(actor=actor, household_id=subject_id))
    may_ask = actor.may(Permission.REFERRAL_SEND)
    if not rows and not may_ask:
        return None
    url = reverse("partners:ask", args=[subject_id]) if may_ask else ""
    return Panel(_("Anfragen an Partner"), "partners/partials/panel.html", {"rows": rows, "url": url})


def follow_up_panel(*, actor: Actor, subject_id: UUID) -> Panel | None:
    """What a school or practice said to the question whether it lasted, and the way to ask."""
    return _occasion_panel(actor, occasion_of(actor, follow_up_id=subject_id))


def referral_panel(*, actor: Actor, subject_id: UUID) -> Panel | None:
    """What one's own unit asked a partner while it worked on a referral; the other side sees none of it."""
    return _occasion_panel(actor, occasion_of(actor, referral_id=subject_id))


def _occasion_panel(actor: Actor, occasion: Occasion | None) -> Panel | None:
    if occasion is None or not actor.may(Permission.REFERRAL_VIEW, unit=occasion.unit_id):
        return None
    rows = _rows(queries.of_occasion(actor=actor, occasion=occasion))
    works = actor.may(Permission.REFERRAL_SEND, unit=occasion.unit_id)
    url = ""
    if works and occasion.is_open and occasion.household_id is not None:
        url = f"{reverse('partners:ask', args=[occasion.household_id])}?{occasion.key}={occasion.id}"
    if not rows and not url:
        return None
    context = {"rows": rows, "url": url}
    return Panel(_("Anfragen an Partner"), "partners/partials/occasion_panel.html", context)


def _rows(found: Iterable[PartnerRequest]) -> list[dict[str, Any]]:
    return [
        {
            "request": one,
            "question": QUESTIONS[one.question].text,
            "answer": answer_word(one.question, one.answer),
        }
        for one in found
    ]


def today_in_house_panel(*, actor: Actor, subject_id: UUID) -> Panel | None:
    """On the page of a unit's counter: which partner sits in the house today, at which desk; nothing without any."""
    if not any(actor.may(one, unit=subject_id) for one in (Permission.CONTACT_COUNT, Permission.UNIT_VIEW)):
        return None
    rows = queries.presences([today()], units=[subject_id])
    if not rows:
        return None
    lines = [
        {"one": one, "time": span(one.opens_at, one.closes_at), "languages": languages(one.languages)}
        for one in rows
    ]
    return Panel(_("Heute im Haus"), "partners/partials/today.html", {"rows": lines})
