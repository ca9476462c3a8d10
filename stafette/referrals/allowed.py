"""What a step asks for beyond the table of moves: contact attempts, days, what may still be corrected.

The page and the command ask here, so that a step that is offered is also taken.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta

from django.db.models import QuerySet
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from stafette.accounts.queries import office_calendar
from stafette.kernel.clock import today
from stafette.kernel.errors import RuleBroken
from stafette.kernel.rules.deadline_rules import target_rules
from stafette.referrals.deadlines import working_day
from stafette.referrals.models import ContactAttempt, Correction, DateChange, Outcome, Referral, Subject

State = Referral.State
BY_HAND = [code for code in Outcome.values if code not in (Outcome.HANDLED, Outcome.FORWARDED)]
CORRECTABLE: dict[str, frozenset[str]] = {
    "outcome": frozenset({State.CLOSED, State.DONE}),
    "decline_reason": frozenset({State.DECLINED, State.RETURNED, State.SETTLED}),
    "contacted_at": frozenset({State.REACHED, State.SUSPENDED, State.RETURNED, State.CLOSED, State.DONE}),
}


def attempts_missing(referral: Referral) -> int:
    """How many contact attempts lack until „nicht erreicht“ may be said: three in vain, on three different days.

    They lie within the working days that the rules set (domain.md 8); what was tried before the referral was opened
    again counts no more.
    """
    tried = ContactAttempt.objects.filter(referral=referral, result__in=ContactAttempt.IN_VAIN)
    opened = _reopened_at(referral)
    moments = tried.values_list("tried_at", flat=True)
    days = {localtime(at).date() for at in moments if opened is None or at > opened}
    if days:
        office = office_calendar(referral.to_unit, from_on=min(days))
        days = {day for day in days if office.between(day, today()) <= _attempt_days()}
    return max(0, ContactAttempt.NEEDED - len(days))


def require_attempts(referral: Referral) -> None:
    """Refuse to say that somebody cannot be reached before it was tried often enough."""
    missing = attempts_missing(referral)
    if missing:
        raise RuleBroken(
            ngettext(
                "Dafür braucht es drei vergebliche Kontaktversuche an drei verschiedenen Tagen innerhalb von "
                "{days} Arbeitstagen. Es fehlt noch {missing}.",
                "Dafür braucht es drei vergebliche Kontaktversuche an drei verschiedenen Tagen innerhalb von "
                "{days} Arbeitstagen. Es fehlen noch {missing}.",
                missing,
            ).format(days=_attempt_days(), missing=missing)
        )


def refuse_with_onward_draft(referral: Referral) -> None:
    """Refuse to end what is about to be carried on: send the onward referral, or withdraw it first."""
    if onward_of(referral).filter(sent_at=None, is_open=True).exists():
        raise RuleBroken(
            _(
                "Zu dieser Übergabe ist eine Weitergabe vorbereitet. Senden Sie die Weitergabe, "
                "oder ziehen Sie sie zuerst zurück."
            )
        )


def first_contact_on(referral: Referral) -> date:
    """Until when the family is to be reached: the agreed days after it was taken, or the date that was granted."""
    opened = _reopened_at(referral) or referral.answered_at
    start = localtime(opened).date() if opened is not None else today()
    agreed = working_day(start, referral.first_contact_days, unit=referral.to_unit)
    granted = _date_changes(referral).filter(kind__in=["extension", "resumed"])
    return max([agreed, *granted.values_list("after_on", flat=True)])


def latest_try_on(referral: Referral) -> date:
    """The last day for which a next try may be planned: once the first contact is late, the period of all tries."""
    in_time = first_contact_on(referral)
    if referral.state == State.ACCEPTED and in_time > today():
        return in_time
    return working_day(today(), _attempt_days(), unit=referral.to_unit)


def latest_appointment_on(referral: Referral) -> date:
    """The last day for an appointment: who needs longer lets the referral rest, with a reason."""
    return max(first_contact_on(referral), working_day(today(), _attempt_days(), unit=referral.to_unit))


def proposed_try_on(referral: Referral) -> date:
    """When to try next, as the form proposes it: three tries fit into the time for the first contact."""
    pause = max(1, referral.first_contact_days // ContactAttempt.NEEDED)
    return min(working_day(today(), pause, unit=referral.to_unit), latest_try_on(referral))


def may_forward(referral: Referral) -> bool:
    """Tell whether the receiver may carry it on: it has it, and it is about people."""
    if referral.subject != Subject.PERSONS or referral.sent_at is None:
        return False
    return referral.can("accept") or referral.can("close")


def onward_of(referral: Referral) -> QuerySet[Referral]:
    """What the receiver prepared or sent on from it, the withdrawn ones left out; only the receiver sees any."""
    return Referral.objects.filter(forwarded_from=referral).exclude(state=State.WITHDRAWN)


def may_reopen(referral: Referral) -> bool:
    """Tell whether it ended so short a time ago that it is still the same matter."""
    limit = timedelta(days=target_rules().limit("reopening_days", today()))
    return (
        referral.can("reopen")
        and referral.ended_at is not None
        and today() <= localtime(referral.ended_at).date() + limit
    )


def may_correct(referral: Referral, field: str) -> bool:
    """Tell whether there is such a value in this state."""
    if field == "contacted_at" and referral.contacted_at is None:
        return False
    return referral.state in CORRECTABLE[field]


def _attempt_days() -> int:
    return target_rules().target("contact_attempts").count


def _reopened_at(referral: Referral) -> datetime | None:
    found = Correction.objects.filter(referral=referral, field="reopened").order_by("-created_at")
    return found.values_list("created_at", flat=True).first()


def _date_changes(referral: Referral) -> QuerySet[DateChange]:
    opened = _reopened_at(referral)
    found = DateChange.objects.filter(referral=referral)
    return found.filter(created_at__gt=opened) if opened is not None else found
