"""Each date of a referral in one sentence: from when it was counted, how long, what was left out, by which agreement.

A date is computed once and stored. The sentence counts again, and where the result differs it does not pretend: then
somebody set the day, or the calendar has changed since, and the sentence says whose day it is.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from stafette.accounts.models import Unit
from stafette.accounts.queries import office_calendar
from stafette.kernel.clock import today
from stafette.kernel.deadlines import extended, german, working_days_after
from stafette.referrals.deadlines import DECIDE_DAYS, DRAFT_DAYS, FOLLOW_UP_DAYS, working_day
from stafette.referrals.models import DateChange, Referral
from stafette.referrals.models.baton import Baton

State, Kind = Referral.State, DateChange.Kind
NAMED: dict[str, Any] = {  # what happened on the day from which it was counted
    "prepared": gettext_lazy("der Vorbereitung am"),
    "sent": gettext_lazy("dem Senden am"),
    "accepted": gettext_lazy("der Annahme am"),
    "reached": gettext_lazy("dem Erstkontakt am"),
    "not_reached": gettext_lazy("dem Vermerk „nicht erreicht“ am"),
    "closed": gettext_lazy("dem Abschluss am"),
    "declined": gettext_lazy("der Ablehnung am"),
    "returned": gettext_lazy("der Rückgabe am"),
    "reopened": gettext_lazy("dem Wieder-Öffnen am"),
    "offered": gettext_lazy("dem Angebot am"),
}


@dataclass(frozen=True)
class Basis:
    """From what a date was counted; `is_agreed` where the number of days was agreed between the units."""

    event: str
    start: date
    days: int
    unit: Unit
    is_agreed: bool = True


def agreement_words(referral: Referral, finding: str = "") -> str:
    """The agreement behind the periods in words, with the version that this referral keeps."""
    code, _space, number = referral.rule_version.rpartition(" ")
    if ">" not in code:
        return referral.agreement
    pair, _slash, of_finding = code.partition("/")
    sender, _arrow, receiver = pair.partition(">")
    parts = [
        _("von {unit}").format(unit=referral.from_unit.short_name) if sender != "*" else "",
        _("an {unit}").format(unit=referral.to_unit.short_name) if receiver != "*" else "",
        _("bei „{finding}“").format(finding=finding or of_finding) if of_finding else "",
    ]
    scope = " ".join(part for part in parts if part)
    if not scope:
        return _("Vereinbarung für alle Übergaben, Fassung {number}").format(number=number)
    return _("Vereinbarung für Übergaben {scope}, Fassung {number}").format(scope=scope, number=number)


def explain_next(
    referral: Referral, *, changes: list[DateChange], at: dict[str, datetime], finding: str = ""
) -> str:
    """Why the next step is due on its day. `changes` are those in one's own books, `at` moments from the log."""
    moved = _last_move(referral, changes)
    if moved is not None:
        return _explain_move(moved)
    for basis in _bases(referral, at):
        said = _counted(referral, basis, referral.next_on, finding)
        if said:
            return said
    return _set_by_hand(referral)


def explain_answer(referral: Referral, *, finding: str = "") -> str:
    """Why the answer is due on its day; it stays what was agreed, whatever is moved later."""
    if referral.answer_due_on is None or referral.sent_at is None:
        return ""
    basis = Basis("sent", local_day(referral.sent_at), referral.answer_days, referral.to_unit)
    return _counted(referral, basis, referral.answer_due_on, finding) or _(
        "{day}: berechnet beim Senden; der Kalender der Stelle hat sich seither geändert, die Frist bleibt."
    ).format(day=german(referral.answer_due_on))


def explain_escalation(referral: Referral) -> str:
    """When and why others hear of silence: the head on the first working day after the date, as the run tells it."""
    at_sender = referral.responsible_unit_id == referral.from_unit_id
    unit = referral.from_unit if at_sender else referral.to_unit
    return _(
        "Am {remind} erinnert Stafette, am {head} erfährt es die Leitung, am {steering} die Stelle „{unit}“. "
        "Bei einer vereinbarten Frist sind das 80 Prozent der Zeit, der erste Arbeitstag nach ihrem Ende und "
        "150 Prozent; an einen Tag, den jemand genannt hat, erinnert Stafette einen Arbeitstag vorher."
    ).format(
        remind=f"{referral.remind_on:%d.%m.%Y}",
        head=f"{working_day(referral.next_on, 1, unit=unit):%d.%m.%Y}",
        steering=f"{referral.escalate_on:%d.%m.%Y}",
        unit=referral.escalation_unit.name,
    )


def explain_pause(referral: Referral, *, changes: list[DateChange]) -> str:
    """Until when nobody is reminded; the reason stands only in the books of the unit that had it."""
    if referral.paused_until is None or referral.paused_until < today():
        return ""
    found = [row for row in changes if row.kind == Kind.PAUSE and row.after_on == referral.paused_until]
    reason = f" ({found[-1].get_reason_display()})" if found else ""
    return _(
        "Bis {day} kommen keine Erinnerungen{reason}, auch nicht an die Leitung. Die Frist bleibt, "
        "und die Stelle „{unit}“ erfährt es trotzdem, wenn nichts geschieht."
    ).format(day=german(referral.paused_until), reason=reason, unit=referral.escalation_unit.name)


