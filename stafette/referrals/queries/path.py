"""The path of a household: its stations as this actor may see them, who holds the baton now, what comes next.

Of another unit's work only what stands on the referral itself is told: states, dates, holder, feedback. Attempts and
outcome of the receiver never come here.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import Q
from django.urls import reverse
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from stafette.accounts.queries import finding_labels
from stafette.audit.queries import events_about
from stafette.audit.wording import word_for
from stafette.kernel.actor import Actor
from stafette.kernel.clock import today
from stafette.kernel.permissions import Permission
from stafette.referrals.access import findings_visible_to, signposts_visible_to, visible_to
from stafette.referrals.models import Baton, Finding, FollowUp, Referral
from stafette.referrals.queries.followups import household_follow_ups, lasting_questions
from stafette.referrals.queries.tasks import household_tasks

SHOWN = 20
PAST, NOW, NEXT = "past", "now", "next"
EVENTS = (
    *("household.created", "household.moved", "arrival.registered", "arrival.invited"),
    *("interview.finished", "interview.declined", "consent.given", "consent.withdrawn"),
)
STATES = Referral.State
NEXT_STEP: dict[str, Any] = {
    STATES.DRAFT: gettext_lazy("Inhalt festlegen"),
    STATES.CHECKED: gettext_lazy("Senden"),
    STATES.SENT: gettext_lazy("Empfang bestätigen"),
    STATES.RECEIVED: gettext_lazy("Annehmen oder ablehnen"),
    STATES.ACCEPTED: gettext_lazy("Familie erreichen"),
    STATES.NOT_REACHED: gettext_lazy("Noch einmal versuchen"),
    STATES.REACHED: gettext_lazy("Helfen und abschließen"),
    STATES.SUSPENDED: gettext_lazy("Weiterführen"),
    STATES.CLOSED: gettext_lazy("Rückmeldung geben"),
    STATES.DECLINED: gettext_lazy("Neu entscheiden"),
    STATES.RETURNED: gettext_lazy("Neu entscheiden"),
}
WITHOUT_BEADS = {STATES.DECLINED, STATES.RETURNED, STATES.SETTLED, STATES.WITHDRAWN}
LOOKS: dict[str, Any] = {
    "done": gettext_lazy("erledigt"),
    "open": gettext_lazy("läuft"),
    "late": gettext_lazy("verspätet"),
    "planned": gettext_lazy("geplant"),
    "stopped": gettext_lazy("ohne Ergebnis beendet"),
}


@dataclass(frozen=True)
class Bead:
    """One step of a referral: reached on a day, due now, still to come, or passed over."""

    word: str
    on: date | None
    look: str


@dataclass(frozen=True)
class Station:
    """One stop of the path: what, in which state, since when; while it is open also who, what next, until when."""

    group: str
    look: str
    title: str
    state: str
    on: date
    note: str = ""
    url: str = ""
    holder: str = ""
    next_step: str = ""
    due_on: date | None = None
    beads: tuple[Bead, ...] = ()

    @property
    def look_word(self) -> str:
        """The look in words: colour and shape are never the only sign."""
        return str(LOOKS[self.look])

    @property
    def days_late(self) -> int:
        """How many days the date has passed."""
        return max(0, (today() - self.due_on).days) if self.due_on is not None else 0

    @property
    def steps(self) -> str:
        """The steps that were reached, with their days: what the beads show."""
        return ", ".join(f"{bead.word} {bead.on:%d.%m.%Y}" for bead in self.beads if bead.on)

    @property
    def lateness(self) -> str:
        """„3 Tage zu spät“, or nothing."""
        days = self.days_late
        return (
            ngettext("%(days)d Tag zu spät", "%(days)d Tage zu spät", days) % {"days": days} if days else ""
        )


@dataclass(frozen=True)
class Path:
    """All stations in their order: what was, what is now, what comes."""

    stations: tuple[Station, ...]
    label: str = ""
    hidden: int = 0
    has_groups: bool = True
    url: str = field(default="")

    @property
    def shown(self) -> tuple[Station, ...]:
        """What the picture shows: the earlier ones of a long path are summed up."""
        return self.stations[self.hidden :]

    @property
    def sentence(self) -> str:
        """The picture in words, for those who do not see it."""
        if not self.has_groups:
            return " ".join(_steps_of(one) for one in self.stations)
        open_ones = [one for one in self.stations if one.group == NOW]
        parts = [
            _("{count} Stationen.").format(count=len(self.stations)),
            _("Jetzt offen: {count}.").format(count=len(open_ones))
            if open_ones
            else _("Jetzt ist nichts offen."),
        ]
        for one in open_ones:
            words = [one.title, one.state, one.holder, one.next_step]
            until = _("bis {day}").format(day=f"{one.due_on:%d.%m.%Y}") if one.due_on else ""
            parts.append(", ".join(filter(None, [*words, until, one.lateness])) + ".")
        return " ".join(parts)


def _steps_of(station: Station) -> str:
    """The steps of one referral: what was reached when, and what comes next."""
    told = [station.steps or _("Noch nicht gesendet")]
    if station.next_step:
        told.append(_("Als Nächstes: {step}").format(step=station.next_step))
    return ". ".join(filter(None, [*told, station.lateness])) + "."


def household_path(*, actor: Actor, household_id: UUID, most: int = SHOWN) -> Path:
    """Put the path of one household together from what this actor may see; a picture shows `most` stations."""
    labels = finding_labels()
    found = [
        *_events(actor, household_id),
        *_findings(actor, household_id, labels),
        *_signposts(actor, household_id),
        *(referral_station(row, labels) for row in _referrals(actor, household_id)),
        *_follow_ups(actor, household_id, labels),
        *_tasks(actor, household_id),
    ]
    return _in_order(found, url=reverse("referrals:path", args=[household_id]), most=most)


def referral_path(referral: Referral, label: str) -> Path:
    """The same for one referral alone, with all its steps: the small picture on its page."""
    station = referral_station(referral, {referral.finding_code: label}, with_beads=True)
    return Path(stations=(station,) if station.beads else (), has_groups=False)


def _in_order(stations: list[Station], *, url: str, most: int = SHOWN) -> Path:
    past = sorted((one for one in stations if one.group == PAST), key=lambda one: one.on)
    now, later = (
        sorted(
            (one for one in stations if one.group == group), key=lambda one: (one.due_on or one.on, one.title)
        )
        for group in (NOW, NEXT)
    )
    hidden = max(0, min(len(past), len(stations) - most))
    return Path(stations=(*past, *now, *later), hidden=hidden, url=url)


def _day(moment: datetime) -> date:
    return localtime(moment).date()


def _look(row: Baton) -> str:
    """Late, due, or still to come; whoever holds it."""
    return "late" if row.next_on < today() else "open"


def _referrals(actor: Actor, household_id: UUID) -> list[Referral]:
    """Sent for this household by one's own unit, or accepted into it: the other unit's household is not one's own."""
    units = actor.units(Permission.REFERRAL_VIEW)
    sent = Q(household=household_id, from_unit__in=units)
    found = visible_to(actor).filter(sent | Q(received_household=household_id, to_unit__in=units))
    joined = ("from_unit", "to_unit", "responsible_unit", "responsible_user", "finding__person")
    return list(found.select_related(*joined))


