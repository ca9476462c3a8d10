"""Periods of administrative law: § 31 VwVfG with §§ 187–193 BGB, and what builds on them.

Every result says in one German sentence how it came about, so that it can stand on the screen and in
the file. A date is computed once and stored with `rule`; nothing recounts it later.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from decimal import Decimal
from math import ceil

from stafette.kernel.office import OfficeCalendar
from stafette.kernel.rules.dated import LANDS
from stafette.kernel.rules.deadline_rules import (
    Situation,
    Target,
    notification_rule,
    portal_rule,
    registration_rule,
    target_rules,
)
from stafette.kernel.workdays import add_working_days, holiday_name, next_business_day

WEEKDAYS = ("Montag", "Dienstag", "Mittwoch", "Donnerstag", "Freitag", "Samstag", "Sonntag")


@dataclass(frozen=True)
class Deadline:
    """A due day with the rule that made it; `ends_on` is the end before it moved off a day off."""

    due_on: date
    rule: str
    explanation: str
    assumptions: tuple[str, ...] = ()
    ends_on: date | None = None


@dataclass(frozen=True)
class HourDeadline:
    """A due moment where hours run on over weekends, § 31 (6) VwVfG."""

    due_at: datetime
    rule: str
    explanation: str
    assumptions: tuple[str, ...] = ()


@dataclass(frozen=True)
class Escalation:
    """When silence is noticed: a reminder first, then the head of the unit, then the steering group."""

    remind_on: date
    head_on: date
    steering_on: date
    rule: str


def german(day: date) -> str:
    """A day as a letter writes it, with its weekday."""
    return f"{WEEKDAYS[day.weekday()]}, {day:%d.%m.%Y}"


def add_months(day: date, months: int) -> date:
    """The same number of the month, or its last day where the number is missing (§ 188 (3) BGB)."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def _why_off(day: date, land: str, region: str | None) -> str:
    return holiday_name(day, land, region) or WEEKDAYS[day.weekday()]


def _ending(
    ends_on: date, *, rule: str, counted: str, land: str, region: str | None, fixed_day: bool
) -> Deadline:
    due_on = ends_on if fixed_day else next_business_day(ends_on, land, region)
    said = f"{counted} endet die Frist am {german(ends_on)}."
    if due_on != ends_on:
        reason = _why_off(ends_on, land, region)
        said = (
            f"{counted} endete die Frist am {ends_on:%d.%m.%Y} ({reason}); "
            f"sie endet deshalb am {german(due_on)} (§ 31 Abs. 3 VwVfG, § 193 BGB)."
        )
    elif fixed_day:
        said += " Der Tag wurde bestimmt genannt und verschiebt sich nicht (§ 31 Abs. 3 Satz 2 VwVfG)."
    return Deadline(due_on, rule, said, ends_on=ends_on)


def _many(n: int, one: str, many: str) -> str:
    return (
        f"{'einem' if one in ('Tag', 'Monat', 'Arbeitstag') else 'einer'} {one}" if n == 1 else f"{n} {many}"
    )


def days_after(
    event: date, n: int, *, land: str, region: str | None = None, fixed_day: bool = False
) -> Deadline:
    """A period in days; the day of the event does not count (§ 187 (1) BGB)."""
    counted = f"Mit {_many(n, 'Tag', 'Tagen')} ab dem {event:%d.%m.%Y} (dieser Tag zählt nicht mit)"
    end = event + timedelta(days=n)
    return _ending(end, rule="vwvfg-31-days", counted=counted, land=land, region=region, fixed_day=fixed_day)


def weeks_after(
    event: date, n: int, *, land: str, region: str | None = None, fixed_day: bool = False
) -> Deadline:
    """A period in weeks ends on the same day of the week (§ 188 (2) BGB)."""
    counted = f"Mit {_many(n, 'Woche', 'Wochen')} ab dem {event:%d.%m.%Y}"
    end = event + timedelta(weeks=n)
    return _ending(end, rule="vwvfg-31-weeks", counted=counted, land=land, region=region, fixed_day=fixed_day)


