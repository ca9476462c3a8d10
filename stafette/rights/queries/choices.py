"""What the forms offer: own units, other units, colleagues, persons who may be meant."""

from __future__ import annotations

from uuid import UUID

from stafette.accounts.models import Unit, UnitKind
from stafette.accounts.queries import caseworkers_of
from stafette.kernel.actor import Actor
from stafette.kernel.permissions import Permission
from stafette.people.access import visible_to as persons_visible_to
from stafette.people.models import Person
from stafette.people.queries import current_members, find_persons
from stafette.rights.access import contents_visible_to
from stafette.rights.models import SubjectRequest

Choice = tuple[str, str]
NO_CASES = (UnitKind.COORDINATION, UnitKind.DATA_PROTECTION, UnitKind.OPERATIONS)


def own_units(*, actor: Actor) -> list[Choice]:
    """Units for which the actor takes requests in."""
    found = Unit.objects.filter(pk__in=actor.units(Permission.RIGHTS_EDIT)).order_by("name")
    return [(str(unit.pk), unit.name) for unit in found]


def other_units(*, request: SubjectRequest) -> list[Choice]:
    """Units to which a request may belong: all that work with people, whether or not they know this one."""
    found = Unit.objects.filter(ends_on=None).exclude(pk=request.unit_id).exclude(kind__in=NO_CASES)
    sent = set(request.passings.values_list("to_unit_id", flat=True))
    return [(str(unit.pk), unit.name) for unit in found.order_by("name") if unit.pk not in sent]


def colleagues(unit_id: UUID) -> list[Choice]:
    """Who works on cases in the unit."""
    return [(str(user.pk), user.label) for user in caseworkers_of(unit_id)]


def persons_of_household(*, actor: Actor, household_id: UUID) -> list[Choice]:
    """Who lives in the household now."""
    members = current_members(actor=actor).filter(household=household_id)
    return [(str(member.person_id), member.person.full_name) for member in members]


def person_choices(*, actor: Actor, person_id: UUID) -> list[Choice]:
    """One person as the only choice."""
    found = persons_visible_to(actor).filter(pk=person_id, merged_into=None)
    return [(str(one.pk), one.full_name) for one in found]


def person_of_new(*, actor: Actor, person_id: UUID) -> Person | None:
    """The person for whom a request is taken in."""
    return persons_visible_to(actor).filter(pk=person_id, merged_into=None).first()


def matches(*, actor: Actor, request: SubjectRequest) -> list[Choice]:
    """Persons of the unit who may be the one who asks, by what was given; the one already named stands first."""
    found: dict[str, str] = {}
    if request.person_id is not None:
        found |= dict(person_choices(actor=actor, person_id=request.person_id))
    content = contents_visible_to(actor).filter(request=request.pk).first()
    text = f"{content.asker} {content.born}".strip() if content is not None else ""
    here = Actor(actor.id, actor.label, frozenset(one for one in actor.grants if one[1] == request.unit_id))
    for match in find_persons(actor=here, text=text, limit=5) if text else ():
        found.setdefault(str(match.id), f"{match.full_name}, {match.birth}".rstrip(", "))
    return list(found.items())
