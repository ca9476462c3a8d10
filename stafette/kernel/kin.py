"""Which rows hang on a file: the foreign keys between tables about people, walked downwards.

Deletion, the person's own copy and closed files all need the same answer: everything that was kept about these
persons and households. The tables say so themselves, so that no list can forget one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import cache
from typing import Any
from uuid import UUID

from django.apps import apps
from django.db import models
from django.db.models import Q, QuerySet

from stafette.kernel.rows import owners_of, protected_models

Model = type[models.Model]
Rows = dict[Model, set[UUID]]


@cache
def references(model: Model) -> tuple[models.ForeignKey[Any, Any], ...]:
    """Foreign keys of a model to tables about people, in the order of its fields."""
    found = (field for field in model._meta.concrete_fields if isinstance(field, models.ForeignKey))
    return tuple(field for field in found if _is_protected(field.related_model))


@cache
def children(model: Model) -> tuple[tuple[Model, models.ForeignKey[Any, Any]], ...]:
    """Tables that point at this one, with the foreign key by which they do."""
    return tuple(
        (child, field)
        for child in sorted(protected_models(), key=lambda one: one._meta.label)
        for field in references(child)
        if field.related_model is model
    )


def _is_protected(model: Any) -> bool:
    return isinstance(model, type) and hasattr(model, "Privacy") and bool(owners_of(model))


def rows_below(
    seeds: Mapping[Model, Iterable[UUID]], look: Callable[[Model], QuerySet[Any]]
) -> dict[Model, set[UUID]]:
    """Return the ids of the seeds and of every row that points at one of them, directly or through others.

    `look` gives the rows of a model in which to search (`rows.visible` with an actor, or all for the owner). One
    statement per table and round; a row that points at several is found once.
    """
    found: Rows = {model: set(ids) for model, ids in seeds.items()}
    fresh: Rows = {model: set(ids) for model, ids in found.items() if ids}
    while fresh:
        wanted: dict[Model, Q] = {}
        for model, ids in fresh.items():
            for child, field in children(model):
                condition = Q(**{f"{field.attname}__in": ids})
                wanted[child] = wanted[child] | condition if child in wanted else condition
        fresh = {}
        for child, condition in wanted.items():
            ids = set(look(child).filter(condition).values_list("pk", flat=True))
            new = ids - found.get(child, set())
            if new:
                fresh[child] = new
                found.setdefault(child, set()).update(new)
    return found


def household_seeds(household_ids: Iterable[UUID], look: Callable[[Model], QuerySet[Any]]) -> Rows:
    """Return households together with the persons who live or lived in them: the seeds of a whole file."""
    household, person = apps.get_model("people", "Household"), apps.get_model("people", "Person")
    member = apps.get_model("people", "HouseholdMember")
    wanted = set(household_ids)
    persons = look(member).filter(household__in=wanted).values_list("person_id", flat=True)
    return {household: wanted, person: set(persons)}