def months_after(
    event: date, n: int, *, land: str, region: str | None = None, fixed_day: bool = False
) -> Deadline:
    """A period in months ends on the same number, clamped to the month (§ 188 (2), (3) BGB)."""
    counted = f"Mit {_many(n, 'Monat', 'Monaten')} ab dem {event:%d.%m.%Y}"
    end = add_months(event, n)
    return _ending(
        end, rule="vwvfg-31-months", counted=counted, land=land, region=region, fixed_day=fixed_day
    )


def fixed_date(day: date) -> Deadline:
    """An appointment that the authority set stands, also on a weekend (§ 31 (5) VwVfG)."""
    said = f"Der Termin am {german(day)} gilt auch an einem freien Tag (§ 31 Abs. 5 VwVfG)."
    return Deadline(day, "vwvfg-31-5", said, ends_on=day)


def hours_after(moment: datetime, hours: int, *, rule: str = "vwvfg-31-6") -> HourDeadline:
    """Plain elapsed time; weekends and the change of the clocks count as they pass (§ 31 (6) VwVfG)."""
    if moment.tzinfo is None:
        raise ValueError("a moment needs its time zone")
    due_at = datetime.fromtimestamp(moment.timestamp() + hours * 3600, tz=moment.tzinfo)
    said = (
        f"{hours} Stunden ab {moment:%d.%m.%Y, %H:%M} Uhr enden am {german(due_at.date())} um "
        f"{due_at:%H:%M} Uhr; Wochenenden und Feiertage zählen mit (§ 31 Abs. 6 VwVfG)."
    )
    return HourDeadline(due_at, rule, said)


def notified_on(sent_on: date, *, arrived_on: date | None = None, served_on: date | None = None) -> Deadline:
    """When a decision counts as notified: the fiction of § 41 (2) VwVfG, or what really happened.

    `arrived_on` beats the fiction only where it is later; `served_on` (certificate of service) always.
    Whether the fiction itself moves off a weekend is disputed: it stays, and the result says so.
    """
    if served_on is not None:
        said = f"Zugestellt laut Zustellungsurkunde am {german(served_on)}."
        return Deadline(served_on, "vwzg-service", said, ends_on=served_on)
    rule = notification_rule(sent_on)
    deemed = sent_on + timedelta(days=rule.days)
    if arrived_on is not None and arrived_on > deemed:
        said = (
            f"Zugegangen am {german(arrived_on)}, später als am {rule.days}. Tag nach der Absendung: "
            f"Es gilt der wirkliche Zugang ({rule.head.source})."
        )
        return Deadline(arrived_on, rule.id, said, ends_on=arrived_on)
    said = (
        f"Abgesandt am {sent_on:%d.%m.%Y}: gilt am {rule.days}. Tag danach als bekannt gegeben, "
        f"also am {german(deemed)} ({rule.head.source})."
    )
    assumptions = ["Der Bescheid ist zugegangen, und nicht später; die Behörde trägt den Beweis."]
    if deemed.weekday() >= 5:
        assumptions.append(
            "Die Bekanntgabe wurde nicht vom Wochenende verschoben (streitig); "
            "wer vollstreckt, rechnet vorsichtig mit dem nächsten Werktag."
        )
    return Deadline(deemed, rule.id, said, tuple(assumptions), deemed)


def portal_notified_on(announced_on: date, *, retrieved_on: date | None = None) -> Deadline:
    """Notification by retrieval from a portal, § 41 (2a) VwVfG.

    Without a retrieval the result is the last day for one; afterwards the decision must go another way.
    """
    rule = portal_rule(announced_on)
    closes_on = announced_on + timedelta(days=rule.days)
    if retrieved_on is not None and retrieved_on <= closes_on:
        day = retrieved_on + timedelta(days=1)
        said = (
            f"Abgerufen am {retrieved_on:%d.%m.%Y}: bekannt gegeben am Tag danach, "
            f"{german(day)} ({rule.head.source})."
        )
        return Deadline(day, rule.id, said, ends_on=day)
    said = (
        f"Nicht bis {german(closes_on)} abgerufen: nicht bekannt gegeben, "
        f"bitte auf anderem Weg bekannt geben ({rule.head.source})."
    )
    return Deadline(closes_on, f"{rule.id}-closed", said, ends_on=closes_on)


