"""What was written down wrong, and what goes on although it was over: the old value always stays."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from stafette.audit.record import record
from stafette.kernel.actor import Actor
from stafette.kernel.clock import now, today
from stafette.kernel.command import command
from stafette.kernel.errors import BadInput, RuleBroken
from stafette.kernel.permissions import Permission
from stafette.referrals.allowed import BY_HAND, CORRECTABLE, may_correct, may_reopen, onward_of
from stafette.referrals.basis import allowed_feedback
from stafette.referrals.data import ReopenReason
from stafette.referrals.deadlines import dates_after
from stafette.referrals.lasting import LETS_LAST, drop_follow_ups, plan_follow_ups
from stafette.referrals.models import Correction, DeclineReason, Handling, Outcome, Referral
from stafette.referrals.steps import keep_old_value, locked, move_finding, pass_to_receiver, tell_other_unit


@command
def correct_referral(
    *,
    actor: Actor,
    referral_id: UUID,
    field: str,
    value: str,
    source: str,
    version: int | None = None,
) -> Referral:
    """Correct the outcome, the reason of a decline or return, or the day of the first contact.

    The old value stays, with source and date. Feedback that was given follows as far as the flow rule lets it, and
    the sender is told whenever something changes that it knew (Art. 19 GDPR is the model).
    """
    referral = locked(referral_id, version)
    actor.require(Permission.REFERRAL_ANSWER, unit=referral.to_unit_id)
    if field not in CORRECTABLE or source not in Correction.Source.values or source == "reopened":
        raise BadInput(_("Wählen Sie aus der Liste, was berichtigt wird und woher Sie es wissen."))
    if not may_correct(referral, field):
        raise RuleBroken(_("Diese Angabe gibt es im jetzigen Stand der Übergabe nicht."))
    old, new = _CORRECT[field](actor, referral, value, source)
    referral.version += 1
    referral.save()
    keep_old_value(actor, referral, field, old, new, source=source)
    record(
        actor, "referral.corrected", referral, unit=referral.to_unit_id,
        about=referral.received_household_id, number=referral.number, field=field, source=source,
    )  # fmt: skip
    return referral


def _outcome(actor: Actor, referral: Referral, value: str, source: str) -> tuple[str, str]:
    handling = Handling.objects.select_for_update(of=("self",)).get(referral=referral)
    if value not in BY_HAND:
        raise BadInput(_("Wählen Sie ein Ergebnis aus der Liste."))
    if handling.outcome == Outcome.FORWARDED:
        raise RuleBroken(_("Diese Übergabe wurde weitergegeben; ihr Ergebnis steht bei der Weitergabe."))
    old = _changed(handling.outcome, value)
    handling.outcome = value
    handling.save(update_fields=["outcome"])
    referral.handling = handling
    if referral.state == Referral.State.DONE:
        _follow_with_feedback(actor, referral, source)
    return old, value


def _follow_with_feedback(actor: Actor, referral: Referral, source: str) -> None:
    """Tell the sender the corrected outcome; where it only ever heard „bearbeitet“, nothing changes for it."""
    old, new = referral.feedback, allowed_feedback(referral)
    if old == new:
        return
    referral.feedback = new
    keep_old_value(actor, referral, "feedback", old, new, source=source, at_sender=True)
    tell_other_unit(actor, "referral.was_corrected", referral, field="feedback", feedback=new)
    if LETS_LAST[old] and not LETS_LAST[new]:
        drop_follow_ups(actor, referral)
    else:
        plan_follow_ups(actor, referral)


def _decline_reason(actor: Actor, referral: Referral, value: str, source: str) -> tuple[str, str]:
    if value not in DeclineReason.values:
        raise BadInput(_("Wählen Sie einen Grund aus der Liste."))
    old = _changed(referral.decline_reason, value)
    referral.decline_reason = value
    keep_old_value(actor, referral, "decline_reason", old, value, source=source, at_sender=True)
    tell_other_unit(actor, "referral.was_corrected", referral, field="decline_reason", reason=value)
    return old, value


def _day(value: str) -> date:
    """Read a day as the form sends it."""
    try:
        return date.fromisoformat(value)
    except ValueError as error:
        raise BadInput(_("Geben Sie das Datum als Tag.Monat.Jahr ein, zum Beispiel 31.12.2026.")) from error


def _contacted_at(actor: Actor, referral: Referral, value: str, source: str) -> tuple[str, str]:
    """The day alone is corrected; it lies between taking over and closing."""
    day, before, taken = _day(value), referral.contacted_at, referral.answered_at
    assert before is not None
    assert taken is not None
    last = localtime(referral.closed_at or now())
    old = _changed(f"{localtime(before):%Y-%m-%d}", value)
    if not localtime(taken).date() <= day <= last.date():
        raise BadInput(
            _("Der Erstkontakt liegt zwischen der Annahme am {first} und dem {last}.").format(
                first=f"{localtime(taken):%d.%m.%Y}", last=f"{last:%d.%m.%Y}"
            )
        )
    moment = datetime.combine(day, localtime(before).timetz())
    referral.contacted_at = min(max(moment, taken), last)
    keep_old_value(actor, referral, "contacted_at", old, value, source=source, at_sender=True)
    tell_other_unit(actor, "referral.was_corrected", referral, field="contacted_at")
    return old, value


_CORRECT = {"outcome": _outcome, "decline_reason": _decline_reason, "contacted_at": _contacted_at}


def _changed(old: str, new: str) -> str:
    """Return the old value; the same once more is no correction."""
    if old == new:
        raise BadInput(_("So steht es schon da. Wählen Sie den richtigen Wert."))
    return old


@command
def reopen_referral(*, actor: Actor, referral_id: UUID, reason: str, version: int | None = None) -> Referral:
    """Go on with what was over: the family came back, or it was closed too early.

    Outcome, feedback and day of closing are kept as they were; for the sender the matter runs again, and the time
    for the first contact begins anew.
    """
    referral = locked(referral_id, version)
    actor.require(Permission.REFERRAL_ANSWER, unit=referral.to_unit_id)
    if reason not in ReopenReason.values:
        raise BadInput(_("Wählen Sie einen Grund aus der Liste."))
    _check_may_reopen(referral)
    _keep_what_was(actor, referral, reason)
    referral.reopen()
    dates = dates_after(today(), referral.first_contact_days, unit=referral.to_unit)
    pass_to_receiver(referral, actor.id, dates)
    referral.save()
    move_finding(actor, referral, "resume")
    drop_follow_ups(actor, referral)
    record(
        actor, "referral.reopened", referral, unit=referral.to_unit_id, about=referral.received_household_id,
        number=referral.number, reason=reason, next_on=referral.next_on,
    )  # fmt: skip
    tell_other_unit(actor, "referral.was_reopened", referral, next_on=referral.next_on)
    return referral


def _check_may_reopen(referral: Referral) -> None:
    if referral.can("reopen") and not may_reopen(referral):
        raise RuleBroken(
            _("Das Ende liegt zu lange zurück. Bitten Sie die andere Stelle um eine neue Übergabe.")
        )
    if onward_of(referral).filter(is_open=True).exists():
        raise RuleBroken(
            _(
                "Diese Übergabe ist weitergegeben und läuft bei der anderen Stelle noch; sie ist dort zu klären."
            )
        )


def _keep_what_was(actor: Actor, referral: Referral, reason: str) -> None:
    if not referral.can("reopen"):
        return
    source, handling = Correction.Source.REOPENED, Handling.objects.get(referral=referral)
    closed_on = f"{localtime(referral.closed_at):%Y-%m-%d}"
    keep_old_value(actor, referral, "reopened", "", reason, source=source)
    keep_old_value(actor, referral, "outcome", handling.outcome, "", source=source)
    keep_old_value(actor, referral, "closed_at", closed_on, "", source=source)
    keep_old_value(actor, referral, "feedback", referral.feedback, "", source=source, at_sender=True)
