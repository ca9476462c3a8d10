"""Everything that the page of one referral shows, worked out once for page and partial."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from stafette.accounts.queries import finding_labels
from stafette.audit.access import visible_to as events_visible_to
from stafette.audit.wording import word_for
from stafette.kernel.actor import Actor
from stafette.kernel.permissions import Permission
from stafette.protection.data import Category
from stafette.referrals import envelope
from stafette.referrals.access import (
    attempts_visible_to,
    envelopes_visible_to,
    handlings_visible_to,
    visible_to,
)
from stafette.referrals.allowed import (
    attempts_missing,
    may_correct,
    may_forward,
    may_reopen,
    proposed_try_on,
)
from stafette.referrals.basis import allowed_feedback, decision_of, missing_consents
from stafette.referrals.models import ContactAttempt, Envelope, Handling, Outcome, Referral
from stafette.referrals.queries.changes import Change, changes
from stafette.referrals.queries.notices import ToldOnce, notices_of
from stafette.referrals.queries.timing import Timing, moving_steps, timing

CORRECTIONS = {
    "correct_outcome": "outcome",
    "correct_reason": "decline_reason",
    "correct_contact": "contacted_at",
}
CLOSED = {Referral.State.CLOSED, Referral.State.DONE}
SENDER = {"check", "revise", "send", "settle", "withdraw"}


@dataclass(frozen=True)
class CategoryRow:
    """A category of a draft: travels freely, agreed to, or consent missing."""

    code: str
    label: str
    state: str


@dataclass(frozen=True)
class Card:
    """One referral as the actor sees it: who holds the baton, what travels, what may be done now."""

    referral: Referral
    is_sender: bool
    finding: str
    content: Envelope | None
    blocks: list[envelope.Block]
    categories: list[str]
    draft: list[CategoryRow]
    missing: list[str]
    actions: list[str]
    attempts: list[ContactAttempt]
    outcome: str
    feedback: str
    timing: Timing
    attempts_missing: int | None = None
    next_try_on: date | None = None
    origin: Referral | None = None
    onward: list[Referral] = field(default_factory=list)
    corrections: list[Change] = field(default_factory=list)
    notices: list[ToldOnce] = field(default_factory=list)
    entries: list[dict[str, Any]] = field(default_factory=list)
    may_add_task: bool = False

    @property
    def was_reached(self) -> bool:
        """Tell whether the last attempt was a success: then the first contact is the next thing to write down."""
        return bool(self.attempts) and self.attempts[-1].result == ContactAttempt.Result.REACHED

    @property
    def task_query(self) -> str:
        """The address part by which a new task belongs to this referral."""
        return f"?uebergabe={self.referral.pk}"

    @property
    def household_id(self) -> UUID | None:
        """The household in the actor's own books."""
        return self.referral.household_id if self.is_sender else self.referral.received_household_id


def card(*, actor: Actor, referral: Referral) -> Card:
    """Put the page of a referral together for this actor; `referral` comes from what the actor may see."""
    is_sender = actor.may(Permission.REFERRAL_VIEW, unit=referral.from_unit_id)
    content = envelopes_visible_to(actor).filter(referral=referral.pk).first()
    handling = handlings_visible_to(actor).filter(referral=referral.pk).first()
    draft, missing = _draft(actor, referral) if is_sender else ([], [])
    tries = "attempt" in (actions := actions_for(actor, referral, is_ready=not missing))
    lacking = attempts_missing(referral) if tries and referral.can("miss") else None
    if lacking:
        actions.remove("miss")
    finding = finding_labels().get(referral.finding_code, referral.finding_code)
    times = timing(actor=actor, referral=referral, finding=finding, actions=actions)
    labels = {str(code): str(label) for code, label in Category.choices}
    return Card(
        referral=referral,
        is_sender=is_sender,
        finding=finding,
        content=content,
        blocks=envelope.shown(content.payload) if content else [],
        categories=[labels[code] for code in referral.categories],
        draft=draft,
        missing=missing,
        actions=actions,
        attempts=list(attempts_visible_to(actor).filter(referral=referral.pk).select_related("tried_by")),
        outcome=str(Outcome(handling.outcome).label) if handling and referral.state in CLOSED else "",
        feedback=_feedback(referral, handling),
        attempts_missing=lacking,
        next_try_on=proposed_try_on(referral) if tries else None,
        origin=_origin(actor, referral) if is_sender else None,
        onward=[] if is_sender else _onward(actor, referral),
        corrections=changes(actor=actor, referral=referral, at_sender=is_sender),
        timing=times,
        notices=notices_of(actor=actor, thing_id=referral.pk),
        entries=_entries(actor, referral),
        may_add_task=any(
            actor.may(Permission.REFERRAL_SEND, unit=unit)
            for unit in (referral.from_unit_id, referral.to_unit_id)
        ),
    )