def remedy_deadline(
    sent_on: date,
    *,
    land: str,
    region: str | None = None,
    months: int = 1,
    arrived_on: date | None = None,
    served_on: date | None = None,
) -> Deadline:
    """The last day for an objection or an action: one month after notification (§§ 70, 74 VwGO)."""
    notified = notified_on(sent_on, arrived_on=arrived_on, served_on=served_on)
    end = months_after(notified.due_on, months, land=land, region=region)
    return replace(
        end,
        rule="vwgo-70-74",
        explanation=f"{notified.explanation} {end.explanation}",
        assumptions=notified.assumptions,
    )


def working_days_after(
    received_on: date,
    n: int,
    *,
    land: str,
    region: str | None = None,
    closed: Mapping[date, str] | None = None,
    counted_from: str = "dem",
) -> Deadline:
    """A target of the house: counted from the next working day of the office on.

    `closed` are its own closing days with their names; `counted_from` says what happened on the first day.
    """
    office = OfficeCalendar(land, region, closed or {})
    due_on = office.after(received_on, n)
    said = (
        f"{n} {'Arbeitstag' if n == 1 else 'Arbeitstage'} nach {counted_from} {received_on:%d.%m.%Y}: "
        f"{german(due_on)}{_uncounted(office, received_on, due_on)}."
    )
    return Deadline(due_on, "working-days", said, ends_on=due_on)


def _uncounted(office: OfficeCalendar, start: date, end: date) -> str:
    """Which days did not count: weekends always, and by name what else fell between."""
    names: dict[str, list[date]] = {}
    for day, name in office.skipped(start, end):
        names.setdefault(name, []).append(day)
    if not names:
        return f"; Wochenenden zählen nicht, Feiertage ({LANDS[office.land]}) und Schließtage lagen nicht dazwischen"
    shown = (f"{name} ({_span(days)})" for name, days in names.items())
    return f"; nicht mitgezählt sind Wochenenden sowie {_listed(list(shown))}, {LANDS[office.land]}"


def _span(days: list[date]) -> str:
    first, last = days[0], days[-1]
    return f"{first:%d.%m.}" if first == last else f"{first:%d.%m.} bis {last:%d.%m.}"


def _listed(words: list[str]) -> str:
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} und {words[-1]}"


def extended(before_on: date, after_on: date, *, decided_on: date) -> Deadline:
    """A period that was moved, also after it had run out: both days stay to be seen (§ 31 (7) VwVfG)."""
    if after_on <= before_on:
        raise ValueError("an extension ends after the period it extends")
    late = ", nachträglich" if decided_on > before_on else ""
    said = (
        f"Am {decided_on:%d.%m.%Y}{late} verlängert: statt {before_on:%d.%m.%Y} endet die Frist am "
        f"{german(after_on)} (nach dem Muster von § 31 Abs. 7 VwVfG)."
    )
    return Deadline(after_on, "vwvfg-31-7", said, ends_on=before_on)


def target_deadline(
    target_id: str, start: date, *, land: str, region: str | None = None, n: int | None = None
) -> Deadline:
    """The due day of one target of `rules/targets.toml`; a blueprint may give its own number as `n`."""
    target: Target = target_rules().target(target_id)
    count = target.count if n is None else n
    count_after = working_days_after if target.unit == "working_days" else weeks_after
    due = count_after(start, count, land=land, region=region)
    label = target.label[0].upper() + target.label[1:]
    return replace(due, rule=target.id, explanation=f"{label}: {due.explanation}")


def escalation(start: date, n: int, *, land: str, region: str | None = None) -> Escalation:
    """When an unanswered thing of `n` working days is reminded of and rises: 80, 100 and 150 %."""
    shares = target_rules().escalation

    def at(share: Decimal) -> date:
        return add_working_days(start, max(1, ceil(n * share)), land, region)

    return Escalation(at(shares.remind_at), at(shares.head_at), at(shares.steering_at), "escalation")


