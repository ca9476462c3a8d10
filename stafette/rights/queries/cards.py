"""The page of one request: who asks, the clock with its source, what may be done now."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from stafette.audit.access import visible_to as events_visible_to
from stafette.audit.wording import word_for
from stafette.kernel.actor import Actor
from stafette.kernel.permissions import Permission
from stafette.referrals.queries.notices import ToldOnce, notices_of
from stafette.rights import rules
from stafette.rights.access import contents_visible_to, passings_visible_to
from stafette.rights.models import Kind, Passing, RequestContent, SubjectRequest

AT_WORK: dict[str, tuple[str, ...]] = {
    Kind.ACCESS: ("answer",),
    Kind.PORTABILITY: ("hand_out",),
    Kind.CORRECTION: ("correct", "contest"),
    Kind.CONTESTED: ("contest", "correct"),
    Kind.RESTRICTION: ("restrict",),
    Kind.OBJECTION: ("stop",),
    Kind.ERASURE: (),
}


@dataclass(frozen=True)
class Card:
    """What the page shows."""

    request: SubjectRequest
    content: RequestContent | None
    passings: list[Passing]
    actions: list[str]
    may_copy: bool
    may_erase: bool
    source: str
    reason: str
    extension: str
    notices: list[ToldOnce]
    entries: list[dict[str, Any]]


def card(*, actor: Actor, request: SubjectRequest) -> Card:
    """Put the page together for the unit that answers; `request` comes from what the actor may see."""
    known = bool(request.identity) and request.person_id is not None
    works = actor.may(Permission.RIGHTS_EDIT, unit=request.unit_id)
    rule = rules.period("extension" if request.extended_on else "answer", on=request.counts_from)
    return Card(
        request=request,
        content=contents_visible_to(actor).filter(request=request.pk).first(),
        passings=list(passings_visible_to(actor).filter(request=request.pk).select_related("to_unit")),
        actions=_actions(request, known=known) if works else [],
        may_copy=works and known and request.kind in (Kind.ACCESS, Kind.PORTABILITY),
        may_erase=works and known and request.kind == Kind.ERASURE and request.can("answer"),
        source=f"{rule.head.source} ({rule.head.status.label})",
        reason=rules.reason(request.reason).said if request.reason else "",
        extension=rules.reason(request.extension_reason).said if request.extension_reason else "",
        notices=notices_of(actor=actor, thing_id=request.pk),
        entries=_entries(actor, request),
    )


def _actions(request: SubjectRequest, *, known: bool) -> list[str]:
    """Name the steps that state and kind allow now, the next one first."""
    if not request.is_open:
        return []
    found: list[str] = []
    if request.can("take"):
        found.append("begin")
    if not known:
        found.append("identify")
    elif request.can("answer"):
        found += AT_WORK[request.kind]
    if request.can("answer") and request.identity and request.person_id is None:
        found.append("nothing")
    if request.can("refuse"):
        found.append("refuse")
    found.append("pass_on")
    if request.extended_on is None:
        found.append("extend")
    if known:
        found.append("identify")
    return [*found, "give", "withdraw"]


def _entries(actor: Actor, request: SubjectRequest) -> list[dict[str, Any]]:
    """What happened, newest first, in the words of the log."""
    events = events_visible_to(actor).filter(subject_id=request.pk).order_by("-at", "-id")[:50]
    return [{"at": event.at, "title": word_for(event.kind), "by": event.actor_label} for event in events]
