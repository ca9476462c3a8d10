"""Services as the index reads them: each table once for many services, by the columns that the search needs."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import models

from stafette.directory.models import (
    Accessibility,
    RequiredDocument,
    Schedule,
    Service,
    ServiceArea,
    ServiceAtLocation,
    ServiceText,
)

STEP_FREE = {"step_free", "lift"}
SERVICE = (
    *("pk", "code", "name", "alternate_name", "summary", "description", "eligibility", "application_process"),
    *("fees", "topics", "languages", "interpretation_services", "target_groups", "statuses", "minimum_age"),
    *("maximum_age", "is_free", "status", "room", "alert", "is_public", "assured_at", "confirm_days"),
    *("organization__name", "organization__alternate_name"),
    *("organization__is_public", "organization__is_active"),
)
TEXT = ("language", "name", "summary", "description", "eligibility", "application_process")
PLACE = (
    *("pk", "location_id", "location__name", "location__address_1", "location__district"),
    *("location__latitude", "location__longitude"),
)
SCHEDULE = (
    *("freq", "interval", "byday", "bymonthday", "dtstart", "until", "count", "valid_from", "valid_to"),
    *("opens_at", "closes_at", "attending", "exceptions"),
)


@dataclass(frozen=True)
class Entry:
    """A service with what the search reads of it: named tuples with the columns above, translations approved ones."""

    service: Any
    texts: Sequence[Any]
    documents: Sequence[Any]
    areas: Sequence[Any]
    places: Sequence[Any]
    schedules: Sequence[Any]
    is_accessible: bool


def read_entries(ids: list[UUID]) -> Iterator[Entry]:
    """Read these services; a draft is found by nobody, because the public search reads the same index."""
    approved = ServiceText.objects.filter(state=ServiceText.State.APPROVED).order_by("language")
    texts = _by("service_id", approved.filter(service__in=ids), TEXT)
    documents = _by("service_id", RequiredDocument.objects.filter(service__in=ids), ["document"])
    areas = _by("service_id", ServiceArea.objects.filter(service__in=ids), ["name"])
    places = _by("service_id", ServiceAtLocation.objects.filter(service__in=ids), PLACE)
    at = {place.location_id for found in places.values() for place in found}
    here = [place.pk for found in places.values() for place in found]
    own = _by("service_id", Schedule.objects.filter(service__in=ids), SCHEDULE)
    by_place = _by("place_id", Schedule.objects.filter(place__in=here), SCHEDULE)
    by_location = _by("location_id", Schedule.objects.filter(location__in=at), SCHEDULE)
    without_steps = Accessibility.objects.filter(location__in=at, kind__in=STEP_FREE)
    step_free = set(without_steps.values_list("location_id", flat=True))
    for service in Service.objects.filter(pk__in=ids).values_list(*SERVICE, named=True):
        found = places.get(service.pk, ())
        hours = [by_place.get(one.pk) or by_location.get(one.location_id, ()) for one in found]
        yield Entry(
            service,
            texts=texts.get(service.pk, ()),
            documents=documents.get(service.pk, ()),
            areas=areas.get(service.pk, ()),
            places=found,
            schedules=[*own.get(service.pk, ()), *(one for some in hours for one in some)],
            is_accessible=any(one.location_id in step_free for one in found),
        )


def _by(key: str, rows: models.QuerySet[Any], columns: Sequence[str]) -> Mapping[UUID, Sequence[Any]]:
    """The rows by what they hang on, in their order."""
    found: dict[UUID, list[Any]] = defaultdict(list)
    for row in rows.values_list(key, *columns, named=True):
        found[row[0]].append(row)
    return found
