"""After a referral has ended: does it last? Follow-ups 30 and 90 days on, for the unit that leads (W6, W-34)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db.models import QuerySet
from django.utils.timezone import localtime

from stafette.accounts.models import Unit
from stafette.audit.record import record
from stafette.kernel.actor import Actor
from stafette.kernel.clock import now, today
from stafette.kernel.permissions import Permission
from stafette.kernel.scope import acting
from stafette.referrals.deadlines import dates_until, working_day
from stafette.referrals.models import FollowUp, Handling, Outcome, Referral
from stafette.referrals.steps import escalation_unit_for, holder, next_number

DAYS = {FollowUp.Kind.AFTER_30: 30, FollowUp.Kind.AFTER_90: 90}

LETS_LAST: dict[str, bool] = {
    Outcome.HELPED: True,
    Outcome.ONGOING: True,
    Outcome.CHECKED: True,  # a shortcoming that was looked at may come back
    Outcome.HANDLED: True,  # all that the rule lets the receiver tell: whoever leads asks anew
    Outcome.NO_ANSWER: False,
    Outcome.DECLINED: False,
    Outcome.NOT_REACHABLE: False,
    Outcome.NO_NEED: False,
    Outcome.MOVED: False,
    Outcome.FORWARDED: False,  # the onward referral has follow-ups of its own
}


@dataclass(frozen=True)
class Lead:
    """The side of a referral that leads: its unit, its own record of the household, who answers for it there."""

    unit: Unit
    household_id: UUID | None
    finding_id: UUID | None
    user_id: UUID | None


def plan_follow_ups(actor: Actor, referral: Referral) -> list[FollowUp]:
    """Plan both follow-ups when a referral ended with something that can last; a second call plans nothing.

    Whoever gives feedback works at the receiver, the follow-ups mostly belong to the sender's books: they are
    written with rights granted for this step only.
    """
    if referral.state != Referral.State.DONE or referral.closed_at is None:
        return []
    lead = lead_of(referral)
    clerk = _clerk(actor, lead.unit.pk)
    with acting(clerk):
        if not LETS_LAST.get(_told(referral), False):
            return []
        planned = set(
            _automatic(referral).filter(created_at__gte=referral.closed_at).values_list("kind", flat=True)
        )
        closed_on = localtime(referral.closed_at).date()
        return [
            _plan(clerk, referral, lead, kind, closed_on + timedelta(days=days))
            for kind, days in DAYS.items()
            if kind not in planned
        ]


def drop_follow_ups(actor: Actor, referral: Referral) -> int:
    """End what is planned for a referral that was opened again: the question comes back when it ends anew."""
    clerk = _clerk(actor, referral.from_unit_id, referral.to_unit_id)
    with acting(clerk):
        found = FollowUp.objects.select_for_update(of=("self",)).filter(referral=referral, is_open=True)
        return len([_supersede(clerk, row) for row in found])


def move_follow_ups(actor: Actor, referral: Referral) -> int:
    """Let the follow-ups follow the lead: the former unit's end, the new one gets the same with the same dates.

    What a unit planned for itself stays there.
    """
    lead = lead_of(referral)
    clerk = _clerk(actor, referral.from_unit_id, referral.to_unit_id)
    with acting(clerk):
        found = _automatic(referral).select_for_update(of=("self",)).filter(is_open=True)
        moving = list(found.exclude(unit=lead.unit))
        for row in moving:
            _supersede(clerk, row)
            _plan(clerk, referral, lead, row.kind, row.next_on)
        return len(moving)


def lead_of(referral: Referral) -> Lead:
    """Tell who leads: the sender with its own household and finding, or the receiver with its own household."""
    if referral.lead_unit_id == referral.from_unit_id:
        return Lead(referral.from_unit, referral.household_id, referral.finding_id, referral.sender_user_id)
    return Lead(referral.to_unit, referral.received_household_id, None, referral.receiver_user_id)


def shape(*, unit: Unit, user_id: UUID, next_on: date, at: datetime | None = None) -> FollowUp:
    """A follow-up of this unit without its subject: number, holder, dates, who is told of silence."""
    at = at or now()
    row = FollowUp(unit=unit, number=next_number(unit, localtime(at).year), version=0)
    row.pass_baton(unit_id=unit.pk, user_id=user_id, dates=dates_until(today(), next_on, unit=unit))
    row.escalation_unit_id = escalation_unit_for(unit)
    return row


def _told(referral: Referral) -> str:
    """The outcome as the unit that leads knows it."""
    if referral.lead_unit_id == referral.from_unit_id:
        return referral.feedback
    handling = Handling.objects.filter(referral=referral).first()
    return handling.outcome if handling is not None else ""


def _automatic(referral: Referral) -> QuerySet[FollowUp]:
    rows = FollowUp.objects.filter(referral=referral, kind__in=list(DAYS))
    return rows.exclude(state=FollowUp.State.DROPPED)


def _clerk(actor: Actor, *units: UUID) -> Actor:
    needed = (Permission.REFERRAL_VIEW, Permission.REFERRAL_SEND, Permission.REFERRAL_ANSWER)
    return actor.with_grants(*((permission, unit) for unit in units for permission in needed))


def _plan(actor: Actor, referral: Referral, lead: Lead, kind: str, wanted: date) -> FollowUp:
    next_on = working_day(max(wanted, today()), 0, unit=lead.unit)
    user = holder(lead.unit, lead.user_id, referral.number)
    row = shape(unit=lead.unit, user_id=user, next_on=next_on)
    row.referral, row.kind, row.finding_code = referral, kind, referral.finding_code
    row.household_id, row.finding_id = lead.household_id, lead.finding_id
    row.save(force_insert=True)
    record(
        actor, "follow_up.planned", row, unit=row.unit_id, about=row.household_id,
        number=row.number, plan=kind, next_on=row.next_on, referral=referral.number,
    )  # fmt: skip
    return row


def _supersede(actor: Actor, row: FollowUp) -> FollowUp:
    row.drop(reason=FollowUp.DropReason.SUPERSEDED, at=now(), by_id=actor.id)
    row.save()
    record(
        actor, "follow_up.dropped", row, unit=row.unit_id, about=row.household_id,
        number=row.number, reason=row.drop_reason,
    )  # fmt: skip
    return row