def referral_station(referral: Referral, labels: dict[str, str], *, with_beads: bool = False) -> Station:
    """A referral as one stop: only what both units may know of it."""
    title = _("{finding}: Übergabe an {unit}").format(
        finding=labels.get(referral.finding_code, referral.finding_code), unit=referral.to_unit.name
    )
    person = referral.finding.person if referral.finding and not with_beads else None
    station = Station(
        group=NOW if referral.is_open else PAST,
        look=_look(referral) if referral.is_open else "done" if referral.feedback else "stopped",
        title=title,
        state=str(referral.get_feedback_display() or referral.get_state_display()),
        on=_day(referral.sent_at or referral.created_at),
        note=" · ".join(filter(None, [referral.number, person.full_name if person else ""])),
        url=reverse("referrals:detail", args=[referral.pk]),
    )
    if referral.is_open:
        station = replace(
            station,
            holder=f"{referral.responsible_user.label}, {referral.responsible_unit.name}",
            next_step=str(NEXT_STEP[referral.state]),
            due_on=referral.next_on,
        )
    has_beads = referral.state not in WITHOUT_BEADS and (referral.is_open or with_beads)
    return replace(station, beads=_beads(referral)) if has_beads else station


def _beads(referral: Referral) -> tuple[Bead, ...]:
    steps = (
        (_("gesendet"), referral.sent_at),
        (_("angenommen"), referral.answered_at),
        (_("erreicht"), referral.contacted_at),
        (_("Rückmeldung"), referral.ended_at),
    )
    last = max((index for index, (_word, at) in enumerate(steps) if at), default=-1)
    if referral.state == Referral.State.CLOSED:
        last = max(last, 2)
    found = []
    for index, (word, at) in enumerate(steps):
        look = "done" if at else "skipped" if index <= last else "current" if index == last + 1 else "todo"
        found.append(Bead(word, _day(at) if at else None, look))
    return tuple(found)


