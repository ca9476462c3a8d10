"""Entries whole, each kind in one query: the database puts the details together as JSON.

Reading the same through the ORM takes about thirty queries, whatever the number of entries.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from dataclasses import fields as fields_of
from datetime import datetime
from decimal import Decimal
from typing import Any, Generic, TypeVar
from uuid import UUID

from django.db import connection

from stafette.directory import data as d
from stafette.directory import models as m
from stafette.directory.plain import from_plain
from stafette.directory.reading import ROWS, exception_data

T = TypeVar("T", d.OrganizationData, d.LocationData, d.ServiceData)


@dataclass(frozen=True)
class Whole(Generic[T]):
    """An entry, when its row last changed, and of a service its approved words in other languages."""

    data: T
    changed_at: datetime
    texts: tuple[dict[str, Any], ...] = ()


DETAILS: dict[str, Any] = {
    "phones": m.Phone,
    "contacts": m.Contact,
    "schedules": m.Schedule,
    "documents": m.RequiredDocument,
    "costs": m.CostOption,
    "capacities": m.ServiceCapacity,
    "funding": m.Funding,
    "areas": m.ServiceArea,
    "accessibility": m.Accessibility,
    "places": m.ServiceAtLocation,
}


def whole_organizations(
    ids: Iterable[UUID] | None = None, *, codes: Iterable[str] | None = None, lists: bool = True
) -> list[Whole[d.OrganizationData]]:
    """Organisations with their details, in the order asked for; all by name where nothing is asked for.

    `lists` false leaves the details out, for lists.
    """
    more = {
        "keeper": "(select code from accounts_unit u where u.id = t.keeper_id)",
        "unit": "(select code from accounts_unit u where u.id = t.unit_id)",
    }
    return _read(m.Organization, d.OrganizationData, more, ids, named=codes, lists=lists)


def whole_locations(
    ids: Iterable[UUID] | None = None, *, codes: Iterable[str] | None = None, lists: bool = True
) -> list[Whole[d.LocationData]]:
    """Places with their details, named by identifier or by code."""
    more = {"organization": PROVIDER}
    return _read(m.Location, d.LocationData, more, ids, named=codes, lists=lists)


def whole_entries(
    ids: Iterable[UUID] | None = None, *, lists: bool = True, texts: str = ""
) -> list[Whole[d.ServiceData]]:
    """Services with their details; `texts` (approved, all) brings their words in other languages along."""
    more = {"organization": PROVIDER} | ({"texts": TEXTS[texts]} if texts else {})
    return _read(m.Service, d.ServiceData, more, ids, lists=lists)


ALL_TEXTS = (
    "(select coalesce(jsonb_agg(to_jsonb(w) order by w.language), '[]') from directory_servicetext w "
    "where w.service_id = t.id{})"
)
TEXTS = {"all": ALL_TEXTS.format(""), "approved": ALL_TEXTS.format(" and w.state = 'approved'")}


PROVIDER = "(select code from directory_organization o where o.id = t.organization_id)"


def _read(
    model: Any,
    kind: type[T],
    codes: dict[str, str],
    ids: Iterable[UUID] | None,
    *,
    named: Iterable[str] | None = None,
    lists: bool = True,
) -> list[Whole[T]]:
    column, given = ("id", ids) if named is None else ("code", named)
    wanted: list[Any] | None = None if given is None else list(given)
    if wanted == []:
        return []
    details = [one.name for one in fields_of(kind) if one.name in DETAILS and lists]
    parts = [f"'{name}', {sql}" for name, sql in codes.items()]
    parts += [f"'{name}', {_many(name, model._meta.model_name)}" for name in details]
    narrowed = "" if wanted is None else f"where t.{column} = any(%s)"
    query = (
        f"select (to_jsonb(t) || jsonb_build_object({', '.join(parts)}))::text "
        f"from {model._meta.db_table} t {narrowed} order by t.name, t.id"
    )
    with connection.cursor() as cursor:
        cursor.execute(query, [] if wanted is None else [wanted])
        rows = [json.loads(row, parse_float=Decimal) for (row,) in cursor.fetchall()]
    found = [
        Whole(_value(kind, row), datetime.fromisoformat(row["changed_at"]), tuple(row.get("texts", ())))
        for row in rows
    ]
    if wanted is None:
        return found
    places = {identifier: number for number, identifier in enumerate(wanted)}
    return sorted(found, key=lambda one: places[getattr(one.data, column)])


def _many(name: str, owner: str, alias: str = "t", depth: int = 0) -> str:
    """A list of details in their order, with the lists inside each."""
    model, inner = DETAILS[name], f"x{depth}"
    parent = "place" if owner == "serviceatlocation" else owner
    nested = [one.name for one in fields_of(ROWS[name]) if one.name in DETAILS]
    parts = [f"'{one}', {_many(one, model._meta.model_name, inner, depth + 1)}" for one in nested]
    if name == "places":
        parts.append(f"'location', (select code from directory_location l where l.id = {inner}.location_id)")
    row = f"to_jsonb({inner})" + (f" || jsonb_build_object({', '.join(parts)})" if parts else "")
    return (
        f"(select coalesce(jsonb_agg({row} order by {inner}.position, {inner}.id), '[]') "
        f"from {model._meta.db_table} {inner} where {inner}.{parent}_id = {alias}.id)"
    )


def _value(kind: type[T], row: dict[str, Any]) -> T:
    return from_plain(kind, _ready(kind, row))


def _ready(kind: type[Any], row: dict[str, Any]) -> dict[str, Any]:
    """A row as `from_plain` wants it: the words of our values, without what was not said."""
    found: dict[str, Any] = {}
    for name in kind.__dataclass_fields__:
        if name in ROWS and name not in row:
            continue
        value = row.get(name)
        if name in ROWS and isinstance(value, list):
            value = [_ready(ROWS[name], one) for one in value]
        elif name == "exceptions":
            value = [exception_data(one) for one in value or []]
        elif name in ("latitude", "longitude") and value is not None:
            value = float(value)
        elif name == "extra":
            value = _floats(value or {})
        elif value is None and name in ("keeper", "unit", "organization"):
            value = ""
        elif isinstance(value, list):
            value = tuple(value)
        found[name] = value
    return found


def _floats(value: Any) -> Any:
    """Numbers of foreign files as they came; only amounts of money are exact ones."""
    if isinstance(value, Decimal):
        return float(value)
    if isinstance(value, dict):
        return {name: _floats(one) for name, one in value.items()}
    return [_floats(one) for one in value] if isinstance(value, list) else value
