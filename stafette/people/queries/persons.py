"""Lists of persons and what was corrected about one."""

from collections.abc import Sequence
from uuid import UUID

from django.db.models import Prefetch, Q, QuerySet

from stafette.kernel.actor import Actor
from stafette.people.access import changes_visible_to, members_visible_to, visible_to
from stafette.people.models import Person, PersonChange


def persons(*, actor: Actor) -> QuerySet[Person]:
    """Persons of the actor's units, without those merged into another one."""
    return visible_to(actor).filter(merged_into=None)


_ADDRESS = ("street", "house_number", "postal_code", "town", "district", "address_locked")
_LIST = ("family_name", "given_names", "birth_year", "birth_month", "birth_day", "nationalities", "sort_name",
         "address_locked", "created_at")  # fmt: skip


def persons_with_homes(*, actor: Actor) -> QuerySet[Person]:
    """The same with the household in which each lives now (`homes`), in one query more."""
    living = members_visible_to(actor).filter(until_on=None).select_related("household")
    living = living.only("person_id", *(f"household__{name}" for name in _ADDRESS))
    lean = persons(actor=actor).only(*_LIST)
    return lean.prefetch_related(Prefetch("memberships", queryset=living, to_attr="homes"))


def persons_by_id(*, actor: Actor, ids: Sequence[UUID]) -> QuerySet[Person]:
    """These persons with their languages, as far as the actor may see them."""
    return visible_to(actor).filter(pk__in=ids).prefetch_related("languages")


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
