"""Entries as plain values, read from their rows (the other way: commands/entries.py)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import fields
from datetime import date, time
from typing import Any, TypeVar

from django.db import models

from stafette.directory import data as d
from stafette.directory.models import Location, Organization, Service, ServiceAtLocation

T = TypeVar("T", bound=d.RowData)
CONTACTS = ("contacts", "contacts__phones")
OF_ORGANIZATION = ("phones", *CONTACTS, "funding")
OF_LOCATION = ("phones", *CONTACTS, "schedules", "accessibility")
OF_PLACE = ("phones", *CONTACTS, "schedules")
OF_SERVICE = (
    *("phones", *CONTACTS, "schedules", "documents", "costs", "capacities", "funding", "areas"),
    *("places__location", *(f"places__{name}" for name in OF_PLACE)),
)
ROWS: dict[str, type[d.RowData]] = {
    "phones": d.PhoneData,
    "contacts": d.ContactData,
    "schedules": d.ScheduleData,
    "documents": d.DocumentData,
    "costs": d.CostData,
    "capacities": d.CapacityData,
    "funding": d.FundingData,
    "areas": d.AreaData,
    "accessibility": d.AccessData,
    "places": d.PlaceData,
}


def organization_data(row: Organization) -> d.OrganizationData:
    """An organisation whole; read it with prefetch_related(*OF_ORGANIZATION) and its two units."""
    codes = {"keeper": _code(row.keeper), "unit": _code(row.unit)}
    return d.OrganizationData(**_values(row, d.OrganizationData) | codes)


def location_data(row: Location) -> d.LocationData:
    """A location whole; read it with prefetch_related(*OF_LOCATION)."""
    return d.LocationData(**_values(row, d.LocationData) | {"organization": _code(row.organization)})


def service_data(row: Service) -> d.ServiceData:
    """A service whole; read it with select_related("organization") and prefetch_related(*OF_SERVICE)."""
    return d.ServiceData(**_values(row, d.ServiceData) | {"organization": _code(row.organization)})


def _code(row: Any) -> str:
    return row.code if row is not None else ""


def _values(row: models.Model, kind: type[Any]) -> dict[str, Any]:
    values: dict[str, Any] = {}
    for one in fields(kind):
        value = getattr(row, one.name)
        if one.name in ROWS and isinstance(value, models.Manager):
            value = tuple(_row(detail, ROWS[one.name]) for detail in _in_order(value.all()))
        elif one.name == "exceptions":
            value = tuple(exception_data(item) for item in value)
        values[one.name] = tuple(value) if isinstance(value, list) else value
    return values


def _row(row: models.Model, kind: type[T]) -> T:
    values = _values(row, kind)
    if isinstance(row, ServiceAtLocation):
        values["location"] = row.location.code
    return kind(**values)


def _in_order(rows: Iterable[Any]) -> list[Any]:
    return sorted(rows, key=lambda row: (row.position, row.pk))


def exception_data(item: dict[str, Any]) -> d.ExceptionData:
    """One entry of a schedule's exceptions, as its column keeps it."""
    return d.ExceptionData(
        starts_on=date.fromisoformat(item["from"]),
        ends_on=date.fromisoformat(item["to"]),
        is_closed=item.get("closed", True),
        opens_at=_time(item.get("opens_at")),
        closes_at=_time(item.get("closes_at")),
        note=item.get("note", ""),
    )


def _time(text: str | None) -> time | None:
    return time.fromisoformat(text) if text else None
