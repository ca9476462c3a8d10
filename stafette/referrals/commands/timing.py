"""Dates that move: a referral rests, goes on, gets longer, or is left without reminders for a while.

Nothing is overwritten: each step leaves a row of DateChange with reason, old and new day. The reason stays in the
books of the unit that had it; the other unit learns the new day.
"""

from __future__ import annotations

from datetime import date
from uuid import UUID

from stafette.audit.record import record
from stafette.kernel.actor import Actor
from stafette.kernel.clock import today
from stafette.kernel.command import command
from stafette.kernel.permissions import Permission
from stafette.referrals.deadlines import (
    dates_after,
    dates_at_end,
    dates_until,
    working_day,
    working_days_left,
)
from stafette.referrals.limits import (
    check_reason,
    extension_room,
    holding_unit,
    pause_room,
    suspension_room,
)
from stafette.referrals.models import DateChange, Referral
from stafette.referrals.steps import locked, pass_to_receiver, tell_other_unit

Kind = DateChange.Kind


@command
def suspend_referral(
    *, actor: Actor, referral_id: UUID, until: date, reason: str, version: int | None = None
) -> Referral:
    """Let a referral rest until a day: nobody is reminded before, and the working days that are left are kept.

    On that day it is due like anything else; a family that is away cannot make it disappear.
    """
    referral = locked(referral_id, version)
    actor.require(Permission.REFERRAL_ANSWER, unit=referral.to_unit_id)
    referral.move("suspend")
    check_reason(Kind.SUSPENSION, reason)
    suspension_room(referral).check(until)
    before, left = referral.next_on, working_days_left(today(), referral.next_on, unit=referral.to_unit)
    until = working_day(until, 0, unit=referral.to_unit)
    pass_to_receiver(referral, actor.id, dates_at_end(until, unit=referral.to_unit))
    referral.save()
    _keep(actor, referral, Kind.SUSPENSION, reason, before, until, days_left=left)
    record(
        actor, "referral.suspended", referral, unit=referral.to_unit_id, about=referral.received_household_id,
        number=referral.number, before=before, next_on=until,
    )  # fmt: skip
    tell_other_unit(actor, "referral.was_suspended", referral, next_on=until)
    return referral


@command
def resume_referral(*, actor: Actor, referral_id: UUID, version: int | None = None) -> Referral:
    """Go on, before the day or when it has come: with the working days that were left, at least one."""
    referral = locked(referral_id, version)
    actor.require(Permission.REFERRAL_ANSWER, unit=referral.to_unit_id)
    referral.resume()
    rested = DateChange.objects.filter(referral=referral, kind=Kind.SUSPENSION).order_by("-created_at", "-id")
    days = max(1, rested[0].days_left)
    before = referral.next_on
    pass_to_receiver(referral, actor.id, dates_after(today(), days, unit=referral.to_unit))
    referral.save()
    _keep(actor, referral, Kind.RESUMED, DateChange.Reason.OVER, before, referral.next_on, days_left=days)
    record(
        actor, "referral.resumed", referral, unit=referral.to_unit_id, about=referral.received_household_id,
        number=referral.number, next_on=referral.next_on,
    )  # fmt: skip
    tell_other_unit(actor, "referral.was_resumed", referral, next_on=referral.next_on)
    return referral


@command
def extend_referral(
    *, actor: Actor, referral_id: UUID, until: date, reason: str, version: int | None = None
) -> Referral:
    """Move the running date, also after it has passed (§ 31(7) VwVfG is the model).

    What was agreed for the answer stays as it was, so that figures and the page go on showing what came late.
    """
    referral = locked(referral_id, version)
    actor.require(_permission(referral), unit=referral.responsible_unit_id)
    check_reason(Kind.EXTENSION, reason)
    extension_room(referral).check(until)
    unit, before = holding_unit(referral), referral.next_on
    until = working_day(until, 0, unit=unit)
    dates = dates_until(today(), until, unit=unit)
    referral.pass_baton(unit_id=unit.pk, user_id=referral.responsible_user_id, dates=dates)
    referral.save()
    _keep(actor, referral, Kind.EXTENSION, reason, before, until)
    record(
        actor, "referral.extended", referral, unit=unit.pk, about=_household(referral),
        number=referral.number, before=before, next_on=until,
    )  # fmt: skip
    if unit.pk == referral.to_unit_id:
        tell_other_unit(actor, "referral.was_extended", referral, before=before, next_on=until)
    return referral


@command
def pause_reminders(
    *, actor: Actor, referral_id: UUID, until: date, reason: str, version: int | None = None
) -> Referral:
    """Keep reminders to holder and head back up to a day; the dates stay, and the pause ends by itself.

    The coordination office is told all the same: a pause is no way to let a referral fall silent.
    """
    referral = locked(referral_id, version)
    actor.require(_permission(referral), unit=referral.responsible_unit_id)
    check_reason(Kind.PAUSE, reason)
    pause_room(referral).check(until)
    referral.paused_until = until
    referral.version += 1
    referral.save(update_fields=["paused_until", "version"])
    _keep(actor, referral, Kind.PAUSE, reason, referral.next_on, until)
    record(
        actor, "referral.paused", referral, unit=referral.responsible_unit_id, about=_household(referral),
        number=referral.number, until=until,
    )  # fmt: skip
    return referral


def _permission(referral: Referral) -> Permission:
    """Whoever holds the baton may move its date: the sender's staff or the receiver's."""
    at_sender = referral.responsible_unit_id == referral.from_unit_id
    return Permission.REFERRAL_SEND if at_sender else Permission.REFERRAL_ANSWER


def _household(referral: Referral) -> UUID | None:
    at_sender = referral.responsible_unit_id == referral.from_unit_id
    return referral.household_id if at_sender else referral.received_household_id


def _keep(
    actor: Actor,
    referral: Referral,
    kind: DateChange.Kind,
    reason: str,
    before: date,
    after: date,
    *,
    days_left: int = 0,
) -> None:
    DateChange(
        referral=referral,
        unit_id=referral.responsible_unit_id,
        kind=kind,
        reason=reason,
        before_on=before,
        after_on=after,
        days_left=days_left,
        changed_by_id=actor.id,
    ).save(force_insert=True)
