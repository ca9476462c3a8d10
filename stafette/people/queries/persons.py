"""Lists of persons and what was corrected about one."""

from uuid import UUID

from django.db.models import Q, QuerySet

from stafette.kernel.actor import Actor
from stafette.people.access import changes_visible_to, visible_to
from stafette.people.models import Person, PersonChange


def persons(*, actor: Actor) -> QuerySet[Person]:
    """Persons of the actor's units, without those merged into another one."""
    return visible_to(actor).filter(merged_into=None)


def born_between(rows: QuerySet[Person], first: int | None, last: int | None) -> QuerySet[Person]:
    """Only those born from one year to another; a missing year sets no bound."""
    wanted = Q()
    if first:
        wanted &= Q(birth_year__gte=first)
    if last:
        wanted &= Q(birth_year__lte=last)
    return rows.filter(wanted)


def corrections(*, actor: Actor, person_id: UUID) -> QuerySet[PersonChange]:
    """What was corrected about a person, newest first."""
    return changes_visible_to(actor).filter(person=person_id).order_by("-created_at", "-id")
