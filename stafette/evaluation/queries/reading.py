"""One call of the owner's function: sums per unit, period and kind, never a row (stafette/evaluation/migrations)."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db import connection

from stafette.accounts.models import Unit
from stafette.evaluation.protecting import Sums
from stafette.kernel.actor import Actor
from stafette.kernel.permissions import Permission


@dataclass(frozen=True)
class CountedUnit:
    """A unit that counts contacts, with its first and its last day."""

    id: UUID
    name: str
    short_name: str
    first_on: date
    last_on: date


def counted_units(*, actor: Actor) -> list[CountedUnit]:
    """Units whose contacts the actor may see as numbers, by name; those that never counted are left out."""
    if not actor.may(Permission.COUNTS_VIEW):
        return []
    with connection.cursor() as cursor:
        cursor.execute("select unit, first_on, last_on from evaluation_span()")
        spans = {unit: (first, last) for unit, first, last in cursor.fetchall()}
    found = Unit.objects.filter(pk__in=spans).order_by("name", "id")
    return [CountedUnit(unit.pk, unit.name, unit.short_name, *spans[unit.pk]) for unit in found]


def lists_used(*, actor: Actor, units: Iterable[UUID], since: date, until: date) -> set[UUID]:
    """The lists of topics with which was counted in these days."""
    if not actor.may(Permission.COUNTS_VIEW):
        return set()
    with connection.cursor() as cursor:
        cursor.execute("select * from evaluation_lists(%s, %s, %s::uuid[])", [since, until, sorted(units)])
        return {row[0] for row in cursor.fetchall()}


def sums(
    *,
    actor: Actor,
    units: Iterable[UUID],
    since: date,
    until: date,
    grain: str = "",
    groups: Mapping[str, Mapping[str, str]] | None = None,
) -> dict[tuple[UUID, date], Sums]:
    """Count per unit and, with a grain (month, quarter), per such part; nothing without the permission.

    The database asks again in which units the actor holds it; a unit that is not theirs adds nothing.
    """
    if not actor.may(Permission.COUNTS_VIEW):
        return {}
    with connection.cursor() as cursor:
        cursor.execute(
            "select unit, start, kind, code, count from evaluation_counts(%s, %s, %s::uuid[], %s, %s::jsonb)",
            [since, until, sorted(units), grain, json.dumps(groups or {})],
        )
        rows = cursor.fetchall()
    found: dict[tuple[UUID, date], Sums] = {}
    for unit, start, kind, code, count in rows:
        found.setdefault((unit, start), {}).setdefault(kind, {})[code] = count
    return found


def totals(
    *, actor: Actor, units: Iterable[UUID], since: date, until: date, grain: str
) -> dict[date, list[int]]:
    """How many contacts per part of the period: one number for each unit that counted any."""
    if not actor.may(Permission.COUNTS_VIEW):
        return {}
    with connection.cursor() as cursor:
        cursor.execute(
            "select start, count from evaluation_totals(%s, %s, %s::uuid[], %s)",
            [since, until, sorted(units), grain],
        )
        rows = cursor.fetchall()
    found: dict[date, list[int]] = {}
    for start, count in rows:
        found.setdefault(start, []).append(count)
    return found


def added(several: Iterable[Sums]) -> Sums:
    """The sums of several units or parts as one: each contact is in one unit on one day, so they add up."""
    total: Sums = {}
    for one in several:
        for kind, codes in one.items():
            into = total.setdefault(kind, {})
            for code, count in codes.items():
                into[code] = into.get(code, 0) + count
    return total
