"""Questions about units."""

from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from stafette.accounts.access import units_visible_to
from stafette.accounts.models import Equipment, Mandate, Post, Unit, UnitKind
from stafette.kernel.actor import Actor

KINDS: dict[str, Any] = dict(UnitKind.choices)
MANDATES: dict[str, Any] = dict(Mandate.choices)
DUTIES: dict[str, Any] = dict(Post.Duty.choices)
RHYTHMS: dict[str, Any] = dict(Equipment.Rhythm.choices)


def units_visible(*, actor: Actor) -> QuerySet[Unit]:
    """Every unit, in the order of the codes."""
    return units_visible_to(actor).order_by("code")


def units_by_kind(kind: str) -> list[UUID]:
    """Ids of the units of this kind, in the order of their codes."""
    return list(Unit.objects.filter(kind=kind).order_by("code").values_list("pk", flat=True))


def home_unit() -> UUID:
    """In whose books stands what belongs to no other unit: the one that runs the installation.

    Before there is any unit it is a number that no unit has, with which the command line begins.
    """
    found = units_by_kind(UnitKind.OPERATIONS) or list(
        Unit.objects.order_by("code").values_list("pk", flat=True)
    )
    return found[0] if found else UUID(int=0)