def _findings(actor: Actor, household_id: UUID, labels: dict[str, str]) -> list[Station]:
    """Open findings wait for a decision; what was referred shows as its referral."""
    states = [Finding.State.OPEN, Finding.State.DISMISSED]
    rows = findings_visible_to(actor).filter(household=household_id, state__in=states)
    return [
        Station(
            group=NOW if row.state == Finding.State.OPEN else PAST,
            look="open" if row.state == Finding.State.OPEN else "stopped",
            title=labels.get(row.code, row.code),
            state=str(row.get_dismiss_reason_display() or row.get_state_display()),
            on=_day(row.created_at),
            note=row.person.full_name if row.person else "",
            url=reverse("referrals:household", args=[household_id]),
            holder=row.unit.name if row.state == Finding.State.OPEN else "",
            next_step=_("Entscheiden, was folgt") if row.state == Finding.State.OPEN else "",
        )
        for row in rows.select_related("person", "unit")
    ]


def _signposts(actor: Actor, household_id: UUID) -> list[Station]:
    rows = signposts_visible_to(actor).filter(household=household_id).select_related("service")
    title = _("Verwiesen an {service}")
    return [
        Station(PAST, "done", title.format(service=row.service.name), _("Auskunft gegeben"), row.given_on)
        for row in rows
    ]


def _follow_ups(actor: Actor, household_id: UUID, labels: dict[str, str]) -> list[Station]:
    questions = lasting_questions()
    rows = household_follow_ups(actor=actor, household_id=household_id)
    found = []
    for row in rows:
        if row.state == FollowUp.State.DROPPED:
            continue
        question = questions.get(row.finding_code) or _("Hat es gehalten?")
        label = labels.get(row.finding_code, row.finding_code)
        note = " · ".join(filter(None, [str(row.get_kind_display()), label]))
        url = reverse("referrals:follow_up", args=[row.pk])
        if row.ended_at is not None:
            look = "done" if row.result == FollowUp.Result.LASTS else "stopped"
            state = str(row.get_result_display())
            found.append(Station(PAST, look, question, state, _day(row.ended_at), note=note, url=url))
        else:
            found.append(_coming(row, question, note=note, url=url, step=_("Nachfragen")))
    return found


def _tasks(actor: Actor, household_id: UUID) -> list[Station]:
    rows = household_tasks(actor=actor, household_id=household_id)
    return [
        _coming(
            row, row.title, note=row.number, url=reverse("referrals:task", args=[row.pk]), step=_("Erledigen")
        )
        for row in rows
        if row.is_open
    ]


def _coming(row: FollowUp | Any, title: str, *, note: str, url: str, step: str) -> Station:
    """What is planned for a day: it waits until then, and is late afterwards."""
    is_due = row.next_on <= today()
    return Station(
        group=NOW if is_due else NEXT,
        look=_look(row) if is_due else "planned",
        title=title,
        state=str(row.get_state_display()),
        on=row.next_on,
        note=note,
        url=url,
        holder=f"{row.responsible_user.label}, {row.responsible_unit.name}",
        next_step=step,
        due_on=row.next_on,
    )


def _events(actor: Actor, household_id: UUID) -> list[Station]:
    """What other rooms did, in the words of the log: each kind once a day."""
    rows = events_about(actor=actor, about_id=household_id).filter(kind__in=EVENTS)
    seen = {(_day(at), kind) for at, kind in rows.values_list("at", "kind")}
    return [Station(PAST, "done", word_for(kind), "", day) for day, kind in sorted(seen)]
