"""What goes with a record: the plan that the database's door carries out in one statement.

Foreign keys say it themselves: what hangs on a record (CASCADE) goes with it, what only mentions it (SET_NULL) loses
the mention. A table that is added later is walked without being named here.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from functools import cache
from typing import Any
from uuid import UUID

from django.apps import apps
from django.db import models
from django.db.models import Q, QuerySet

from stafette.kernel.kin import Model, children
from stafette.people.models import Household, HouseholdMember, Person
from stafette.retention.kinds import owner_column
from stafette.retention.models import Announcement, Hold

Look = Callable[[Model], QuerySet[Any]]
Rows = dict[Model, set[UUID]]
Step = dict[str, Any]


@cache
def mentions(model: Model) -> tuple[tuple[Model, models.ForeignKey[Any, Any]], ...]:
    """Columns of all tables that lose their value when a row of this model goes."""
    return tuple(
        (child, field)
        for child in apps.get_models()
        for field in child._meta.concrete_fields
        if isinstance(field, models.ForeignKey)
        and field.related_model is model
        and field.remote_field.on_delete is models.SET_NULL
    )


def goes_with(field: models.ForeignKey[Any, Any]) -> bool:
    """Tell whether the row goes when the one goes to which this column points."""
    return field.remote_field.on_delete is models.CASCADE


def walk(seeds: Rows, look: Look) -> Rows:
    """Return the seeds and all that goes with them; one statement per table and round."""
    found: Rows = {model: set(ids) for model, ids in seeds.items() if ids}
    fresh: Rows = {model: set(ids) for model, ids in found.items()}
    while fresh:
        wanted: dict[Model, Q] = {}
        for model, ids in fresh.items():
            for child, field in children(model):
                if goes_with(field):
                    condition = Q(**{f"{field.attname}__in": ids})
                    wanted[child] = wanted[child] | condition if child in wanted else condition
        fresh = {}
        for child, condition in wanted.items():
            new = set(look(child).filter(condition).values_list("pk", flat=True)) - found.get(child, set())
            if new:
                fresh[child] = new
                found.setdefault(child, set()).update(new)
    return found


def file_seeds(household_ids: Iterable[UUID], look: Look) -> Rows:
    """Return files with those of their persons who stand in no other file: whoever moved on stays there."""
    wanted = set(household_ids)
    mine = set(look(HouseholdMember).filter(household__in=wanted).values_list("person", flat=True))
    elsewhere = look(HouseholdMember).filter(person__in=mine).exclude(household__in=wanted)
    return {Household: wanted, Person: mine - set(elsewhere.values_list("person", flat=True))}


def seeds_for(model: Model, ids: Collection[UUID], look: Look) -> Rows:
    """Return what to begin with for records of one kind."""
    return file_seeds(ids, look) if model is Household else {model: set(ids)}


def plan(found: Rows) -> list[Step]:
    """Turn what was found into steps of the door: rows that go, and mentions that are taken out."""
    steps: list[Step] = []
    everything: list[str] = []
    for model, ids in found.items():
        keys = [str(pk) for pk in sorted(ids)]
        everything += keys
        owner = owner_column(model)
        steps.append(
            {"table": model._meta.db_table, "key": _pk(model), "owner": owner, "set": None, "ids": keys}
        )
    for model in (Announcement, Hold):
        steps.append(
            {
                "table": model._meta.db_table,
                "key": "object_id",
                "owner": "unit_id",
                "set": None,
                "ids": everything,
            }
        )
    for model, ids in found.items():
        for child, field in mentions(model):
            steps.append(
                {
                    "table": child._meta.db_table,
                    "key": field.column,
                    "set": field.column,
                    "ids": [str(pk) for pk in ids],
                }
            )
    return steps


def _pk(model: Model) -> str:
    field = model._meta.pk
    assert field is not None
    return str(field.column)
