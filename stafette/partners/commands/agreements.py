"""Keep agreements with partners: enter, put in force, end, and say who sits at which desk when."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, time
from typing import Any, Required, TypedDict, Unpack
from uuid import UUID

from django.db import IntegrityError
from django.utils.translation import gettext as _

from stafette.audit.record import record
from stafette.kernel.actor import Actor
from stafette.kernel.clock import now, today
from stafette.kernel.command import command
from stafette.kernel.errors import BadInput, NotAllowed, RuleBroken
from stafette.kernel.permissions import Permission
from stafette.partners import words
from stafette.partners.models import CooperationAgreement, DeskTime, Partner
from stafette.partners.queries.agreements import over, rhythm_week, taken_by

RHYTHMS = (1, 2, 4)


class Signed(TypedDict, total=False):
    """What stands in an agreement: who corrects it says all of it again, and what is left out is taken out."""

    file_number: Required[str]
    signed_on: Required[date]
    starts_on: Required[date]
    ends_on: date | None
    notice_weeks: int | None
    services: Sequence[str]
    contacts: Sequence[str]
    receipt_days: int | None
    answer_days: int | None
    clause: str
    clause_on: date | None
    clause_text: str


LISTS = ("services", "contacts")
UNSAID: dict[str, Any] = {
    **dict.fromkeys(("ends_on", "notice_weeks", "receipt_days", "answer_days", "clause_on")),
    **dict.fromkeys(LISTS, ()),
    "clause": "none",
    "clause_text": "",
}


@command
def enter_agreement(
    *, actor: Actor, unit_id: UUID, partner_id: UUID, **signed: Unpack[Signed]
) -> CooperationAgreement:
    """Enter what was signed, as a draft: nothing holds before it is put in force."""
    actor.require(Permission.AGREEMENT_EDIT, unit=unit_id)
    if Partner.objects.get(pk=partner_id).ended_on is not None:
        raise RuleBroken(_("Dieser Partner wird nicht mehr gefragt. Wählen Sie einen anderen."))
    agreement = CooperationAgreement(unit_id=unit_id, partner_id=partner_id)
    _fill(agreement, signed)
    agreement.save(force_insert=True)
    record(
        actor,
        "agreement.entered",
        agreement,
        unit=unit_id,
        partner=partner_id,
        **_span(agreement),
    )
    return agreement


@command
def change_agreement(*, actor: Actor, agreement_id: UUID, **signed: Unpack[Signed]) -> CooperationAgreement:
    """Correct or prolong an agreement; referrals and questions that are on their way keep their periods.

    A longer one takes its desks for longer: where another agreement has one of them then, nothing is changed.
    """
    agreement = _locked(agreement_id)
    actor.require(Permission.AGREEMENT_EDIT, unit=agreement.unit_id)
    if agreement.state == CooperationAgreement.State.ENDED:
        raise RuleBroken(_("Diese Vereinbarung ist beendet. Legen Sie eine neue an."))
    _fill(agreement, signed)
    for row in agreement.times.all():
        row.starts_on, row.ends_on = agreement.starts_on, agreement.ends_on
        _refuse_double(row)
        row.save(update_fields=["starts_on", "ends_on"])
    agreement.save()
    record(actor, "agreement.changed", agreement, unit=agreement.unit_id, **_span(agreement))
    return agreement


@command
def start_agreement(*, actor: Actor, agreement_id: UUID) -> CooperationAgreement:
    """Put it in force: from its first day its periods hold and its desks stand in the plan of the week."""
    agreement = _locked(agreement_id)
    actor.require(Permission.AGREEMENT_EDIT, unit=agreement.unit_id)
    agreement.move("start")
    agreement.save(update_fields=["state"])
    record(actor, "agreement.started", agreement, unit=agreement.unit_id, starts_on=agreement.starts_on)
    return agreement


@command
def end_agreement(*, actor: Actor, agreement_id: UUID) -> CooperationAgreement:
    """End it with today: its desks are free from tomorrow, and what was sent keeps its periods."""
    agreement = _locked(agreement_id)
    actor.require(Permission.AGREEMENT_EDIT, unit=agreement.unit_id)
    _end(agreement, today())
    record(actor, "agreement.ended", agreement, unit=agreement.unit_id, ends_on=agreement.ends_on)
    return agreement


@command
def close_overdue(*, actor: Actor) -> int:
    """End whatever ran out; the program does it each night, so that no list shows as running what is over."""
    found = list(over(on=today()).select_for_update(of=("self",)))
    for agreement in found:
        actor.require(Permission.DUTY_WATCH, unit=agreement.unit_id)
        last_day = agreement.ends_on
        assert last_day is not None  # over() finds only those with a last day
        _end(agreement, last_day)
        record(actor, "agreement.ended", agreement, unit=agreement.unit_id, ends_on=last_day)
    return len(found)


@command
def add_desk_time(
    *,
    actor: Actor,
    agreement_id: UUID,
    weekday: int,
    opens_at: time,
    closes_at: time,
    desk: int,
    languages: Sequence[str] = (),
    every: int = 1,
    first_on: date | None = None,
) -> DeskTime:
    """Give the partner a desk at an hour of the week; `first_on` says in which week a longer rhythm begins."""
    agreement = _locked(agreement_id)
    actor.require(Permission.AGREEMENT_EDIT, unit=agreement.unit_id)
    if agreement.state == CooperationAgreement.State.ENDED:
        raise RuleBroken(_("Diese Vereinbarung ist beendet. Legen Sie eine neue an."))
    if closes_at <= opens_at:
        raise BadInput(_("Das Ende liegt vor dem Anfang. Tauschen Sie die beiden Uhrzeiten."))
    if every not in RHYTHMS:
        raise BadInput(_("Möglich ist jede Woche, jede zweite oder jede vierte Woche."))
    row = DeskTime(
        agreement=agreement,
        unit_id=agreement.unit_id,
        weekday=weekday,
        opens_at=opens_at,
        closes_at=closes_at,
        desk=desk,
        languages=list(dict.fromkeys(languages)),
        every=every,
        week=rhythm_week(first_on or agreement.starts_on, every),
        starts_on=agreement.starts_on,
        ends_on=agreement.ends_on,
    )
    _refuse_double(row, besides_own=False)
    try:
        row.save(force_insert=True)
    except IntegrityError as error:  # somebody else was faster by a moment
        raise RuleBroken(_("Dieser Platz wurde eben vergeben. Laden Sie die Seite neu.")) from error
    record(
        actor, "agreement.desk_given", agreement, unit=agreement.unit_id, weekday=weekday, desk=desk,
        opens_at=f"{opens_at:%H:%M}", closes_at=f"{closes_at:%H:%M}",
    )  # fmt: skip
    return row


@command
def remove_desk_time(*, actor: Actor, agreement_id: UUID, time_id: UUID) -> None:
    """Free a desk at an hour of the week."""
    agreement = _locked(agreement_id)
    actor.require(Permission.AGREEMENT_EDIT, unit=agreement.unit_id)
    row = agreement.times.get(pk=time_id)
    facts: dict[str, Any] = {"weekday": row.weekday, "desk": row.desk, "opens_at": f"{row.opens_at:%H:%M}"}
    row.delete()
    record(actor, "agreement.desk_freed", agreement, unit=agreement.unit_id, **facts)


def _locked(agreement_id: UUID) -> CooperationAgreement:
    agreement = CooperationAgreement.objects.select_for_update(of=("self",)).filter(pk=agreement_id).first()
    if agreement is None:
        raise NotAllowed(_("Diese Vereinbarung gibt es nicht."))
    return agreement


def _span(agreement: CooperationAgreement) -> dict[str, Any]:
    return {"starts_on": agreement.starts_on, "ends_on": agreement.ends_on}


def _fill(agreement: CooperationAgreement, signed: Signed) -> None:
    """Set what was agreed on; what does not fit together is refused before the database does."""
    facts: dict[str, Any] = {**UNSAID, **signed}
    ends_on, starts_on = facts["ends_on"], facts["starts_on"]
    if ends_on is not None and ends_on < starts_on:
        raise BadInput(_("Das Ende liegt vor dem Beginn. Prüfen Sie die beiden Tage."))
    if (facts["clause"] == "none") != (facts["clause_on"] is None):
        raise BadInput(_("Eine Datenschutzklausel braucht ein Datum; ohne Klausel bleibt das Datum leer."))
    same = CooperationAgreement.objects.filter(unit=agreement.unit_id, file_number=facts["file_number"])
    if same.exclude(pk=agreement.pk).exists():
        raise BadInput(_("Dieses Aktenzeichen hat schon eine andere Vereinbarung Ihrer Stelle."))
    for name in Signed.__annotations__:
        setattr(agreement, name, list(facts[name]) if name in LISTS else facts[name])


def _end(agreement: CooperationAgreement, last_day: date) -> None:
    agreement.end(at=now(), last_day=last_day)
    agreement.save(update_fields=["state", "ended_at", "ends_on"])
    agreement.times.update(is_live=False, ends_on=agreement.ends_on)


def _refuse_double(row: DeskTime, *, besides_own: bool = True) -> None:
    """Say who has the desk already; the constraint desk_never_double keeps it free even where two save at once."""
    other = taken_by(
        unit_id=row.unit_id, desk=row.desk, weekday=row.weekday, opens_at=row.opens_at, closes_at=row.closes_at,
        every=row.every, week=row.week, starts_on=row.starts_on, ends_on=row.ends_on,
        besides=row.agreement_id if besides_own else None,
    )  # fmt: skip
    if other is not None:
        raise RuleBroken(
            _(
                "Platz {desk} ist dann vergeben: {partner}, {time}. Wählen Sie einen anderen Platz oder eine "
                "andere Zeit."
            ).format(desk=row.desk, partner=other.agreement.partner.name, time=words.desk_time(other))
        )
