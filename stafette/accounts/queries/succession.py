"""Who takes over from a unit that has ended: from the day after its last one, its books belong to the successor.

The successor's own successor counts where that one has ended too. A circle leads nowhere: the unit stays on its own.
Nor does a chain lead over the wall between help and control: what a family told a helping unit never opens to a
controlling one because of a reform.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from uuid import UUID

from django.contrib.postgres.fields import ArrayField
from django.db import connection
from django.db.models import Func, UUIDField, Value

from stafette.accounts.models import Unit
from stafette.kernel.clock import today


class Heir(Func):
    """The unit that runs the books of a unit on a day: itself while it lasts."""

    function = "unit_heir"
    output_field = UUIDField()


class Books(Func):
    """The units in whose books the staff of a unit works on a day: its own, and those it inherited."""

    function = "unit_books"
    output_field = ArrayField(UUIDField())


def heir_id(unit_id: UUID, day: date) -> Heir:
    """Return the expression for whoever runs the books of this unit on that day."""
    return Heir(Value(unit_id, output_field=UUIDField()), Value(day))


def heir_of(unit: Unit, *, on: date | None = None) -> Unit:
    """Return the unit that is responsible in its place, with its authority; itself while it lasts."""
    day = on or today()
    if unit.ends_on is None or unit.ends_on >= day:
        return unit
    return Unit.objects.select_related("authority").get(pk=heir_id(unit.pk, day))


def heirs(*, on: date | None = None) -> dict[UUID, UUID]:
    """Map every unit that has ended to the one that is responsible now."""
    day = on or today()
    ended = Unit.objects.filter(ends_on__lt=day).annotate(heir=Heir("pk", Value(day)))
    return dict(ended.values_list("pk", "heir"))


def books_of(unit_id: UUID, *, on: date | None = None) -> Collection[UUID]:
    """Return the units in whose books the staff of this one works."""
    with connection.cursor() as cursor:
        cursor.execute("select unit_books(%s, %s)", [unit_id, on or today()])
        found: list[UUID] = cursor.fetchone()[0]
    return found or [unit_id]