def _last_move(referral: Referral, changes: list[DateChange]) -> DateChange | None:
    """The last step that set the date which holds now; a pause moves none."""
    moves = [row for row in changes if row.kind != Kind.PAUSE]
    return moves[-1] if moves and moves[-1].after_on == referral.next_on else None


def _explain_move(row: DateChange) -> str:
    decided, reason = local_day(row.created_at), row.get_reason_display()
    if row.kind == Kind.EXTENSION:
        said = extended(row.before_on, row.after_on, decided_on=decided).explanation
        return f"{said.removesuffix('.')}; {_('Grund')}: {reason}."
    if row.kind == Kind.SUSPENSION:
        left = ngettext("{days} Arbeitstag", "{days} Arbeitstage", max(1, row.days_left)).format(
            days=max(1, row.days_left)
        )
        return _("Ruht seit {start} bis {end}: {reason}. Danach bleiben {left}.").format(
            start=f"{decided:%d.%m.%Y}", end=german(row.after_on), reason=reason, left=left
        )
    return ngettext(
        "Weitergeführt am {start}; {days} Arbeitstag war noch übrig: {end}.",
        "Weitergeführt am {start}; {days} Arbeitstage waren noch übrig: {end}.",
        row.days_left,
    ).format(start=f"{decided:%d.%m.%Y}", days=row.days_left, end=german(row.after_on))


def _bases(referral: Referral, at: dict[str, datetime]) -> list[Basis]:
    """From what the date may have been counted in this state, the likeliest first."""
    taker, giver = referral.to_unit, referral.from_unit
    contact = referral.first_contact_days
    known: dict[str, list[tuple[str, datetime | None, int, Unit, bool]]] = {
        State.DRAFT: [("prepared", referral.created_at, DRAFT_DAYS, giver, False)],
        State.CHECKED: [("prepared", referral.created_at, DRAFT_DAYS, giver, False)],
        State.SENT: [("sent", referral.sent_at, referral.receipt_days, taker, True)],
        State.RECEIVED: [("sent", referral.sent_at, referral.answer_days, taker, True)],
        State.ACCEPTED: [
            ("reopened", at.get("reopened"), contact, taker, True),
            ("accepted", referral.answered_at, contact, taker, True),
        ],
        State.REACHED: [("reached", referral.contacted_at, FOLLOW_UP_DAYS, taker, False)],
        State.NOT_REACHED: [("not_reached", at.get("not_reached"), contact, taker, True)],
        State.CLOSED: [("closed", referral.closed_at, referral.feedback_days, taker, True)],
        State.DECLINED: [("declined", referral.answered_at, DECIDE_DAYS, giver, False)],
        State.RETURNED: [("returned", at.get("returned"), DECIDE_DAYS, giver, False)],
    }
    return [
        Basis(event, local_day(moment), days, unit, is_agreed)
        for event, moment, days, unit, is_agreed in known.get(referral.state, [])
        if moment is not None
    ]


def _counted(referral: Referral, basis: Basis, due_on: date, finding: str) -> str:
    """The sentence of the deadline engine, or nothing where counting gives another day."""
    source = agreement_words(referral, finding) if basis.is_agreed else ""
    return explain_counted(basis, due_on, source=source)


def explain_counted(basis: Basis, due_on: date, *, source: str = "") -> str:
    """Why anything is due on its day by counting working days; nothing where counting gives another day."""
    office = office_calendar(basis.unit, from_on=basis.start)
    due = working_days_after(
        basis.start,
        basis.days,
        land=office.land,
        region=office.region,
        closed=office.closed,
        counted_from=str(NAMED.get(basis.event, basis.event)),
    )
    if due.due_on != due_on:
        return ""
    return f"{due.explanation.removesuffix('.')} ({source or _('Vorgabe des Programms')})."


def explain_chosen(thing: Baton, *, choices: Iterable[tuple[str, datetime, dict[str, Any]]]) -> str:
    """Why a thing is due on a day that somebody chose: when that was, and which day held before.

    `choices` are kind, moment and details of what the log knows, the latest first.
    """
    day = german(thing.next_on)
    for kind, at, details in choices:
        chosen = {"day": day, "start": f"{local_day(at):%d.%m.%Y}"}
        if details.get("now", details.get("next_on")) != thing.next_on.isoformat():
            break
        if before := details.get("before"):
            chosen["before"] = f"{date.fromisoformat(before):%d.%m.%Y}"
            return _("{day}: am {start} so gewählt, vorher war es der {before}.").format(**chosen)
        if kind.endswith(".reopened"):
            return _("{day}: beim Wieder-Öffnen am {start} gewählt.").format(**chosen)
        return _("{day}: beim Anlegen am {start} gewählt.").format(**chosen)
    return explain_set(thing)


def _set_by_hand(referral: Referral) -> str:
    if referral.state == State.SUSPENDED:
        return _("{day}: bis dahin ruht die Übergabe; das hat die Stelle „{unit}“ festgehalten.").format(
            day=german(referral.next_on), unit=referral.responsible_unit.name
        )
    return explain_set(referral)


def explain_set(thing: Baton) -> str:
    """Whose day it is, where nothing else explains it."""
    return _("{day}: diesen Tag hat die Stelle „{unit}“ festgelegt.").format(
        day=german(thing.next_on), unit=thing.responsible_unit.name
    )


def local_day(moment: datetime) -> date:
    """The day of a moment in the town's time."""
    return localtime(moment).date()
