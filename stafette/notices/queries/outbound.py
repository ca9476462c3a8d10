"""The page of a notice to the foreigners' authority, and the list."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from stafette.audit.access import visible_to as events_visible_to
from stafette.audit.wording import word_for
from stafette.kernel.actor import Actor
from stafette.kernel.permissions import Permission
from stafette.notices.access import contents_visible_to, outbound_visible_to
from stafette.notices.models import OutboundContent, OutboundNotice
from stafette.notices.outbound_rules import NO, YES, Norm, outbound_rules
from stafette.referrals.queries import in_state


@dataclass(frozen=True)
class OutboundCard:
    """What the page shows; `content` only to the two people who answer for it."""

    notice: OutboundNotice
    norm: Norm
    content: OutboundContent | None
    answers: list[dict[str, Any]]
    actions: list[str]
    may_reject: bool
    is_own_draft: bool
    may_print: bool
    entries: list[dict[str, Any]]


def outbounds(*, actor: Actor) -> QuerySet[OutboundNotice]:
    """Notices of the actor's units, without what they tell about whom."""
    return outbound_visible_to(actor).select_related("unit", "responsible_user", "drafted_by", "checked_by")


def filtered(rows: QuerySet[OutboundNotice], values: dict[str, Any]) -> QuerySet[OutboundNotice]:
    """Narrow the list by state; without one only what is open."""
    return in_state(rows, values.get("state", ""))


def outbound_card(*, actor: Actor, notice: OutboundNotice) -> OutboundCard:
    """Put the page together; `notice` comes from what the actor may see."""
    content = contents_visible_to(actor).select_related("person").filter(notice=notice).first()
    drafts = actor.may(Permission.NOTICE_EDIT, unit=notice.unit_id)
    own = notice.drafted_by_id == actor.id
    checks = actor.may(Permission.NOTICE_CONFIRM, unit=notice.unit_id) and not own
    actions = [move for move in ("submit", "withdraw") if drafts and notice.can(move)]
    if checks and notice.can("confirm"):
        actions.insert(0, "confirm")
    return OutboundCard(
        notice=notice,
        norm=outbound_rules().norm(notice.norm),
        content=content,
        answers=_answers(notice),
        actions=actions,
        may_reject=checks and notice.can("reject"),
        is_own_draft=own,
        may_print=content is not None and notice.state == OutboundNotice.State.SENT,
        entries=_entries(actor, notice),
    )


def _answers(notice: OutboundNotice) -> list[dict[str, Any]]:
    """Every question that was answered, with the norm that asks it."""
    return [
        {"question": question, "answer": notice.answers[question.id]}
        for question in outbound_rules().questions
        if notice.answers.get(question.id) in (YES, NO)
    ]


def _entries(actor: Actor, notice: OutboundNotice) -> list[dict[str, Any]]:
    events = events_visible_to(actor).filter(subject_id=notice.pk).order_by("-at", "-id")[:50]
    return [{"at": event.at, "title": word_for(event.kind), "by": event.actor_label} for event in events]
