"""The partner's eyes: what a link opens, what one question shows, what waits for an organisation."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db import connection
from django.db.models import QuerySet

from stafette.kernel.actor import Actor
from stafette.kernel.clock import now
from stafette.partners.access import contents_visible_to, visible_to
from stafette.partners.models import PartnerRequest
from stafette.partners.questions import QUESTIONS, Question
from stafette.partners.tokens import digest_of
from stafette.referrals import envelope
from stafette.referrals.envelope import Block

WAITING = ["sent", "bounced"]


@dataclass(frozen=True)
class Opening:
    """Where a token leads: `state` is open, answered, expired or unknown; only `open` leads anywhere."""

    state: str
    request_id: UUID
    link_id: UUID


@dataclass(frozen=True)
class Asked:
    """One question as the partner may see it: nothing of the unit's own books."""

    request: PartnerRequest
    number: str
    unit: str
    phone: str
    due_on: date | None
    question: Question
    blocks: list[Block]
    basis: str


def opening(token: str) -> Opening:
    """Look a token up by its digest: one row whatever was asked, so that the answer tells a guesser nothing."""
    with connection.cursor() as cursor:
        cursor.execute(
            "select state, request_id, link_id from partner_link(%s, %s)", [digest_of(token), now()]
        )
        state, request_id, link_id = cursor.fetchone()
    return Opening(state, request_id, link_id)


def asked(*, actor: Actor, request_id: UUID) -> Asked | None:
    """Show a question that still waits for its answer, to whoever was asked; None where there is none such."""
    rows = visible_to(actor).select_related("unit", "partner")
    request = rows.filter(pk=request_id, state__in=WAITING).first()
    if request is None:
        return None
    content = contents_visible_to(actor).filter(request=request.pk).first()
    return Asked(
        request=request,
        number=request.number,
        unit=request.unit.name,
        phone=request.unit.phone,
        due_on=request.answer_due_on,
        question=QUESTIONS[request.question],
        blocks=envelope.shown(content.payload) if content else [],
        basis=request.norm,
    )


def inbox(*, actor: Actor) -> QuerySet[PartnerRequest]:
    """What waits for an organisation with an account, from all units, the most urgent first."""
    found = visible_to(actor).filter(state__in=WAITING).select_related("unit", "partner")
    return found.order_by("answer_due_on", "id")
