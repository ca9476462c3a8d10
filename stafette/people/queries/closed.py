"""Which files are closed to colleagues, and who works with them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from stafette.accounts.models import User
from stafette.accounts.queries import caseworkers_of
from stafette.kernel.actor import Actor
from stafette.kernel.permissions import Permission
from stafette.people.access import closed_visible_to
from stafette.people.models import ClosedFile


@dataclass(frozen=True)
class Closing:
    """A closed file as its readers and the head may know it; the number is no key to anything."""

    file: ClosedFile
    number: str
    readers: list[str]


def closings_of(*, actor: Actor, household_id: UUID) -> list[Closing]:
    """How a household's file is closed now, for whoever can open it."""
    running = closed_visible_to(actor).filter(household=household_id, lifted_at=None)
    return _with_names(running.order_by("created_at"))


def closings_in(*, actor: Actor) -> list[Closing]:
    """Every file that is closed now in the units whose head asks: kind, day, who works with it."""
    running = closed_visible_to(actor).filter(unit__in=actor.units(Permission.FILE_CLOSE), lifted_at=None)
    return _with_names(running.order_by("created_at").select_related("unit"))


def closing_of(*, actor: Actor, closed_id: UUID) -> ClosedFile:
    """One closing that the actor may change; raises ClosedFile.DoesNotExist for everybody else."""
    found = closed_visible_to(actor).get(pk=closed_id, lifted_at=None)
    if actor.id in found.open_to or actor.may(Permission.FILE_CLOSE, unit=found.unit_id):
        return found
    raise ClosedFile.DoesNotExist


def caseworker_choices(unit_id: UUID) -> list[tuple[str, str]]:
    """Who works with files in the unit, as choices of a form."""
    return [(str(user.pk), user.label) for user in caseworkers_of(unit_id)]


def reasons_for_own() -> list[tuple[str, str]]:
    """Why a case is somebody's own."""
    reasons = ClosedFile.Reason
    return [(str(one), str(one.label)) for one in (reasons.STAFF, reasons.RELATIVE)]


def _with_names(closings: Iterable[ClosedFile]) -> list[Closing]:
    rows = list(closings)
    wanted = {user for row in rows for user in row.open_to}
    names = dict(User.objects.filter(pk__in=wanted).values_list("pk", "label")) if wanted else {}
    return [
        Closing(row, str(row.pk)[-8:], sorted(names[user] for user in row.open_to if user in names))
        for row in rows
    ]
