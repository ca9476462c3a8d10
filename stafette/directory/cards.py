"""A service as it is shown: everything one must know to send somebody there, in plain values."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from stafette.directory.hours import hours_text
from stafette.directory.models import Service


@dataclass(frozen=True)
class ServiceCard:
    """What stands on a card; `schedules` are the rows of the first place or of the service."""

    pk: UUID
    code: str
    name: str
    provider: str
    summary: str
    status: str
    room: str
    alert: str
    address: str
    transportation: str
    phone: str
    email: str
    website: str
    hours: str
    languages: tuple[str, ...]
    topics: tuple[str, ...]
    documents: tuple[str, ...]
    fees: str
    latitude: float | None
    longitude: float | None
    assured_at: date | None
    is_stale: bool
    schedules: tuple[Any, ...]


def card(service: Service) -> ServiceCard:
    """Put a card together from a service that was read by `queries.services()`."""
    places = list(service.places.all())
    place = places[0] if places else None
    location = place.location if place else None
    at_place = ((place.schedules.all(), place.phones.all()),) if place else ()
    at_location = ((location.schedules.all(), location.phones.all()),) if location else ()
    own = ((service.schedules.all(), service.phones.all()), *at_location)
    schedules = _first(*(one for one, _phones in (*at_place, *own)))
    phones = _first(*(one for _schedules, one in (*at_place, *own)), service.organization.phones.all())
    return ServiceCard(
        pk=service.pk,
        code=service.code,
        name=service.name,
        provider=service.organization.name,
        summary=service.summary,
        status=service.status,
        room=service.room,
        alert=service.alert,
        address=location.address if location else "",
        transportation=location.transportation if location else "",
        phone=phones[0].number if phones else "",
        email=service.email or service.organization.email,
        website=service.website or service.organization.website,
        hours=hours_text(schedules),
        languages=tuple(service.languages),
        topics=tuple(service.topics),
        documents=tuple(one.document for one in service.documents.all()),
        fees=service.fees,
        latitude=location.latitude if location else None,
        longitude=location.longitude if location else None,
        assured_at=service.assured_at,
        is_stale=service.is_stale,
        schedules=tuple(schedules),
    )


def inherited(service: Service) -> dict[str, str]:
    """What the card shows where the service itself says nothing, and whose word it is; by field of the entry."""
    shown, provider = card(service), service.organization
    of_provider = {
        "phones": shown.phone if shown.phone in {one.number for one in provider.phones.all()} else "",
        "email": provider.email,
        "website": provider.website,
    }
    of_place = {"phones": shown.phone, "schedules": shown.hours}
    from_place = {name: _("{} (Angabe des Ortes)").format(value) for name, value in of_place.items() if value}
    from_provider = {
        name: _("{} (Angabe des Trägers)").format(value) for name, value in of_provider.items() if value
    }
    return from_place | from_provider


def _first(*lists: Iterable[Any]) -> list[Any]:
    """The first of these lists in which anything stands."""
    return next((rows for one in lists if (rows := list(one))), [])
