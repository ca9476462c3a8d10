"""What every step of a question to a partner begins and ends with."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _

from stafette.kernel.actor import Actor
from stafette.kernel.clock import now
from stafette.kernel.errors import NotAllowed
from stafette.outbox.data import NoteData
from stafette.outbox.telling import notify
from stafette.partners import mails
from stafette.partners.models import AnswerLink, PartnerRequest
from stafette.partners.queries.agreements import agreed_with_partner
from stafette.partners.tokens import digest_of, new_token

DRAFT_DAYS, ANSWER_DAYS, REMIND_DAYS, READ_DAYS, BOUNCE_DAYS = 1, 5, 3, 2, 1
LINK_VALID = timedelta(days=14)


def locked(request_id: UUID, version: int | None = None) -> PartnerRequest:
    """Lock a question for a step, so that two people never overwrite each other.

    Raises NotAllowed where the actor may change none such, RuleBroken where the form shows an older version.
    """
    found = PartnerRequest.objects.select_for_update(of=("self",)).select_related(
        "unit__authority", "partner"
    )
    request = found.filter(pk=request_id).first()
    if request is None:
        raise NotAllowed(_("Diese Anfrage dürfen Sie nicht bearbeiten, oder es gibt sie nicht."))
    request.expect_version(version)
    return request


def send_new_link(actor: Actor, request: PartnerRequest, *, asked_again: bool = False) -> AnswerLink:
    """Replace whatever link there is by a new one, which goes to the known address only."""
    at, token = now(), new_token()
    AnswerLink.objects.filter(request=request, used_at=None, revoked_at=None).update(revoked_at=at)
    made = AnswerLink(
        request=request,
        unit_id=request.unit_id,
        digest=digest_of(token),
        created_at=at,
        expires_at=at + LINK_VALID,
        asked_again=asked_again,
    )
    made.save(force_insert=True)
    mails.send_link(actor, request, made, token)
    return made


def answer_period(request: PartnerRequest, *, on: date) -> tuple[int, str]:
    """Working days that the partner has to answer, and where that was agreed on; "" for the proposal of the house."""
    agreed = agreed_with_partner(unit_id=request.unit_id, partner_id=request.partner_id, on=on)
    if agreed is None or agreed.answer is None:
        return ANSWER_DAYS, ""
    day = agreed.name.rpartition(" ")[2]
    return agreed.answer, _("vereinbart in der Kooperationsvereinbarung vom {day}").format(day=day)


def tell(actor: Actor, request: PartnerRequest, kind: str, key: str) -> None:
    """Tell whoever holds the baton in the unit that asked."""
    note = NoteData(
        user_id=request.responsible_user_id,
        unit_id=request.unit_id,
        kind=kind,
        reference=request.number,
        path=reverse("partners:request", args=[request.pk]),
        key=f"{kind}:{key}",
        due_on=request.next_on,
    )
    notify(actor, [note])
