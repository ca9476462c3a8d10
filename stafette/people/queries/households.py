"""Who lives together, and what happened in a household in order."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Prefetch, QuerySet

from stafette.audit.queries import events_about
from stafette.kernel.actor import Actor
from stafette.people.access import households_visible_to, members_visible_to
from stafette.people.languages import language_name
from stafette.people.models import Household, HouseholdMember, Person, PersonLanguage

MOST_EVENTS = 100


def households(*, actor: Actor) -> QuerySet[Household]:
    """Households of the actor's units with those who live there now."""
    living = current_members(actor=actor)
    return households_visible_to(actor).prefetch_related(
        Prefetch("members", queryset=living, to_attr="living")
    )


def current_members(*, actor: Actor) -> QuerySet[HouseholdMember]:
    """Members who have not left, the person of reference first, then by age."""
    found = members_visible_to(actor).filter(until_on=None).select_related("person")
    return found.order_by("from_on", "person__birth_year", "id")


def members_of(*, actor: Actor, household_id: UUID) -> QuerySet[HouseholdMember]:
    """All members of a household, those who left last."""
    found = members_visible_to(actor).filter(household=household_id).select_related("person")
    return found.order_by("-until_on", "from_on", "person__birth_year", "id")


def household_of(*, actor: Actor, person_id: UUID) -> Household | None:
    """The household in which a person lives now, or None."""
    living = members_visible_to(actor).filter(person=person_id, until_on=None)
    return households_visible_to(actor).filter(pk__in=living.values("household")).first()


def languages_of(person: Person) -> list[tuple[str, str]]:
    """The languages of a person with their level, in words; the best spoken first."""
    rows = sorted(person.languages.all(), key=lambda row: _LEVELS.index(row.level))
    return [
        (language_name(row.language), str(PersonLanguage(level=row.level).get_level_display()))
        for row in rows
    ]


_LEVELS = ["mother", "C2", "C1", "B2", "B1", "A2", "A1", "A0", ""]


def timeline(*, actor: Actor, household_id: UUID) -> list[dict[str, Any]]:
    """What happened in a household, newest first, as the timeline component wants it."""
    entries = []
    for event in events_about(actor=actor, about_id=household_id)[:MOST_EVENTS]:
        at: datetime = event.at
        entries.append({"at": at, "kind": event.kind, "by": event.actor_label, "details": event.details})
    return entries
