"""The page of one question: what travels, what was answered, what may be done now."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from stafette.audit.access import visible_to as events_visible_to
from stafette.audit.wording import word_for
from stafette.kernel.actor import Actor
from stafette.kernel.clock import now
from stafette.kernel.permissions import Permission
from stafette.partners.access import contents_visible_to, links_visible_to
from stafette.partners.basis import missing_consents
from stafette.partners.explaining import FROM_LOG, explain_next
from stafette.partners.models import AnswerLink, PartnerContent, PartnerRequest
from stafette.partners.occasions import Occasion, occasion_of
from stafette.partners.questions import QUESTIONS, answer_of, answer_word
from stafette.protection.data import Category
from stafette.referrals import envelope
from stafette.referrals.envelope import Block
from stafette.referrals.queries.notices import ToldOnce, notices_of


@dataclass(frozen=True)
class Card:
    """What the page shows."""

    request: PartnerRequest
    question: str
    answer: str
    answer_date_label: str
    content: PartnerContent | None
    blocks: list[Block]
    categories: list[str]
    missing: list[str]
    link: AnswerLink | None
    link_state: str
    actions: list[str]
    awaits_code: bool
    why: str
    occasion: Occasion | None
    notices: list[ToldOnce]
    entries: list[dict[str, Any]]


def card(*, actor: Actor, request: PartnerRequest) -> Card:
    """Put the page together for the unit that asks; `request` comes from what the actor may see."""
    content = contents_visible_to(actor).filter(request=request.pk).first()
    link = links_visible_to(actor).filter(request=request.pk).first()
    labels = {str(code): str(label) for code, label in Category.choices}
    missing = _missing(actor, request)
    chosen = answer_of(request.question, request.answer)
    return Card(
        request=request,
        question=str(QUESTIONS[request.question].text),
        answer=answer_word(request.question, request.answer),
        answer_date_label=str(chosen.date_label) if chosen else "",
        content=content,
        blocks=envelope.shown(content.payload) if content else [],
        categories=[labels[code] for code in request.categories],
        missing=[labels[code] for code in request.categories if code in missing],
        link=link,
        link_state=_link_state(link),
        actions=_actions(actor, request, content, bool(missing)),
        awaits_code=request.needs_code and request.can("answer") and not request.code_hash,
        why=explain_next(request, at=_moments(actor, request)) if request.is_open else "",
        occasion=occasion_of(actor, follow_up_id=request.follow_up_id, referral_id=request.referral_id),
        notices=notices_of(actor=actor, thing_id=request.pk),
        entries=_entries(actor, request),
    )


def _missing(actor: Actor, request: PartnerRequest) -> frozenset[str]:
    if not request.can("send") or request.household_id is None:
        return frozenset()
    return missing_consents(actor, request)


def _link_state(link: AnswerLink | None) -> str:
    """Say how the link stands: sent, opened, used, ended."""
    if link is None:
        return ""
    if link.used_at:
        return "used"
    if link.revoked_at or link.expires_at <= now():
        return "ended"
    return "opened" if link.opened_at else "sent"


def _actions(
    actor: Actor, request: PartnerRequest, content: PartnerContent | None, is_missing: bool
) -> list[str]:
    """Name the steps that state and rights allow now."""
    if not actor.may(Permission.REFERRAL_SEND, unit=request.unit_id):
        return []
    found = [move for move in ("renew", "close", "give_up", "withdraw") if request.can(move)]
    if request.can("send"):
        if content is not None and not is_missing:
            found.insert(0, "send")
        elif is_missing and set(request.categories) and _something_left(actor, request):
            found.insert(0, "leave_out")
        elif content is None and not is_missing:
            found.insert(0, "fill")
    if request.needs_code and request.can("answer"):
        found.insert(0, "code")
    return found


def _something_left(actor: Actor, request: PartnerRequest) -> bool:
    return bool(set(request.categories) - missing_consents(actor, request))


def _moments(actor: Actor, request: PartnerRequest) -> dict[str, datetime]:
    """When the state began, where only the log knows it: the last time counts."""
    kinds = FROM_LOG.values()
    found = events_visible_to(actor).filter(subject_id=request.pk, kind__in=kinds).order_by("at", "id")
    return dict(found.values_list("kind", "at"))


def _entries(actor: Actor, request: PartnerRequest) -> list[dict[str, Any]]:
    """What happened, newest first, in the words of the log."""
    events = events_visible_to(actor).filter(subject_id=request.pk).order_by("-at", "-id")[:50]
    return [{"at": event.at, "title": word_for(event.kind), "by": event.actor_label} for event in events]
