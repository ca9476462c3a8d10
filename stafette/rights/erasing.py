"""What an erasure would take with it and what stays, worked out from what the models declare."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db import models
from django.utils.translation import gettext as _

from stafette.kernel.actor import Actor
from stafette.kernel.clock import today
from stafette.kernel.keeping import With
from stafette.kernel.kin import Model, children, rows_below
from stafette.kernel.rows import visible
from stafette.kernel.rules.ages import birthday
from stafette.kernel.rules.deadline_rules import retention_classes
from stafette.people.models import Household, HouseholdMember, Person
from stafette.referrals import batons
from stafette.rights.labels import title_of
from stafette.rights.models import RequestContent, SubjectRequest

ADULT = 18
CASEWORK = {"referrals", "partners"}


@dataclass(frozen=True)
class Line:
    """One kind of record: how many, and until when what stays is kept, without the person."""

    title: str
    count: int
    period: str = ""


@dataclass(frozen=True)
class Preview:
    """What would go, what stays as proof without the person, and what still stands against it."""

    going: list[Line]
    staying: list[Line]
    hindrances: list[str]


def preview(*, actor: Actor, request: SubjectRequest, whole: bool) -> Preview:
    """Walk down from the person, or from the whole household, with the actor's own eyes."""
    found = rows_below(_seeds(request, whole=whole), lambda model: visible(model, actor))
    going = _going(found)
    gone: list[Line] = []
    stays: list[Line] = []
    for model, ids in sorted(found.items(), key=lambda pair: title_of(pair[0]._meta.label)):
        left = ids - going.get(model, set()) if model is not RequestContent else set()  # it is emptied
        title = title_of(model._meta.label)
        if len(ids) > len(left):
            gone.append(Line(title, len(ids) - len(left)))
        if left:
            stays.append(Line(title, len(left), period_of(model)))
    return Preview(gone, stays, hindrances(request))


def _seeds(request: SubjectRequest, *, whole: bool) -> dict[Model, set[UUID]]:
    seeds: dict[Model, set[UUID]] = {Person: {request.person_id} if request.person_id else set()}
    household = request.household
    if household is not None and (whole or not others_in(request)):
        members = HouseholdMember.objects.filter(household=household)
        seeds[Household] = {household.pk}
        seeds[Person] |= set(members.values_list("person_id", flat=True))
    return seeds


def _going(found: Mapping[Model, set[UUID]]) -> dict[Model, set[UUID]]:
    """Which rows go: the seeds, and what hangs on what goes (on_delete=CASCADE); the rest only loses the mention."""
    going: dict[Model, set[UUID]] = {
        model: set(found[model]) for model in (Person, Household) if model in found
    }
    fresh = dict(going)
    while fresh:
        following: dict[Model, set[UUID]] = {}
        for model, ids in fresh.items():
            for child, field in children(model):
                if field.remote_field.on_delete is not models.CASCADE or child not in found:
                    continue
                rows = child._default_manager.filter(**{f"{field.attname}__in": ids}, pk__in=found[child])
                new = set(rows.values_list("pk", flat=True)) - going.get(child, set())
                if new:
                    following.setdefault(child, set()).update(new)
                    going.setdefault(child, set()).update(new)
        fresh = following
    return going


def _is_handed_over(model: Model) -> bool:
    """What was handed over from a file goes with it at once, although a period of its own runs otherwise."""
    names = {column.name for column in model._meta.concrete_fields}
    return model._meta.app_label in CASEWORK and "household" in names


def period_of(model: Any) -> str:
    """The retention class of a model in words, as rules/retention.toml has it."""
    code = model.Privacy.retention
    rule = retention_classes().get(code)
    if rule is None:
        return ""
    parts = [(rule.months, _("Monate")), (rule.days, _("Tage")), (rule.hours, _("Stunden"))]
    length = " ".join(f"{number} {word}" for number, word in parts if number)
    starts = getattr(model.Privacy, "starts", None)
    if isinstance(starts, With):
        return f"{code}: {_('geht mit der Akte')}"
    return f"{code}: {length or _('unbefristet')}, {_('ab')}: {rule.start_event}"


def others_in(request: SubjectRequest) -> list[Person]:
    """Who else lives in the household."""
    if request.household_id is None:
        return []
    members = HouseholdMember.objects.filter(household=request.household_id, until_on=None)
    found = members.exclude(person=request.person_id).select_related("person")
    return [member.person for member in found.order_by("from_on", "person__birth_year", "id")]


def adults_beside(request: SubjectRequest) -> list[Person]:
    """The other adults of the household; whose age nobody knows counts as an adult."""
    return [one for one in others_in(request) if not is_minor(one)]


def is_minor(person: Person, *, on: date | None = None) -> bool:
    """Tell whether somebody is surely under eighteen: by the first day on which the birth may have been."""
    first = person.birth.first_possible()
    return first is not None and birthday(first, ADULT) > (on or today())


def hindrances(request: SubjectRequest) -> list[str]:
    """What must be ended before: whatever is open would go on without the file that it is about.

    The room retention asks the same again and refuses; here the clerk learns it before, with the numbers.
    """
    if request.household_id is None:
        return []
    found: list[str] = []
    for kind in batons.kinds():
        if kind.model._meta.app_label not in CASEWORK:
            continue
        names = {column.name for column in kind.model._meta.concrete_fields}
        for column in names & {"household", "received_household"}:
            rows = kind.model._default_manager.filter(is_open=True, **{column: request.household_id})
            numbers = ", ".join(rows.order_by("number").values_list("number", flat=True))
            if numbers:
                found.append(
                    _("Noch offen, bitte abschließen oder zurückziehen: {kind} {numbers}.").format(
                        kind=kind.plural, numbers=numbers
                    )
                )
    return found