UNKNOWN_SITUATION = (
    "Angenommen: auf Dauer eingezogen. Bitte nach Wohnung im Ausland, anderer Wohnung in Deutschland "
    "und geplanter Dauer fragen."
)
ASSUMED = {
    Situation.FOR_GOOD: "Auf Dauer eingezogen.",
    Situation.ASSIGNED_ACCOMMODATION: "Zugewiesene Unterkunft: Ausnahmen für kurze Aufenthalte gelten nicht.",
    Situation.TEMPORARY_FROM_ABROAD: "Wohnt sonst im Ausland, ist in Deutschland nicht gemeldet, bleibt nur "
    "vorübergehend.",
    Situation.TEMPORARY_REGISTERED_ELSEWHERE: "Ist an anderem Ort in Deutschland gemeldet, bleibt nur "
    "vorübergehend.",
}


def registration_deadline(
    moved_in_on: date, *, land: str, situation: Situation | None = None, region: str | None = None
) -> Deadline:
    """Until when to register after moving in, §§ 17, 27 BMG: an estimate with its assumption, no reproach.

    The months without a duty are no period for an act, so they never move off a weekend; the two weeks do.
    """
    rule = registration_rule(situation or Situation.FOR_GOOD, moved_in_on)
    duty_after = add_months(moved_in_on, rule.grace_months)
    end = weeks_after(duty_after, rule.weeks, land=land, region=region)
    assumptions = [f"Einzug am {moved_in_on:%d.%m.%Y}."]
    assumptions.append(ASSUMED[situation] if situation else UNKNOWN_SITUATION)
    begun = ""
    if rule.grace_months:
        begun = f"Pflicht voraussichtlich nach {rule.grace_months} Monaten, am {duty_after:%d.%m.%Y}. "
    said = (
        f"{begun}Anmeldung voraussichtlich bis {german(end.due_on)} ({rule.head.source}). {end.explanation}"
    )
    return Deadline(end.due_on, rule.id, said, tuple(assumptions), end.ends_on)


LIMITATION_MONTHS = ((1_000, 6), (2_500, 12), (15_000, 24))


def prosecution_limit(ended_on: date, max_fine: int) -> Deadline:
    """The last day on which an administrative offence can be prosecuted, by its maximum fine.

    § 31 (2) OWiG; the day on which the act ended counts, so the period ends the day before the same
    number. It does not move off a weekend. A failure to register ends only with the registration.
    """
    months = next((months for limit, months in LIMITATION_MONTHS if max_fine <= limit), 36)
    last = add_months(ended_on, months) - timedelta(days=1)
    said = (
        f"Höchstmaß {max_fine:,} €: verjährt in {months} Monaten nach dem Ende der Handlung am "
        f"{ended_on:%d.%m.%Y}, letzter Tag {german(last)} (§ 31 Abs. 2 OWiG)."
    ).replace(",", ".", 1)
    return Deadline(last, "owig-31-2", said, ("Keine Unterbrechung nach § 33 OWiG.",), last)


def subject_request_deadline(
    received_on: date, *, land: str, region: str | None = None, extended: bool = False
) -> Deadline:
    """Answer to a person who asks for their data: one month, with reasons two more (Art. 12 (3) GDPR)."""
    due = months_after(received_on, 3 if extended else 1, land=land, region=region)
    said = f"{due.explanation} (Art. 12 Abs. 3 DSGVO)"
    return replace(due, rule="gdpr-12-3", explanation=said)


def breach_report_deadline(known_at: datetime) -> HourDeadline:
    """A data breach goes to the supervisory authority within 72 hours (Art. 33 GDPR)."""
    due = hours_after(known_at, 72, rule="gdpr-33")
    return replace(due, explanation=due.explanation.replace("§ 31 Abs. 6 VwVfG", "Art. 33 DSGVO"))
