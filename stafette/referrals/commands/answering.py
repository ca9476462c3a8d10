"""The receiver's side: read, accept or decline, reach the family, close, tell the sender."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from django.utils.translation import gettext as _

from stafette.audit.record import record
from stafette.kernel.actor import Actor
from stafette.kernel.clock import now, today
from stafette.kernel.command import command
from stafette.kernel.errors import BadInput, RuleBroken
from stafette.kernel.permissions import Permission
from stafette.people.commands import create_household
from stafette.people.models import Household
from stafette.properties.commands import create_hint
from stafette.properties.data import PlaceData
from stafette.referrals import envelope
from stafette.referrals.basis import allowed_feedback
from stafette.referrals.data import Dates
from stafette.referrals.deadlines import DECIDE_DAYS, FOLLOW_UP_DAYS, dates_after, dates_until
from stafette.referrals.lasting import plan_follow_ups
from stafette.referrals.models import (
    ContactAttempt,
    DeclineReason,
    Envelope,
    Handling,
    Outcome,
    Referral,
    Subject,
)
from stafette.referrals.steps import holder, locked, move_finding, tell_other_unit


@command
def confirm_receipt(*, actor: Actor, referral_id: UUID, version: int | None = None) -> Referral:
    """Say that the referral was read; the date for the answer now counts, as it was set when it was sent."""
    referral = locked(referral_id, version)
    actor.require(Permission.REFERRAL_ANSWER, unit=referral.to_unit_id)
    referral.receive(at=now())
    assert referral.answer_due_on is not None
    _pass(referral, actor.id, dates_until(today(), referral.answer_due_on, unit=referral.to_unit))
    referral.save()
    record(
        actor, "referral.received", referral, unit=referral.to_unit_id,
        number=referral.number, next_on=referral.next_on,
    )  # fmt: skip
    tell_other_unit(actor, "referral.was_received", referral)
    return referral


@command
def accept_referral(
    *, actor: Actor, referral_id: UUID, household_id: UUID | None = None, version: int | None = None
) -> Referral:
    """Take a referral over: what was in the envelope becomes the receiver's own record, with source and date.

    With `household_id` the receiver links a household of its own instead of making a new one. A referral about a
    building becomes a hint, never a household. A second click raises MoveNotAllowed instead of accepting twice.
    """
    referral = locked(referral_id, version)
    actor.require(Permission.REFERRAL_ANSWER, unit=referral.to_unit_id)
    referral.accept(at=now())
    dates = dates_after(today(), referral.first_contact_days, unit=referral.to_unit)
    _pass(referral, actor.id, dates)
    _take_into_own_books(actor, referral, household_id)
    referral.save()
    record(
        actor, "referral.accepted", referral, unit=referral.to_unit_id, about=referral.received_household_id,
        number=referral.number, next_on=referral.next_on,
    )  # fmt: skip
    tell_other_unit(actor, "referral.was_accepted", referral)
    return referral


def _take_into_own_books(actor: Actor, referral: Referral, household_id: UUID | None) -> None:
    content = Envelope.objects.get(referral=referral)
    unit = referral.to_unit_id
    assert referral.sent_at is not None
    if referral.subject == Subject.BUILDING:
        clerk = actor.with_grants((Permission.HINT_EDIT, unit), (Permission.HINT_VIEW, unit))
        hint = create_hint(
            actor=clerk,
            unit_id=unit,
            address=PlaceData(**content.payload.get("address", {})),
            indication=content.payload.get("indication", ""),
            person_count=content.payload.get("count_at_address"),
            source_kind=referral.from_unit.kind,
            source_number=referral.number,
            due_on=referral.next_on,
        )
        referral.received_hint_id = hint.pk
        return
    members = envelope.persons_in(content.payload)
    if household_id is not None:
        own = Household.objects.filter(pk=household_id, unit=unit).first()
        if own is None:
            raise BadInput(_("Diesen Haushalt gibt es in Ihrer Stelle nicht."))
        referral.received_household = own
    elif members:
        clerk = actor.with_grants((Permission.PERSON_EDIT, unit), (Permission.PERSON_VIEW, unit))
        referral.received_household = create_household(
            actor=clerk,
            unit=unit,
            members=members,
            address=envelope.address_in(content.payload),
            source=f"{referral.from_unit.kind} {referral.number}"[:40],
            source_date=referral.sent_at.date(),
        )


@command
def decline_referral(*, actor: Actor, referral_id: UUID, reason: str, version: int | None = None) -> Referral:
    """Give a referral back with a coded reason: the sender holds the baton again and the finding is open.

    What was in the envelope is destroyed: the receiver keeps nothing of what it did not take.
    """
    referral = locked(referral_id, version)
    actor.require(Permission.REFERRAL_ANSWER, unit=referral.to_unit_id)
    if reason not in DeclineReason.values:
        raise BadInput(_("Wählen Sie einen Grund aus der Liste."))
    referral.decline(at=now(), reason=reason)
    referral.receiver_user_id = actor.id
    sender = holder(referral.from_unit, referral.sender_user_id, referral.number)
    dates = dates_after(today(), DECIDE_DAYS, unit=referral.from_unit)
    referral.pass_baton(unit_id=referral.from_unit_id, user_id=sender, dates=dates)
    referral.save()
    content = Envelope.objects.select_for_update(of=("self",)).get(referral=referral)
    content.payload, content.label, content.destroyed_at = {}, "", now()
    content.save(update_fields=["payload", "label", "destroyed_at"])
    move_finding(actor, referral, "reopen")
    record(
        actor, "referral.declined", referral, unit=referral.to_unit_id,
        number=referral.number, reason=reason,
    )  # fmt: skip
    tell_other_unit(actor, "referral.was_declined", referral, reason=reason, next_on=referral.next_on)
    return referral


@command
def note_attempt(
    *,
    actor: Actor,
    referral_id: UUID,
    channel: str,
    result: str,
    version: int | None = None,
) -> ContactAttempt:
    """Keep one try to reach the family; it changes no state, and the sender does not see it."""
    referral = locked(referral_id, version)
    actor.require(Permission.REFERRAL_ANSWER, unit=referral.to_unit_id)
    if not (referral.can("reach") or referral.state == Referral.State.REACHED):
        raise RuleBroken(_("Kontaktversuche lassen sich erst nach der Annahme festhalten."))
    attempt = ContactAttempt(
        referral=referral,
        unit_id=referral.to_unit_id,
        channel=channel,
        result=result,
        tried_at=now(),
        tried_by_id=actor.id,
    )
    attempt.save(force_insert=True)
    record(
        actor, "referral.contact_tried", referral, unit=referral.to_unit_id,
        about=referral.received_household_id, number=referral.number, channel=channel, result=result,
    )  # fmt: skip
    return attempt


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
    _pass(referral, actor.id, promised or follow_up)
    referral.save()
    record(
        actor, "referral.reached", referral, unit=referral.to_unit_id, about=referral.received_household_id,
        number=referral.number, next_on=referral.next_on,
    )  # fmt: skip
    tell_other_unit(actor, "referral.was_reached", referral)
    return referral


@command
def note_not_reached(*, actor: Actor, referral_id: UUID, version: int | None = None) -> Referral:
    """Nobody was reached so far; the date goes on, so that it is tried again or closed as not reachable."""
    referral = locked(referral_id, version)
    actor.require(Permission.REFERRAL_ANSWER, unit=referral.to_unit_id)
    referral.move("miss")
    _pass(referral, actor.id, dates_after(today(), referral.first_contact_days, unit=referral.to_unit))
    referral.save()
    record(
        actor, "referral.not_reached", referral, unit=referral.to_unit_id,
        about=referral.received_household_id, number=referral.number, next_on=referral.next_on,
    )  # fmt: skip
    tell_other_unit(actor, "referral.was_not_reached", referral)
    return referral


@command
def close_referral(*, actor: Actor, referral_id: UUID, outcome: str, version: int | None = None) -> Referral:
    """End the work with a coded outcome, which stays with the receiver; now the sender waits for feedback."""
    referral = locked(referral_id, version)
    actor.require(Permission.REFERRAL_ANSWER, unit=referral.to_unit_id)
    if outcome not in Outcome.values:
        raise BadInput(_("Wählen Sie ein Ergebnis aus der Liste."))
    referral.close(at=now())
    _pass(referral, actor.id, dates_after(today(), referral.feedback_days, unit=referral.to_unit))
    referral.save()
    handling = Handling(
        referral=referral, unit_id=referral.to_unit_id, outcome=outcome, closed_by_id=actor.id
    )
    handling.save(force_insert=True)
    record(
        actor, "referral.closed", referral, unit=referral.to_unit_id, about=referral.received_household_id,
        number=referral.number, outcome=outcome, next_on=referral.next_on,
    )  # fmt: skip
    tell_other_unit(actor, "referral.was_closed", referral)
    return referral


@command
def give_feedback(*, actor: Actor, referral_id: UUID, version: int | None = None) -> Referral:
    """Tell the sender what became of it, as much as the flow rule allows: the coded outcome, or only „bearbeitet“.

    There is no free text, so that nothing else can travel (T14 of domain.md).
    """
    referral = locked(referral_id, version)
    actor.require(Permission.REFERRAL_ANSWER, unit=referral.to_unit_id)
    referral.end("answer", at=now())
    referral.feedback = allowed_feedback(referral)
    referral.save()
    move_finding(actor, referral, "finish")
    record(
        actor, "referral.answered", referral, unit=referral.to_unit_id, about=referral.received_household_id,
        number=referral.number, feedback=referral.feedback,
    )  # fmt: skip
    tell_other_unit(actor, "referral.was_answered", referral, feedback=referral.feedback)
    plan_follow_ups(actor, referral)
    return referral


def _pass(referral: Referral, user_id: UUID, dates: Dates) -> None:
    """Whoever takes a step at the receiver holds the baton from then on."""
    referral.receiver_user_id = user_id
    referral.pass_baton(unit_id=referral.to_unit_id, user_id=user_id, dates=dates)
