"""Asking providers whether their entries still hold: mail, reminder, telephone; each step once."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from django.utils.translation import gettext as _

from stafette.audit.record import record
from stafette.directory.books import books_of
from stafette.kernel.actor import Actor
from stafette.kernel.clock import today
from stafette.kernel.command import command
from stafette.kernel.errors import BadInput
from stafette.kernel.permissions import Permission
from stafette.upkeep.models import ConfirmationRound
from stafette.upkeep.queries.due import address_of, services_of
from stafette.upkeep.rules import days_of
from stafette.upkeep.steps import locked_organization, locked_round, send_round_mail

State = ConfirmationRound.State


@command
def ask_organization(*, actor: Actor, organization_id: UUID, day: date) -> ConfirmationRound | None:
    """Begin a round: one mail about all entries that are due. Without an address somebody must call.

    Two runs at once, or a second one after a crash, find the round there and send nothing.
    """
    organization = locked_organization(organization_id)
    unit = books_of(organization)
    actor.require(Permission.DUTY_WATCH, unit=unit)
    asking = ConfirmationRound.objects.filter(organization=organization).exclude(state=State.DONE)
    if asking.exists() or not services_of(organization, day + days_of("ask_ahead", day)):
        return None
    round_ = ConfirmationRound(organization=organization, asked_on=day)
    round_.next_on = day + days_of("remind_after", day)
    if not send_round_mail(actor, round_, day):
        round_.state, round_.next_on = State.CALL, day
    round_.save(force_insert=True)
    record(actor, "entry_round.asked", round_, unit=unit, code=organization.code, mails=round_.mails)
    return round_


@command
def go_on_with_round(*, actor: Actor, round_id: UUID, day: date) -> ConfirmationRound:
    """Take the next step that is due: end what is confirmed, remind, or give it to the editors to call."""
    round_ = locked_round(round_id)
    unit = books_of(round_.organization)
    actor.require(Permission.DUTY_WATCH, unit=unit)
    if round_.state == State.DONE:
        return round_
    if not services_of(round_.organization, day + days_of("ask_ahead", day)):
        _record_end(actor, round_, unit, day)
    elif round_.state in ConfirmationRound.WAITING and round_.next_on <= day:
        _record_next(actor, round_, unit, day)
    return round_


@command
def settle_rounds(*, actor: Actor, organization_id: UUID) -> int:
    """End the open round of an organisation whose entries are all confirmed: the thanks for the click."""
    organization = locked_organization(organization_id)
    unit = books_of(organization)
    actor.require(Permission.DUTY_WATCH, unit=unit)
    day = today()
    if services_of(organization, day + days_of("ask_ahead")):
        return 0
    rounds = ConfirmationRound.objects.select_for_update().filter(organization=organization)
    found = list(rounds.exclude(state=State.DONE))
    for round_ in found:
        _record_end(actor, round_, unit, day)
    return len(found)


@command
def ask_again(*, actor: Actor, round_id: UUID) -> ConfirmationRound:
    """Send the mail once more, after the address in the entry was put right or somebody asked for it by telephone."""
    round_ = locked_round(round_id)
    unit = books_of(round_.organization)
    actor.require(Permission.DIRECTORY_EDIT, unit=unit)
    if not address_of(round_.organization):
        raise BadInput(_("Im Eintrag steht keine E-Mail-Adresse. Tragen Sie dort zuerst eine ein."))
    round_.move("again")
    round_.asked_on, round_.next_on = today(), today() + days_of("remind_after")
    send_round_mail(actor, round_)
    round_.save()
    record(
        actor, "entry_round.asked_again", round_, unit=unit, code=round_.organization.code, mails=round_.mails
    )
    return round_


@command
def note_bounce(*, actor: Actor, round_id: UUID) -> bool:
    """The mail came back: the editors must put the address right."""
    round_ = locked_round(round_id)
    unit = books_of(round_.organization)
    actor.require(Permission.DUTY_WATCH, unit=unit)
    if not round_.can("bounce"):
        return False
    round_.move("bounce")
    round_.next_on = today()
    round_.save(update_fields=["state", "next_on"])
    record(actor, "entry_round.bounced", round_, unit=unit, code=round_.organization.code)
    return True


def _record_next(actor: Actor, round_: ConfirmationRound, unit: UUID, day: date) -> None:
    step = "remind" if round_.can("remind") else "call"
    round_.move(step)
    round_.next_on = day + days_of("call_after", day)
    if step == "remind" and not send_round_mail(actor, round_, day):
        round_.move("call")
    if round_.state == State.CALL:
        round_.next_on = day
    round_.save(update_fields=["state", "next_on", "mails"])
    kind = "entry_round.to_call" if round_.state == State.CALL else "entry_round.reminded"
    record(actor, kind, round_, unit=unit, code=round_.organization.code, mails=round_.mails)


def _record_end(actor: Actor, round_: ConfirmationRound, unit: UUID, day: date) -> None:
    round_.move("end")
    round_.ended_on = day
    round_.save(update_fields=["state", "ended_on"])
    record(actor, "entry_round.ended", round_, unit=unit, code=round_.organization.code)
