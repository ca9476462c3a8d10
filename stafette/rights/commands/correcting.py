"""A fact is corrected or marked as contested because the person asked for it."""

from __future__ import annotations

from uuid import UUID

from django.utils.translation import gettext as _

from stafette.audit.record import record
from stafette.kernel.actor import Actor
from stafette.kernel.clock import today
from stafette.kernel.command import command
from stafette.kernel.errors import BadInput, RuleBroken
from stafette.kernel.permissions import Permission
from stafette.people.commands import change_person
from stafette.people.models import Person
from stafette.people.queries import data_of
from stafette.rights.fields import DISPUTABLE, changed, value_of
from stafette.rights.models import Answer, DisputedField, Kind, SubjectRequest
from stafette.rights.proposing import propose_to_receivers
from stafette.rights.steps import expect_kind, expect_person, finish, locked

SOURCE = "person"


@command
def correct_by_request(
    *, actor: Actor, request_id: UUID, field: str, value: str, version: int | None = None
) -> SubjectRequest:
    """Correct a fact (Art. 16 GDPR): old value, source and date stay; who had received it is told (Art. 19).

    The receivers decide for their own books, so they get a proposal. A mark that the fact was contested ends.
    """
    request = locked(request_id, version)
    actor.require(Permission.RIGHTS_EDIT, unit=request.unit_id)
    expect_kind(request, Kind.CORRECTION, Kind.CONTESTED)
    if not request.can("answer"):
        raise RuleBroken(_("Beginnen Sie zuerst die Bearbeitung."))
    person = Person.objects.get(pk=expect_person(request))
    before = data_of(person)
    after = changed(before, field, value)
    if after == before:
        raise BadInput(_("So steht es schon da. Geben Sie den richtigen Wert ein."))
    old, day = value_of(before, field), today()
    change_person(
        actor=actor,
        person_id=person.pk,
        data=after,
        source=SOURCE,
        source_date=day,
        about=request.household_id,
    )
    DisputedField.objects.filter(person=person, field=field, until_on=None).update(until_on=day)
    told = propose_to_receivers(actor, request, person, field, old, value_of(after, field))
    finish(actor, request, "answer", answer=Answer.CORRECTED)
    record(
        actor, "request.corrected", request, unit=request.unit_id, about=request.household_id,
        number=request.number, field=field, told=told, late=request.is_late,
    )  # fmt: skip
    return request


@command
def mark_contested(
    *, actor: Actor, request_id: UUID, fields: list[str], version: int | None = None
) -> SubjectRequest:
    """Mark facts as contested where neither side can prove them (§ 84(2) SGB X); the value itself stays."""
    request = locked(request_id, version)
    actor.require(Permission.RIGHTS_EDIT, unit=request.unit_id)
    expect_kind(request, Kind.CORRECTION, Kind.CONTESTED)
    person_id = expect_person(request)
    if not fields or set(fields) - set(DISPUTABLE):
        raise BadInput(_("Wählen Sie aus der Liste, welche Angaben bestritten werden."))
    for field in fields:
        open_mark = DisputedField.objects.filter(person=person_id, field=field, until_on=None)
        if not open_mark.exists():
            DisputedField(
                unit_id=request.unit_id, person_id=person_id, field=field, since_on=today(), request=request
            ).save(force_insert=True)
    finish(actor, request, "answer", answer=Answer.MARKED)
    record(
        actor, "request.marked_contested", request, unit=request.unit_id, about=request.household_id,
        number=request.number, fields=sorted(fields), late=request.is_late,
    )  # fmt: skip
    return request


@command
def end_contested(*, actor: Actor, mark_id: UUID) -> DisputedField:
    """The fact is settled: the mark ends with its day, and stays to be seen in the log."""
    mark = DisputedField.objects.select_for_update(of=("self",)).get(pk=mark_id)
    actor.require(Permission.RIGHTS_EDIT, unit=mark.unit_id)
    if mark.until_on is not None:
        raise RuleBroken(_("Diese Kennzeichnung ist schon aufgehoben."))
    mark.until_on = today()
    mark.save(update_fields=["until_on"])
    record(actor, "contested.ended", mark, unit=mark.unit_id, field=mark.field)
    return mark
