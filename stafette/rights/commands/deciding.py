"""How a request ends, and how its clock is extended once."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from django.utils.translation import gettext as _

from stafette.audit.record import record
from stafette.kernel.actor import Actor
from stafette.kernel.clock import today
from stafette.kernel.command import command
from stafette.kernel.errors import BadInput, RuleBroken
from stafette.kernel.permissions import Permission
from stafette.rights import rules
from stafette.rights.clock import extended_due, next_dates
from stafette.rights.models import Answer, Kind, SubjectRequest
from stafette.rights.steps import expect_kind, expect_person, finish, locked

BY_HAND = {Kind.ACCESS: (Answer.FULL, Answer.PARTLY), Kind.PORTABILITY: (Answer.HANDED_OUT,)}


@command
def extend_request(
    *, actor: Actor, request_id: UUID, reason: str, told_on: date, version: int | None = None
) -> SubjectRequest:
    """Move the end of the period by two months, once, and only where the person was told why in the first month."""
    request = locked(request_id, version)
    actor.require(Permission.RIGHTS_EDIT, unit=request.unit_id)
    if not request.is_open or request.extended_on is not None:
        raise RuleBroken(_("Die Frist lässt sich nur einmal verlängern, solange der Antrag offen ist."))
    if reason not in {one.code for one in rules.extensions()}:
        raise BadInput(_("Wählen Sie aus der Liste, warum die Frist verlängert wird."))
    if told_on > today() or told_on < request.received_on:
        raise BadInput(_("Wann haben Sie es der Person gesagt? Der Tag liegt zwischen Eingang und heute."))
    if told_on > request.first_due_on:
        raise RuleBroken(
            _("Verlängern geht nur, wenn die Person es bis zum {day} erfahren hat.").format(
                day=f"{request.first_due_on:%d.%m.%Y}"
            )
        )
    due = extended_due(request.counts_from, unit=request.unit)
    request.extend(on=today(), told_on=told_on, reason=reason, due_on=due.due_on, said=due.explanation)
    if request.state == SubjectRequest.State.IN_WORK:
        holder = request.responsible_user_id
        request.pass_baton(unit_id=request.unit_id, user_id=holder, dates=next_dates(request))
    else:
        request.version += 1
    request.save()
    record(
        actor, "request.extended", request, unit=request.unit_id, about=request.household_id,
        number=request.number, reason=reason, told_on=told_on, due_on=due.due_on,
    )  # fmt: skip
    return request


@command
def answer_request(
    *, actor: Actor, request_id: UUID, answer: str, reason: str = "", version: int | None = None
) -> SubjectRequest:
    """The person has the information or the file; a part that was left out has its reason.

    Only what needs no change in the books is answered here; a correction or erasure ends with its own command.
    """
    request = locked(request_id, version)
    actor.require(Permission.RIGHTS_EDIT, unit=request.unit_id)
    if answer not in BY_HAND.get(Kind(request.kind), ()):
        raise BadInput(_("Wählen Sie aus der Liste, wie der Antrag beantwortet wurde."))
    expect_person(request)
    _check_reason(request, reason, needed=answer == Answer.PARTLY)
    _end_and_record(actor, request, "answer", answer, reason)
    return request


@command
def answer_nothing_held(*, actor: Actor, request_id: UUID, version: int | None = None) -> SubjectRequest:
    """The unit holds nothing about this person, and says so to the person alone (Art. 15(1) GDPR)."""
    request = locked(request_id, version)
    actor.require(Permission.RIGHTS_EDIT, unit=request.unit_id)
    if request.person_id is not None:
        raise RuleBroken(_("Der Antrag ist einer Person Ihrer Stelle zugeordnet; es ist also etwas da."))
    if not request.identity:
        raise RuleBroken(_("Prüfen Sie zuerst, wer den Antrag stellt, und halten Sie fest, wie."))
    _end_and_record(actor, request, "answer", Answer.NOTHING, "")
    return request


@command
def refuse_request(
    *, actor: Actor, request_id: UUID, reason: str, version: int | None = None
) -> SubjectRequest:
    """Refuse with a reason of the law; the person is told it, and where to complain (Art. 12(4) GDPR)."""
    request = locked(request_id, version)
    actor.require(Permission.RIGHTS_EDIT, unit=request.unit_id)
    _check_reason(request, reason, needed=True)
    _end_and_record(actor, request, "refuse", "", reason)
    return request


@command
def withdraw_request(*, actor: Actor, request_id: UUID, version: int | None = None) -> SubjectRequest:
    """The person takes the request back."""
    request = locked(request_id, version)
    actor.require(Permission.RIGHTS_EDIT, unit=request.unit_id)
    finish(actor, request, "withdraw")
    record(
        actor, "request.withdrawn", request, unit=request.unit_id, about=request.household_id,
        number=request.number,
    )  # fmt: skip
    return request


def _check_reason(request: SubjectRequest, reason: str, *, needed: bool) -> None:
    if not reason and not needed:
        return
    if reason not in {one.code for one in rules.refusals(request.kind)}:
        raise BadInput(_("Wählen Sie aus der Liste, welcher Grund des Gesetzes gilt."))


def _end_and_record(actor: Actor, request: SubjectRequest, move: str, answer: str, reason: str) -> None:
    finish(actor, request, move, answer=answer, reason=reason)
    kind = "request.refused" if move == "refuse" else "request.answered"
    record(
        actor, kind, request, unit=request.unit_id, about=request.household_id,
        number=request.number, request=request.kind, answer=answer, reason=reason, late=request.is_late,
    )  # fmt: skip


@command
def note_export(*, actor: Actor, request_id: UUID, form: str, left_out: list[str]) -> SubjectRequest:
    """Prove that the person's own copy was made: when, as what, and for which reasons something is missing in it."""
    request = locked(request_id)
    actor.require(Permission.RIGHTS_EDIT, unit=request.unit_id)
    expect_kind(request, Kind.ACCESS, Kind.PORTABILITY)
    expect_person(request)
    record(
        actor, "request.exported", request, unit=request.unit_id, about=request.household_id,
        number=request.number, form=form, left_out=left_out,
    )  # fmt: skip
    return request
