"""Why a question to a partner must be dealt with by its day, in one sentence."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from stafette.partners.models import PartnerRequest
from stafette.partners.steps import BOUNCE_DAYS, DRAFT_DAYS, READ_DAYS, REMIND_DAYS, answer_period
from stafette.referrals.explaining import Basis, explain_counted, explain_set, local_day

State = PartnerRequest.State
FROM_LOG: dict[str, str] = {
    State.SENT: "partner_request.renewed",
    State.BOUNCED: "partner_request.bounced",
}
BOUNCED: Any = _("der Meldung, dass die Mail zurückkam, am")
RENEWED: Any = _("dem Senden des neuen Links am")
ANSWERED: Any = _("der Antwort des Partners am")


def explain_next(request: PartnerRequest, *, at: Mapping[str, datetime]) -> str:
    """Count again from what happened last; where that gives another day, say whose day it is."""
    answer_days, agreed = 0, ""
    if request.sent_at is not None:
        answer_days, agreed = answer_period(request, on=local_day(request.sent_at))
    known: dict[str, list[tuple[Any, datetime | None, int]]] = {
        State.DRAFT: [("prepared", request.created_at, DRAFT_DAYS)],
        State.SENT: [
            (RENEWED, at.get(FROM_LOG[State.SENT]), REMIND_DAYS),
            ("sent", request.sent_at, answer_days),
        ],
        State.BOUNCED: [(BOUNCED, at.get(FROM_LOG[State.BOUNCED]), BOUNCE_DAYS)],
        State.ANSWERED: [(ANSWERED, request.answered_at, READ_DAYS)],
    }
    for event, moment, days in known.get(request.state, []):
        if moment is not None:
            basis = Basis(str(event), local_day(moment), days, request.unit)
            if said := explain_counted(basis, request.next_on, source=agreed if event == "sent" else ""):
                return said
    return explain_set(request)
