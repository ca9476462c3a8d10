"""A request comes in: keep it, say who asks, begin, give the holder another name."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from django.utils.translation import gettext as _

from stafette.accounts.models import Unit
from stafette.accounts.queries import caseworkers_of
from stafette.audit.record import record
from stafette.kernel.actor import Actor
from stafette.kernel.clock import today
from stafette.kernel.command import command
from stafette.kernel.errors import BadInput, RuleBroken
from stafette.kernel.permissions import Permission
from stafette.people.models import Household, HouseholdMember, Person
from stafette.referrals.steps import escalation_unit_for, next_number
from stafette.rights.clock import answer_due, first_look, next_dates
from stafette.rights.models import Channel, Identity, Kind, RequestContent, SubjectRequest
from stafette.rights.steps import locked, report_back


@command
def take_in_request(
    *,
    actor: Actor,
    unit_id: UUID,
    kind: str,
    channel: str,
    received_on: date,
    person_id: UUID | None = None,
    identity: str = "",
    asker: str = "",
    born: str = "",
    contact: str = "",
    language: str = "de",
    wish: str = "",
    key: UUID | None = None,
) -> SubjectRequest:
    """Keep what somebody asks for; the month runs from the day it came (Art. 12(3) GDPR).

    A request by word counts like a letter. `key` is the form's token and becomes the id: a second click returns what
    the first one made.
    """
    unit = Unit.objects.select_related("authority").get(pk=unit_id)
    actor.require(Permission.RIGHTS_EDIT, unit=unit_id)
    known = SubjectRequest.objects.filter(pk=key).first() if key else None
    if known is not None:
        return known
    _check(kind, channel, identity, received_on)
    if person_id is None and not asker.strip():
        raise BadInput(_("Wählen Sie die Person aus, oder schreiben Sie auf, wer den Antrag stellt."))
    request = _new(actor, unit, kind, channel, received_on)
    request.id, request.identity = key or request.id, identity
    if person_id is not None:
        _tie(request, person_id)
    request.save(force_insert=True)
    RequestContent(
        request=request,
        unit_id=unit_id,
        asker=asker.strip()[:200],
        born=born[:40],
        contact=contact[:300],
        language=language,
        wish=wish[:1000],
    ).save(force_insert=True)
    record(
        actor, "request.received", request, unit=unit_id, about=request.household_id,
        number=request.number, request=kind, channel=channel, received_on=received_on, due_on=request.due_on,
    )  # fmt: skip
    return request


def _check(kind: str, channel: str, identity: str, received_on: date) -> None:
    if kind not in Kind.values or channel not in Channel.values or channel == Channel.PASSED_ON:
        raise BadInput(_("Wählen Sie aus der Liste, worum es geht und wie der Antrag kam."))
    if identity not in Identity.values:
        raise BadInput(_("Wählen Sie aus der Liste, wie die Identität geprüft wurde."))
    if received_on > today():
        raise BadInput(_("Der Tag des Eingangs liegt in der Zukunft. Bitte prüfen Sie das Datum."))


def _new(actor: Actor, unit: Unit, kind: str, channel: str, received_on: date) -> SubjectRequest:
    due = answer_due(received_on, unit=unit)
    request = SubjectRequest(
        number=next_number(unit, today().year),
        unit=unit,
        kind=kind,
        channel=channel,
        received_on=received_on,
        counts_from=received_on,
        first_due_on=due.due_on,
        due_on=due.due_on,
        due_rule=due.rule,
        due_said=due.explanation[:500],
        taken_by_id=actor.id,
        escalation_unit_id=escalation_unit_for(unit),
        version=0,
    )
    dates = first_look(today(), due.due_on, unit=unit)
    request.pass_baton(unit_id=unit.pk, user_id=actor.id, dates=dates)
    return request


def _tie(request: SubjectRequest, person_id: UUID) -> None:
    """Name the person in the unit's own books, with the household where that person lives now."""
    person = Person.objects.filter(pk=person_id, unit=request.unit_id, merged_into=None).first()
    if person is None:
        raise BadInput(_("Diese Person gibt es in Ihrer Stelle nicht."))
    request.person = person
    living = HouseholdMember.objects.filter(person=person, until_on=None)
    request.household = Household.objects.filter(pk__in=living.values("household")).first()


@command
def identify_request(
    *,
    actor: Actor,
    request_id: UUID,
    identity: str,
    person_id: UUID | None = None,
    version: int | None = None,
) -> SubjectRequest:
    """Keep how the unit made sure who asks (Art. 12(6) GDPR), and whom in its books that is; no copy is kept."""
    request = locked(request_id, version)
    actor.require(Permission.RIGHTS_EDIT, unit=request.unit_id)
    _expect_open(request)
    if identity not in Identity.values:
        raise BadInput(_("Wählen Sie aus der Liste, wie die Identität geprüft wurde."))
    request.identity = identity
    if person_id is not None:
        _tie(request, person_id)
    request.version += 1
    request.save()
    record(
        actor, "request.identified", request, unit=request.unit_id, about=request.household_id,
        number=request.number, identity=identity, found=request.person_id is not None,
    )  # fmt: skip
    return request


@command
def begin_request(*, actor: Actor, request_id: UUID, version: int | None = None) -> SubjectRequest:
    """It belongs here, and I work on it: from now on the end of the period is the next date."""
    request = locked(request_id, version)
    actor.require(Permission.RIGHTS_EDIT, unit=request.unit_id)
    request.move("take")
    request.pass_baton(unit_id=request.unit_id, user_id=actor.id, dates=next_dates(request))
    request.save()
    report_back(actor, request, "received_on")
    record(
        actor, "request.begun", request, unit=request.unit_id, about=request.household_id,
        number=request.number, due_on=request.due_on,
    )  # fmt: skip
    return request


@command
def give_request(
    *, actor: Actor, request_id: UUID, user_id: UUID, version: int | None = None
) -> SubjectRequest:
    """Give it to a colleague of the same unit, or take it; the dates stay."""
    request = locked(request_id, version)
    actor.require(Permission.RIGHTS_EDIT, unit=request.unit_id)
    _expect_open(request)
    if not caseworkers_of(request.unit_id).filter(pk=user_id).exists():
        raise BadInput(_("Diese Person arbeitet nicht in Ihrer Stelle. Wählen Sie jemand anderen."))
    before, request.responsible_user_id = request.responsible_user_id, user_id
    request.version += 1
    request.save(update_fields=["responsible_user", "version"])
    record(
        actor, "request.given", request, unit=request.unit_id, about=request.household_id,
        number=request.number, before=before, now=user_id,
    )  # fmt: skip
    return request


def _expect_open(request: SubjectRequest) -> None:
    if not request.is_open:
        raise RuleBroken(_("Dieser Antrag ist abgeschlossen."))
