"""Invite, try to reach, note what came of it. The talk is voluntary, so every end is a good end."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from uuid import UUID

from django.utils.translation import gettext as _

from stafette.accounts.models import Unit
from stafette.accounts.queries import office_calendar
from stafette.arrivals.letters import LANGUAGES, TEXT_VERSION, language_for
from stafette.arrivals.models import Arrival, ContactAttempt, Invitation
from stafette.arrivals.models.arrivals import Channel
from stafette.audit.record import record
from stafette.kernel.actor import Actor
from stafette.kernel.clock import now, today
from stafette.kernel.command import command
from stafette.kernel.errors import BadInput, RuleBroken
from stafette.kernel.permissions import Permission
from stafette.kernel.rules.deadline_rules import target_rules
from stafette.people.commands import create_household
from stafette.people.data import AddressData, PersonData
from stafette.people.models import Household

INVITE_WITHIN, ASK_AGAIN_AFTER = "invitation", "invitation_again"  # targets of rules/targets.toml
MOVES = {
    ContactAttempt.Result.APPOINTMENT: "plan",
    ContactAttempt.Result.DECLINED: "decline",
    ContactAttempt.Result.MOVED_ON: "leave",
    ContactAttempt.Result.GIVEN_UP: "give_up",
}


@command
def record_walk_in(
    *,
    actor: Actor,
    unit: UUID,
    members: list[PersonData],
    address: AddressData | None,
    moved_in_on: date | None = None,
    came_from: str = "",
    language: str = "",
) -> Arrival:
    """Take in a household that came by itself, without any list."""
    actor.require(Permission.ARRIVAL_EDIT, unit=unit)
    household = create_household(
        actor=actor, unit=unit, members=members, address=address, source="person", source_date=today()
    )
    nations = [key for member in members for key in member.nationalities]
    arrival = Arrival(
        unit_id=unit,
        household=household,
        moved_in_on=moved_in_on,
        came_from=came_from[:200],
        language=language_for(nations, language),
        persons=len(members),
        is_walk_in=True,
        next_on=_due(unit, INVITE_WITHIN),
    )
    arrival.save(force_insert=True)
    record(
        actor,
        "arrival.registered",
        arrival,
        unit=unit,
        about=household.pk,
        due_on=arrival.next_on,
        walk_in=True,
    )
    return arrival


@command
def invite_household(
    *, actor: Actor, arrival_id: UUID, channel: str, language: str, appointment_at: datetime | None = None
) -> Invitation:
    """Write down that a household was invited, and look again in a week.

    To a locked address no letter goes: an envelope on the stairs tells who lives there (§§ 51, 52 BMG).
    """
    arrival = _locked(arrival_id)
    actor.require(Permission.ARRIVAL_EDIT, unit=arrival.unit_id)
    if channel == Channel.LETTER and Household.objects.get(pk=arrival.household_id).address_locked:
        raise RuleBroken(_("Für diesen Haushalt gilt eine Auskunftssperre: kein Brief. Bitte nutzen Sie den "
                           "vereinbarten sicheren Weg."))  # fmt: skip
    if appointment_at and appointment_at <= now():
        raise BadInput(_("Der Termin liegt in der Vergangenheit. Bitte prüfen Sie Tag und Uhrzeit."))
    arrival.move("plan" if appointment_at else "invite")
    arrival.talk_at = appointment_at
    arrival.closed_on = None
    arrival.next_on = _day(appointment_at) if appointment_at else _due(arrival.unit_id, ASK_AGAIN_AFTER)
    arrival.language = language if language in LANGUAGES else "de"
    arrival.save(update_fields=["state", "talk_at", "closed_on", "next_on", "language"])
    invitation = Invitation(
        unit_id=arrival.unit_id,
        arrival=arrival,
        channel=channel,
        language=arrival.language,
        text_version=TEXT_VERSION,
        appointment_at=appointment_at,
        actor_id=actor.id,
        actor_label=actor.label,
    )
    invitation.save(force_insert=True)
    record(
        actor, "arrival.invited", arrival, unit=arrival.unit_id, about=arrival.household_id, channel=channel,
        language=arrival.language, next_on=arrival.next_on,
    )  # fmt: skip
    return invitation


@command
def record_contact_attempt(
    *,
    actor: Actor,
    arrival_id: UUID,
    channel: str,
    result: str,
    language: str = "",
    next_on: date | None = None,
    talk_at: datetime | None = None,
) -> ContactAttempt:
    """Note one try and its result; the result moves the arrival on or sets the day of the next try."""
    arrival = _locked(arrival_id)
    actor.require(Permission.ARRIVAL_EDIT, unit=arrival.unit_id)
    move = MOVES.get(ContactAttempt.Result(result))
    if move == "plan" and talk_at is None:
        raise BadInput(_("Bitte geben Sie Tag und Uhrzeit des Termins an."))
    if next_on and next_on < today():
        raise BadInput(_("Der nächste Versuch liegt in der Vergangenheit. Bitte prüfen Sie das Datum."))
    if move:
        arrival.move(move)
    elif arrival.state not in Arrival.OPEN:
        raise RuleBroken(
            _("Dieser Zuzug ist abgeschlossen. Laden Sie den Haushalt neu ein, wenn er sich meldet.")
        )
    arrival.talk_at = talk_at if move == "plan" else arrival.talk_at
    _set_next(arrival, next_on)
    arrival.save(update_fields=["state", "talk_at", "next_on", "closed_on"])
    attempt = ContactAttempt(
        unit_id=arrival.unit_id,
        arrival=arrival,
        channel=channel,
        result=result,
        language=language,
        at=now(),
        next_on=arrival.next_on if arrival.state in Arrival.OPEN else None,
        actor_id=actor.id,
        actor_label=actor.label,
    )
    attempt.save(force_insert=True)
    record(
        actor, "arrival.contact_attempted", arrival, unit=arrival.unit_id, about=arrival.household_id,
        channel=channel, result=result, next_on=attempt.next_on,
    )  # fmt: skip
    return attempt


@command
def mark_talk_held(*, actor: Actor, household_id: UUID, unit: UUID) -> int:
    """Close the open arrivals of a household when its talk was finished; a household without one is no fault."""
    actor.require(Permission.ARRIVAL_EDIT, unit=unit)
    arrivals = Arrival.objects.select_for_update(of=("self",)).filter(unit=unit, household=household_id)
    held = [arrival for arrival in arrivals if arrival.can("hold")]
    for arrival in held:
        arrival.move("hold")
        arrival.closed_on = arrival.next_on = today()
        arrival.save(update_fields=["state", "closed_on", "next_on"])
        record(actor, "arrival.talk_held", arrival, unit=unit, about=household_id)
    return len(held)


def _locked(arrival_id: UUID) -> Arrival:
    return Arrival.objects.select_for_update(of=("self",)).get(pk=arrival_id)


def _set_next(arrival: Arrival, next_on: date | None) -> None:
    if arrival.state not in Arrival.OPEN:
        arrival.closed_on = arrival.next_on = today()
    elif arrival.state == Arrival.State.TALK_PLANNED and arrival.talk_at:
        arrival.closed_on, arrival.next_on = None, _day(arrival.talk_at)
    else:
        arrival.closed_on, arrival.next_on = None, next_on or _due(arrival.unit_id, ASK_AGAIN_AFTER)


def _day(at: datetime) -> date:
    """The day after the appointment somebody must look whether it took place."""
    return at.date() + timedelta(days=1)


def _due(unit: UUID, target: str) -> date:
    office = office_calendar(Unit.objects.select_related("authority").get(pk=unit), from_on=today())
    return office.after(today(), target_rules().target(target).count)
