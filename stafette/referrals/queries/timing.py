"""What the page of a referral says about its dates and about the lead, and how far a form may move them."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from stafette.audit.access import visible_to as events_visible_to
from stafette.kernel.actor import Actor
from stafette.referrals.access import date_changes_visible_to, transfers_visible_to
from stafette.referrals.explaining import (
    agreement_words,
    explain_answer,
    explain_escalation,
    explain_next,
    explain_pause,
)
from stafette.referrals.leads import may_change_lead, permission_of
from stafette.referrals.limits import RUNNING, Room, extension_room, pause_room, suspension_room
from stafette.referrals.models import CaseTransfer, DateChange, Referral

ROOMS = {"suspend": suspension_room, "extend": extension_room, "pause": pause_room}
FROM_LOG = {
    Referral.State.ACCEPTED: "reopened",
    Referral.State.NOT_REACHED: "not_reached",
    Referral.State.RETURNED: "returned",
}
UNSENT = {Referral.State.DRAFT, Referral.State.CHECKED}


@dataclass(frozen=True)
class Timing:
    """Why each date is what it is, what was moved, who leads and to whom the lead is offered."""

    next_step: str
    answer: str
    escalation: str
    pause: str
    agreement: str
    changes: list[DateChange]
    offer: CaseTransfer | None
    rooms: dict[str, Room] = field(default_factory=dict)

    @property
    def refusals(self) -> list[str]:
        """Why a date cannot be moved any further."""
        return [room.refusal for room in self.rooms.values() if room.refusal]


def timing(*, actor: Actor, referral: Referral, finding: str, actions: list[str]) -> Timing:
    """Explain the dates for this actor; steps that have no room left are taken off `actions`."""
    changes = list(date_changes_visible_to(actor).filter(referral=referral.pk).select_related("changed_by"))
    offers = transfers_visible_to(actor).filter(referral=referral.pk, is_open=True)
    offer = offers.select_related("from_unit", "to_unit").first()
    if offer is not None and "offer_lead" in actions:
        actions.remove("offer_lead")
    rooms = {step: ROOMS[step](referral) for step in ROOMS if step in actions}
    for step, room in rooms.items():
        if room.refusal:
            actions.remove(step)
    is_open = referral.is_open
    return Timing(
        next_step=explain_next(referral, changes=changes, at=_moments(actor, referral), finding=finding)
        if is_open
        else "",
        answer=explain_answer(referral, finding=finding),
        escalation=explain_escalation(referral) if is_open else "",
        pause=explain_pause(referral, changes=changes) if is_open else "",
        agreement=agreement_words(referral, finding),
        changes=changes,
        offer=offer,
        rooms=rooms,
    )


def moving_steps(actor: Actor, referral: Referral, *, holds: bool) -> list[str]:
    """Steps beside the table of moves: more time, fewer reminders, another unit in the lead."""
    found = []
    if holds and referral.state in RUNNING:
        found.append("extend")
    if holds and referral.is_open and referral.state not in UNSENT:
        found.append("pause")
    lead = referral.lead_unit_id
    if actor.may(permission_of(referral, lead), unit=lead) and may_change_lead(referral):
        found.append("offer_lead")
    return found


def _moments(actor: Actor, referral: Referral) -> dict[str, datetime]:
    """When the state began, where only the log knows it."""
    word = FROM_LOG.get(Referral.State(referral.state))
    if word is None:
        return {}
    kinds = [f"referral.{word}", f"referral.was_{word}"]
    found = events_visible_to(actor).filter(subject_id=referral.pk, kind__in=kinds).order_by("-at")
    at = found.values_list("at", flat=True).first()
    return {word: at} if at is not None else {}
