"""A request goes to the unit where it belongs, with what the person gave for that purpose and nothing else."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from uuid import UUID

from django.utils.translation import gettext as _

from stafette.accounts.models import Unit
from stafette.accounts.queries import heir_of
from stafette.audit.record import record
from stafette.kernel.actor import Actor
from stafette.kernel.clock import now, today
from stafette.kernel.command import command
from stafette.kernel.errors import BadInput, RuleBroken
from stafette.kernel.permissions import Permission
from stafette.kernel.scope import acting
from stafette.referrals.steps import clerk_for, escalation_unit_for, next_number
from stafette.rights import rules
from stafette.rights.clock import answer_due, first_look
from stafette.rights.models import Channel, Passing, RequestContent, SubjectRequest
from stafette.rights.steps import finish, locked, tell_arrived


@command
def pass_on_request(
    *,
    actor: Actor,
    request_id: UUID,
    unit_ids: Collection[UUID],
    stays: bool = False,
    version: int | None = None,
) -> SubjectRequest:
    """Pass a request on to every unit that it is meant for; with `stays` one's own unit answers as well.

    Each receiver gets a request of its own. It does not say whether it holds anything: neither does the sender look,
    nor does the answer come back. The person is told by each unit for itself (§ 67(4) SGB X).
    """
    request = locked(request_id, version)
    actor.require(Permission.RIGHTS_EDIT, unit=request.unit_id)
    if not request.can("pass_on"):
        raise RuleBroken(_("Dieser Antrag ist abgeschlossen."))
    if not unit_ids:
        raise BadInput(_("Wählen Sie mindestens eine Stelle, an die der Antrag gehen soll."))
    content = RequestContent.objects.get(request=request)
    for unit in _receivers(request, unit_ids):
        made = _send(actor, request, content, unit)
        record(
            actor, "request.passed_on", request, unit=request.unit_id, about=request.household_id,
            number=request.number, to_unit=unit.pk, there=made.number,
        )  # fmt: skip
    if stays:
        request.version += 1
        request.save(update_fields=["version"])
    else:
        finish(actor, request, "pass_on")
    return request


def _receivers(request: SubjectRequest, unit_ids: Collection[UUID]) -> list[Unit]:
    wanted = list(Unit.objects.filter(pk__in=unit_ids).select_related("authority"))
    found = {unit.pk: unit for unit in (heir_of(one) for one in wanted)}
    sent = set(request.passings.values_list("to_unit_id", flat=True))
    if len(wanted) != len(set(unit_ids)) or request.unit_id in found:
        raise BadInput(_("Wählen Sie eine andere Stelle aus der Liste."))
    if sent & set(found):
        raise RuleBroken(_("An diese Stelle ist der Antrag schon weitergeleitet."))
    return list(found.values())


def _send(actor: Actor, request: SubjectRequest, content: RequestContent, unit: Unit) -> SubjectRequest:
    at = now()
    passing = Passing(request=request, unit_id=request.unit_id, to_unit=unit, sent_at=at)
    made = _request_there(request, unit, passing.pk, at.date())
    passing.number = made.number
    passing.save(force_insert=True)
    helper = actor.with_grants((Permission.RIGHTS_VIEW, unit.pk), (Permission.RIGHTS_EDIT, unit.pk))
    with acting(helper):
        made.save(force_insert=True)
        RequestContent(
            request=made,
            unit=unit,
            asker=content.asker or _name_of(request),
            born=content.born or _birth_of(request),
            contact=content.contact,
            language=content.language,
            wish=content.wish,
        ).save(force_insert=True)
        record(
            helper, "request.arrived", made, unit=unit.pk, number=made.number, request=made.kind,
            from_unit=request.unit_id, due_on=made.due_on,
        )  # fmt: skip
        tell_arrived(helper, made)
    return made


def _request_there(request: SubjectRequest, unit: Unit, came_as: UUID, day: date) -> SubjectRequest:
    """The receiver's own request: its own number and clock, nothing of the sender's books."""
    asked = rules.passed_on_counts_from(on=day) == rules.FROM_ASKED
    counts_from = request.counts_from if asked else day
    due, number = answer_due(counts_from, unit=unit), next_number(unit, day.year)
    made = SubjectRequest(
        number=number,
        unit=unit,
        kind=request.kind,
        channel=Channel.PASSED_ON,
        received_on=day,
        counts_from=counts_from,
        first_due_on=due.due_on,
        due_on=due.due_on,
        due_rule=due.rule,
        due_said=due.explanation[:500],
        came_from_id=request.unit_id,
        came_as=came_as,
        escalation_unit_id=escalation_unit_for(unit),
        version=0,
    )
    holder = clerk_for(unit, number)
    made.taken_by_id = holder
    made.pass_baton(unit_id=unit.pk, user_id=holder, dates=first_look(today(), due.due_on, unit=unit))
    return made


def _name_of(request: SubjectRequest) -> str:
    """The name that the person gave: to be found there takes a name and a date of birth, no more."""
    return request.person.full_name if request.person is not None else ""


def _birth_of(request: SubjectRequest) -> str:
    return str(request.person.birth) if request.person is not None else ""
