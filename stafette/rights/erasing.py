"""What an erasure would take with it and what stays: asked of the room that deletes, so that both say the same."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Protocol
from uuid import UUID

from django.utils.translation import gettext as _

from stafette.kernel.actor import Actor
from stafette.kernel.clock import today
from stafette.kernel.keeping import With
from stafette.kernel.kin import Model, rows_below
from stafette.kernel.rows import visible
from stafette.kernel.rules.ages import birthday
from stafette.kernel.rules.deadline_rules import retention_classes
from stafette.people.models import HouseholdMember, Person
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


class Takes(Protocol):
    """What the room that deletes registers: every row that a granted erasure takes, with the actor's own eyes."""

    def __call__(
        self, *, actor: Actor, household_id: UUID | None, person_ids: Collection[UUID]
    ) -> Mapping[Model, set[UUID]]:
        """Look and change nothing."""


_takes: list[Takes] = []


def register_takes(takes: Takes) -> None:
    """Let the room that deletes say what it would take; called in config/wiring.py."""
    if takes not in _takes:
        _takes.append(takes)


def preview(*, actor: Actor, request: SubjectRequest, whole: bool) -> Preview:
    """Tell what the deletion would take, and what else hangs on the same and only loses the mention."""
    household, persons = goal(request, whole=whole)
    going: dict[Model, set[UUID]] = {}
    for takes in _takes:
        for model, ids in takes(actor=actor, household_id=household, person_ids=persons).items():
            going.setdefault(model, set()).update(ids)
    found = rows_below(going, lambda model: visible(model, actor))
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


def goal(request: SubjectRequest, *, whole: bool) -> tuple[UUID | None, list[UUID]]:
    """Return the file and the persons that a granted erasure names: the deletion hears of the same."""
    household = request.household_id if whole or lives_alone(request) else None
    return household, [request.person_id] if request.person_id else []


def lives_alone(request: SubjectRequest) -> bool:
    """A household of one is the person's own file: nothing of it is left to keep for anybody else."""
    household = request.household
    return household is not None and household.members.exclude(person=request.person_id).count() == 0


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
    """Who else lives in the household, and who left it and stands in no other file: the deletion takes them, too."""
    if request.household_id is None:
        return []
    stays = HouseholdMember.objects.exclude(household=request.household_id).values("person")
    members = HouseholdMember.objects.filter(household=request.household_id).exclude(person=request.person_id)
    found = members.exclude(until_on__isnull=False, person__in=stays).select_related("person")
    rows = found.order_by("from_on", "person__birth_year", "id")
    return list({member.person_id: member.person for member in rows}.values())


def adults_beside(request: SubjectRequest) -> list[Person]:
    """The other adults of the file; whose age nobody knows counts as an adult."""
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
