"""The unit's list of questions to partners."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from stafette.kernel.permissions import Permission
from stafette.partners import forms, queries
from stafette.partners.questions import QUESTIONS, answer_word
from stafette.web.doors import needs
from stafette.web.lists import Column, ListSpec, show_list
from stafette.web.requests import StaffRequest


def _due_on(row: Any) -> Any:
    return row.next_on if row.is_open else None


LOOKS = {"answered": "today", "bounced": "late", "sent": "sent", "draft": "draft"}
REQUESTS = ListSpec(
    name="partner_requests",
    title=_("Anfragen an Partner"),
    order="next_on",
    filters=forms.RequestFilter,
    apply=queries.filtered,
    empty=_("Hier stehen Anfragen, sobald Sie von einem Haushalt aus einen Partner fragen."),
    columns=(
        Column(
            "number", _("Nummer"), lambda row: row.number, sort="number",
            link=lambda row: reverse("partners:request", args=[row.pk]),
        ),
        Column("partner", _("Partner"), lambda row: row.partner.name),
        Column("question", _("Frage"), lambda row: QUESTIONS[row.question].text),
        Column("household", _("Haushalt"), lambda row: row.household.label if row.household else "–"),
        Column(
            "state", _("Stand"), lambda row: row.get_state_display(),
            badge=lambda row: LOOKS.get(row.state, "neutral"),
        ),
        Column("answer", _("Antwort"), lambda row: answer_word(row.question, row.answer) or "–"),
        Column(
            "due", _("Nächster Schritt"), lambda row: row.next_on if row.is_open else "–", sort="next_on",
            badge=lambda row: "due" if row.is_open else "", export=_due_on,
        ),
        Column("who", _("Wer ist dran"), lambda row: row.responsible_user.label if row.is_open else "–"),
    ),
)  # fmt: skip


@needs(Permission.REFERRAL_VIEW)
def index(request: StaffRequest) -> HttpResponse:
    """Show what the unit asked, the most urgent first."""
    return show_list(request, REQUESTS, queries.requests(actor=request.actor))
