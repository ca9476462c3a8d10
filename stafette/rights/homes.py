"""In which households a person lives or lived, and whose children live there: what a copy begins with."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from stafette.kernel.actor import Actor
from stafette.kernel.rows import visible
from stafette.people.models import HouseholdMember, Person
from stafette.people.models.households import Relation
from stafette.rights.erasing import is_minor

PARENTS = (Relation.HEAD, Relation.PARTNER)


def homes_of(actor: Actor, person: Person) -> tuple[set[UUID], dict[UUID, date]]:
    """All households of the person, and those that were left, each with the last day."""
    stays = visible(HouseholdMember, actor).filter(person=person).values_list("household_id", "until_on")
    ends: dict[UUID, list[date | None]] = {}
    for household, until in stays:
        ends.setdefault(household, []).append(until)
    former = {home: [day for day in days if day] for home, days in ends.items() if None not in days}
    return set(ends), {home: max(days) for home, days in former.items()}


def children_of(actor: Actor, person: Person) -> set[UUID]:
    """Minors who live as a child with the person as one of the two adults who head the household."""
    members = visible(HouseholdMember, actor)
    heads = members.filter(person=person, until_on=None, relation__in=PARENTS).values("household_id")
    found = members.filter(household_id__in=heads, relation=Relation.CHILD, until_on=None)
    return {member.person_id for member in found.select_related("person") if is_minor(member.person)}
