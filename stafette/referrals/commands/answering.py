"""The receiver's side: read, accept or decline, reach the family, close, tell the sender."""

from __future__ import annotations

from uuid import UUID

from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from stafette.audit.record import record
from stafette.kernel.actor import Actor
from stafette.kernel.clock import now, today
from stafette.kernel.command import command
from stafette.kernel.errors import BadInput
from stafette.kernel.permissions import Permission
from stafette.kernel.scope import acting
from stafette.people.commands import create_household
from stafette.people.models import Household
from stafette.properties.commands import create_hint
from stafette.properties.data import PlaceData
from stafette.referrals import envelope
from stafette.referrals.allowed import BY_HAND, refuse_with_onward_draft, require_attempts
from stafette.referrals.basis import allowed_feedback
from stafette.referrals.data import Dates
from stafette.referrals.deadlines import dates_after, dates_running
from stafette.referrals.lasting import plan_follow_ups
from stafette.referrals.models import (
    Correction,
    DeclineReason,
    Envelope,
    Handling,
    Outcome,
    Referral,
    Subject,
)
from stafette.referrals.steps import (
    destroy_content,
    keep_old_value,
    locked,
    move_finding,
    pass_to_receiver,
    pass_to_sender,
    tell_other_unit,
)


@command
def confirm_receipt(*, actor: Actor, referral_id: UUID, version: int | None = None) -> Referral:
    """Say that the referral was read; the date for the answer now counts, as it was set when it was sent."""
    referral = locked(referral_id, version)
    actor.require(Permission.REFERRAL_ANSWER, unit=referral.to_unit_id)
    referral.receive(at=now())
    pass_to_receiver(referral, actor.id, _until_answer(referral))
    referral.save()
    record(
        actor, "referral.received", referral, unit=referral.to_unit_id,
        number=referral.number, next_on=referral.next_on,
    )  # fmt: skip
    tell_other_unit(actor, "referral.was_received", referral)
    return referral


def _until_answer(referral: Referral) -> Dates:
    """The period for the answer runs since the sending: reading it moves none of its days."""
    assert referral.answer_due_on is not None
    assert referral.sent_at is not None
    return dates_running(
        localtime(referral.sent_at).date(),
        referral.answer_days,
        referral.answer_due_on,
        from_on=today(),
        unit=referral.to_unit,
    )


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
    pass_to_receiver(referral, actor.id, dates)
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
    pass_to_sender(referral)
    referral.save()
    destroy_content(referral)
    move_finding(actor, referral, "reopen")
    record(
        actor, "referral.declined", referral, unit=referral.to_unit_id,
        number=referral.number, reason=reason,
    )  # fmt: skip
    tell_other_unit(actor, "referral.was_declined", referral, reason=reason, next_on=referral.next_on)
    return referral


@command
def close_referral(*, actor: Actor, referral_id: UUID, outcome: str, version: int | None = None) -> Referral:
    """End the work with a coded outcome, which stays with the receiver; now the sender waits for feedback.

    „Nicht erreichbar“ needs the same three attempts as „nicht erreicht“; „weitergegeben“ is never said by hand: it
    follows from an onward referral that was sent.
    """
    referral = locked(referral_id, version)
    actor.require(Permission.REFERRAL_ANSWER, unit=referral.to_unit_id)
    if outcome not in BY_HAND:
        raise BadInput(_("Wählen Sie ein Ergebnis aus der Liste."))
    refuse_with_onward_draft(referral)
    untried = referral.contacted_at is None and referral.state != Referral.State.NOT_REACHED
    if outcome == Outcome.NOT_REACHABLE and untried and referral.can("close"):
        require_attempts(referral)
    _close(actor, referral, outcome)
    _record_closed(actor, referral, outcome)
    return referral


def _close(actor: Actor, referral: Referral, outcome: str) -> None:
    referral.close(at=now())
    dates = dates_after(today(), referral.feedback_days, unit=referral.to_unit)
    pass_to_receiver(referral, actor.id, dates)
    referral.save()
    _keep_outcome(actor, referral, outcome)


def _record_closed(actor: Actor, referral: Referral, outcome: str) -> None:
    record(
        actor, "referral.closed", referral, unit=referral.to_unit_id, about=referral.received_household_id,
        number=referral.number, outcome=outcome, next_on=referral.next_on,
    )  # fmt: skip
    tell_other_unit(actor, "referral.was_closed", referral)


def _keep_outcome(actor: Actor, referral: Referral, outcome: str) -> None:
    """One outcome per referral: after a reopening it takes the place of the former one, which is kept."""
    found = Handling.objects.select_for_update(of=("self",)).filter(referral=referral).first()
    handling = found or Handling(referral=referral, unit_id=referral.to_unit_id)
    if found is not None and found.outcome != outcome:
        reopened = Correction.Source.REOPENED
        keep_old_value(actor, referral, "outcome", found.outcome, outcome, source=reopened)
    handling.outcome, handling.closed_by_id = outcome, actor.id
    handling.save(force_insert=found is None)


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


def _end_forwarded(actor: Actor, onward: Referral) -> None:
    """The onward referral is on its way: the one it carries on ends as forwarded, and its sender learns of it."""
    assert onward.forwarded_from_id is not None
    unit = onward.from_unit_id
    helper = actor.with_grants((Permission.REFERRAL_ANSWER, unit), (Permission.REFERRAL_VIEW, unit))
    with acting(helper):
        first = locked(onward.forwarded_from_id, None)
        if first.can("close"):
            _close(helper, first, Outcome.FORWARDED)
            _record_closed(helper, first, Outcome.FORWARDED)
            give_feedback(actor=helper, referral_id=first.pk)
