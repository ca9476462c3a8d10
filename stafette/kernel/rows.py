"""Whose rows they are: one declaration per model, from which query scope and database policy are both derived.

A model with data about people names its owning units in its inner class Privacy:

    class Privacy:
        purpose = "Ankunftsgespräch vorbereiten und führen"
        owners = (Owner("unit", view=Permission.PERSON_VIEW, edit=Permission.PERSON_EDIT),)
        personal = {"family_name"}; sensitive = set(); plain = {"id", "created_at", "unit"}
        retention = "L2"

Sealed notes narrow that further: `readers = ("author", "deputy")` opens a row only to the accounts in these columns.
The program's deletion (permission PURGE, held by nobody else) sees every row of its units. Rows of a closed file do
not exist for those to whom it is closed (kernel/closing.py); a model without foreign key to the file, as the log is,
names its columns with ids of other rows: `about = ("subject_id", "about_id")`.

`visible(Model, actor)` starts every query with literal unit ids: the policy is the net under it, never the filter.
A model that tells nothing about people (catalogues, units) says so: `owners = ()`.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, TypeVar

from django.apps import apps
from django.db import models
from django.db.models import Q, QuerySet

from stafette.kernel import scope
from stafette.kernel.actor import Actor
from stafette.kernel.permissions import Permission

M = TypeVar("M", bound=models.Model)


@dataclass(frozen=True)
class Owner:
    """A column that names an owning unit, and what opens the row to that unit.

    `once` names a column that must be set before this unit sees the row: a referral exists for its receiver only
    when it was sent. Several permissions may be given: any of them opens the row. `begins` is false for an owner that
    only joins rows which another one made: the key that opens a link makes no further links.
    """

    column: str
    view: Permission | tuple[Permission, ...]
    edit: Permission | tuple[Permission, ...] = ()
    once: str | None = None
    begins: bool = True


def owners_of(model: type[models.Model]) -> tuple[Owner, ...]:
    """Return the model's declared owners; AttributeError where it declares nothing, which a house rule reports."""
    owners: tuple[Owner, ...] = model.Privacy.owners  # type: ignore[attr-defined]
    return owners


def readers_of(model: type[models.Model]) -> tuple[str, ...]:
    """Return the columns with the accounts that alone may read a row; none where the unit is enough."""
    return tuple(column_field(model, name).attname for name in getattr(model.Privacy, "readers", ()))  # type: ignore[attr-defined]


def about_of(model: type[models.Model]) -> tuple[str, ...]:
    """Return the columns that hold ids of other rows without being foreign keys."""
    return tuple(getattr(model.Privacy, "about", ()))  # type: ignore[attr-defined]


def column_field(model: type[models.Model], name: str) -> models.Field[Any, Any]:
    """Return the column of this name; AssertionError where the name is a reverse relation."""
    field = model._meta.get_field(name)
    assert isinstance(field, models.Field)  # an owner or reader is a column, never a reverse relation
    return field


def several(permissions: Permission | tuple[Permission, ...]) -> tuple[Permission, ...]:
    """Return one permission or several as several."""
    return (permissions,) if isinstance(permissions, Permission) else permissions


def visible(model: type[M], actor: Actor) -> QuerySet[M]:
    """Return the rows that the actor may see, by literal unit ids, so that the planner can use its statistics."""
    allowed = Q(pk__in=[])
    for owner in owners_of(model):
        seeing = (*several(owner.view), Permission.PURGE)
        units = {unit for permission in seeing for unit in actor.units(permission)}
        if not units:
            continue
        one = len(units) == 1
        mine = Q(**{owner.column: units.pop()}) if one else Q(**{f"{owner.column}__in": sorted(units)})
        if owner.once:
            mine &= Q(**{f"{owner.once}__isnull": False})
        allowed = mine if allowed == Q(pk__in=[]) else allowed | mine
    return model._default_manager.filter(allowed & _read_by(model, actor) & _not_closed(model))


def _read_by(model: type[models.Model], actor: Actor) -> Q:
    """Only what was written for this account, where the model says so; the deletion reads no text."""
    readers = readers_of(model)
    if not readers or actor.units(Permission.PURGE):
        return Q()
    return Q(*(Q(**{column: actor.id}) for column in readers), _connector=Q.OR)


def _not_closed(model: type[models.Model]) -> Q:
    """Nothing of a closed file; no condition at all where nothing is closed."""
    closed = scope.closed()
    if not closed:
        return Q()
    rest = ~Q(pk__in=closed)
    for column in about_of(model):
        rest &= Q(**{column: None}) | ~Q(**{f"{column}__in": closed})
    return rest


def protected_models() -> Iterable[type[models.Model]]:
    """Yield every model of ours whose rows belong to units."""
    for model in apps.get_models():
        if hasattr(model, "Privacy") and owners_of(model):
            yield model
