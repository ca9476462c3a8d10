"""The receiver tries to reach the family: each attempt is kept, and „nicht erreicht“ needs three of them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from uuid import UUID

from django.utils.translation import gettext as _

from stafette.audit.record import record
from stafette.kernel.actor import Actor
from stafette.kernel.clock import now, today
from stafette.kernel.command import command
from stafette.kernel.errors import BadInput, RuleBroken
from stafette.kernel.permissions import Permission
from stafette.referrals.allowed import latest_appointment_on, latest_try_on, require_attempts
from stafette.referrals.data import Dates
from stafette.referrals.deadlines import FOLLOW_UP_DAYS, dates_after, dates_until, working_day
from stafette.referrals.models import ContactAttempt, Referral
from stafette.referrals.steps import locked, pass_to_receiver, tell_other_unit


@command
def note_attempt(
    *,
    actor: Actor,
    referral_id: UUID,
    channel: str,
    result: str,
    next_on: date | None = None,
    version: int | None = None,
) -> ContactAttempt:
    """Keep one try to reach the family; it changes no state, and the sender does not see it.

    After a try in vain `next_on` is the day of the next one, never later than the first contact is due; after an
    appointment it is that day. Who was reached, or wants no contact, needs no next try: the day is left out then.
    """
    referral = locked(referral_id, version)
    actor.require(Permission.REFERRAL_ANSWER, unit=referral.to_unit_id)
    if not (referral.can("reach") or referral.state == Referral.State.REACHED):
        raise RuleBroken(_("Kontaktversuche lassen sich erst nach der Annahme festhalten."))
    if channel not in ContactAttempt.Channel.values or result not in ContactAttempt.Result.values:
        raise BadInput(_("Wählen Sie Weg und Ergebnis aus der Liste."))
    planned = _planned(referral, result, next_on)
    attempt = ContactAttempt(
        referral=referral,
        unit_id=referral.to_unit_id,
        channel=channel,
        result=result,
        tried_at=now(),
        tried_by_id=actor.id,
        next_on=planned,
    )
    if planned is not None:
        pass_to_receiver(referral, actor.id, _dates(referral, result, planned))
    else:
        referral.version += 1
    referral.save()
    attempt.save(force_insert=True)
    record(
        actor, "referral.contact_tried", referral, unit=referral.to_unit_id,
        about=referral.received_household_id, number=referral.number, channel=channel, result=result,
        next_on=planned,
    )  # fmt: skip
    return attempt


def _dates(referral: Referral, result: str, planned: date) -> Dates:
    """Dates of the next day to act; tries in vain move nothing for the coordination office.

    What was agreed for the first contact goes on, however many tries are planned within it; an appointment is a
    promise with dates of its own.
    """
    unit = referral.to_unit
    dates = dates_until(today(), planned, unit=unit)
    if result not in ContactAttempt.IN_VAIN or referral.state == Referral.State.REACHED:
        return dates
    silent = max(referral.escalate_on, working_day(planned, 1, unit=unit))
    return replace(dates, escalate_on=silent)


def _planned(referral: Referral, result: str, next_on: date | None) -> date | None:
    """The next day to act as far as the result asks for one; BadInput where it comes too late."""
    appointment = result == ContactAttempt.Result.APPOINTMENT
    if next_on is None and appointment:
        raise BadInput(_("Tragen Sie ein, an welchem Tag der Termin ist."))
    if next_on is None or not (appointment or result in ContactAttempt.IN_VAIN):
        return None
    if next_on < today():
        raise BadInput(_("Dieser Tag liegt in der Vergangenheit. Bitte prüfen Sie das Datum."))
    latest = latest_appointment_on(referral) if appointment else latest_try_on(referral)
    if next_on > latest:
        raise BadInput(
            _(
                "Das ist zu spät: möglich ist ein Tag bis zum {day}. "
                "Brauchen Sie länger, verlängern Sie die Frist mit Grund."
            ).format(day=f"{latest:%d.%m.%Y}")
        )
    return next_on


@command
def note_first_contact(
    *, actor: Actor, referral_id: UUID, next_on: date | None = None, version: int | None = None
) -> Referral:
    """The family was reached; the next date is the one the receiver names, else four weeks on."""
    referral = locked(referral_id, version)
    actor.require(Permission.REFERRAL_ANSWER, unit=referral.to_unit_id)
    if next_on is not None and next_on < today():
        raise BadInput(_("Der nächste Termin liegt in der Vergangenheit. Bitte prüfen Sie das Datum."))
    referral.reach(at=now())
    follow_up = dates_after(today(), FOLLOW_UP_DAYS, unit=referral.to_unit)
    promised = dates_until(today(), next_on, unit=referral.to_unit) if next_on else None
    pass_to_receiver(referral, actor.id, promised or follow_up)
    referral.save()
    record(
        actor, "referral.reached", referral, unit=referral.to_unit_id, about=referral.received_household_id,
        number=referral.number, next_on=referral.next_on,
    )  # fmt: skip
    tell_other_unit(actor, "referral.was_reached", referral)
    return referral


@command
def note_not_reached(*, actor: Actor, referral_id: UUID, version: int | None = None) -> Referral:
    """Nobody was reached in three tries; the date goes on, so that it is tried again or closed as not reachable."""
    referral = locked(referral_id, version)
    actor.require(Permission.REFERRAL_ANSWER, unit=referral.to_unit_id)
    referral.move("miss")
    require_attempts(referral)
    pass_to_receiver(
        referral, actor.id, dates_after(today(), referral.first_contact_days, unit=referral.to_unit)
    )
    referral.save()
    record(
        actor, "referral.not_reached", referral, unit=referral.to_unit_id,
        about=referral.received_household_id, number=referral.number, next_on=referral.next_on,
    )  # fmt: skip
    tell_other_unit(actor, "referral.was_not_reached", referral)
    return referral