def _origin(actor: Actor, referral: Referral) -> Referral | None:
    """The referral that this one carries on: only who carries it on sees where it began."""
    if referral.forwarded_from_id is None:
        return None
    return visible_to(actor).filter(pk=referral.forwarded_from_id).select_related("from_unit").first()


def _onward(actor: Actor, referral: Referral) -> list[Referral]:
    """Where the receiver carried it on to; the sender sees none of them."""
    found = visible_to(actor).filter(forwarded_from=referral.pk).select_related("to_unit")
    return list(found.order_by("created_at"))


def _draft(actor: Actor, referral: Referral) -> tuple[list[CategoryRow], list[str]]:
    if referral.state != Referral.State.DRAFT:
        return [], []
    decision = decision_of(referral)
    missing = missing_consents(actor, referral, decision)

    def state(code: str) -> str:
        if code in missing:
            return "missing"
        return "agreed" if code in decision.needs_consent else "free"

    rows = [CategoryRow(code, str(Category(code).label), state(code)) for code in referral.categories]
    return rows, [row.label for row in rows if row.state == "missing"]


def _feedback(referral: Referral, handling: Handling | None) -> str:
    """What the sender was told, or what the sender will be told when feedback is given now."""
    if referral.feedback:
        return str(Outcome(referral.feedback).label)
    if handling is not None and referral.can("answer"):
        return str(Outcome(allowed_feedback(referral)).label)
    return ""


def may_take(actor: Actor, referral: Referral, step: str) -> bool:
    """Tell whether this side may take the step at all, whatever the state: the command asks again."""
    sends = actor.may(Permission.REFERRAL_SEND, unit=referral.from_unit_id)
    answers = actor.may(Permission.REFERRAL_ANSWER, unit=referral.to_unit_id)
    if step == "offer_lead":
        return sends if referral.lead_unit_id == referral.from_unit_id else answers
    if step in ("take_over", "extend", "pause"):
        return sends if referral.responsible_unit_id == referral.from_unit_id else answers
    return sends if step in SENDER else answers


def actions_for(actor: Actor, referral: Referral, *, is_ready: bool) -> list[str]:
    """Name the moves that state and rights allow now, in the order of the table."""
    sends = actor.may(Permission.REFERRAL_SEND, unit=referral.from_unit_id)
    answers = actor.may(Permission.REFERRAL_ANSWER, unit=referral.to_unit_id) and referral.sent_at is not None
    found = [
        move
        for move in Referral.MOVES
        if referral.can(move) and (sends if move in SENDER else answers) and (is_ready or move != "send")
    ]
    if answers and (referral.can("reach") or referral.state == Referral.State.REACHED):
        found.append("attempt")
    if answers:
        found += [step for step, name in CORRECTIONS.items() if may_correct(referral, name)]
    if answers and may_forward(referral):
        found.append("forward")
    if "reopen" in found and not may_reopen(referral):
        found.remove("reopen")
    holds = sends if referral.responsible_unit_id == referral.from_unit_id else answers
    if referral.is_open and holds and referral.responsible_user_id != actor.id:
        found.append("take_over")
    found += moving_steps(actor, referral, holds=holds)
    return found


def _entries(actor: Actor, referral: Referral) -> list[dict[str, Any]]:
    """What happened, newest first, in the words of the log."""
    events = events_visible_to(actor).filter(subject_id=referral.pk).order_by("-at", "-id")[:50]
    return [{"at": event.at, "title": word_for(event.kind), "by": event.actor_label} for event in events]
