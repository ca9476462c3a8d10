"""What the answer of a partner tells about its room, without the case: for the upkeep of the directory."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.utils.timezone import localtime

from stafette.audit.models import Event
from stafette.kernel.actor import Actor
from stafette.kernel.clock import today
from stafette.partners.access import visible_to

FULL = {("place_free", "no"), ("place_free", "waiting_list"), ("appointment_possible", "no")}
FULL |= {("appointment_possible", "waiting_list"), ("can_take_over", "no"), ("can_take_over", "waiting_list")}
NOT_RESPONSIBLE = {("can_take_over", "not_responsible")}
ACCEPTED = {("place_free", "yes"), ("appointment_possible", "yes"), ("can_take_over", "yes")}


def kind_of(question: str, answer: str) -> str:
    """The code of the signal, or nothing for answers that tell nothing about room."""
    pair = (question, answer)
    if pair in FULL:
        return "at_capacity"
    if pair in NOT_RESPONSIBLE:
        return "not_resp"
    return "accepted" if pair in ACCEPTED else ""


@dataclass(frozen=True)
class Refusal:
    """What an organisation outside answered: its unit or its published address, the code and the days it took."""

    kind: str
    unit_id: UUID | None
    address: str
    days: int | None


def refusal_in(actor: Actor, event: Event) -> Refusal | None:
    """Read the answer that this event tells of, with the eyes of whoever gave it."""
    request = visible_to(actor).select_related("partner").filter(pk=event.subject_id).first()
    kind = kind_of(request.question, request.answer) if request is not None else ""
    if request is None or not kind:
        return None
    since = request.sent_at or request.created_at
    days = (today() - localtime(since).date()).days
    return Refusal(kind, request.partner.unit_id, request.partner.email, days)
