"""What of this room exists for whom: the rows of the units in which the actor may see persons."""

from django.db.models import QuerySet

from stafette.kernel import rows
from stafette.kernel.actor import Actor
from stafette.people.models import (
    ClosedFile,
    DuplicateProposal,
    Household,
    HouseholdMember,
    Merge,
    Person,
    PersonChange,
)


def visible_to(actor: Actor) -> QuerySet[Person]:
    """Persons in the books of the actor's units."""
    return rows.visible(Person, actor)


def households_visible_to(actor: Actor) -> QuerySet[Household]:
    """Households in the books of the actor's units."""
    return rows.visible(Household, actor)


def members_visible_to(actor: Actor) -> QuerySet[HouseholdMember]:
    """Who lives or lived in which of these households."""
    return rows.visible(HouseholdMember, actor)


def changes_visible_to(actor: Actor) -> QuerySet[PersonChange]:
    """Corrections of these persons."""
    return rows.visible(PersonChange, actor)


def proposals_visible_to(actor: Actor) -> QuerySet[DuplicateProposal]:
    """Pairs of these persons that may be one human."""
    return rows.visible(DuplicateProposal, actor)


def merges_visible_to(actor: Actor) -> QuerySet[Merge]:
    """Merges of these persons, the undone ones too."""
    return rows.visible(Merge, actor)


def closed_visible_to(actor: Actor) -> QuerySet[ClosedFile]:
    """Which files of these units are closed; a row tells that there is one, never whose."""
    return rows.visible(ClosedFile, actor)
