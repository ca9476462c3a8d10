"""What anybody may take from the directory: public services of public providers, and what belongs to them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeVar
from uuid import UUID

from django.db import models
from django.db.models import Case, Count, F, Q, QuerySet, Value, When, Window
from django.db.models.expressions import Combinable

from stafette.directory.models import LISTED, Organization, Service, ServiceAtLocation

M = TypeVar("M", bound=models.Model)


@dataclass(frozen=True)
class Asked:
    """What a reader narrows by; `term` is a taxonomy with a code, `taxonomy` any code of it.

    `found` are services that a search for the same words put in order: they come first, in that order, and what has
    the very words in it follows.
    """

    search: str = ""
    found: tuple[UUID, ...] = ()
    term: tuple[str, str] | None = None
    taxonomy: str = ""
    organization: UUID | None = None
    modified_after: datetime | None = None


def public_services(asked: Asked | None = None) -> QuerySet[Service]:
    """Public services by name: those that still exist, or all that changed since then, the ended ones included."""
    asked = asked or Asked()
    rows = Service.objects.filter(is_public=True, **_of_public_provider("organization__"))
    if asked.modified_after is None:
        rows = rows.filter(status__in=LISTED)
    else:
        rows = rows.filter(changed_at__gte=asked.modified_after)
    return _narrowed(rows, asked, "").order_by(*_best_first(asked, "pk"), "name", "id")


def public_service_ids(pk: UUID) -> list[UUID]:
    """The identifier of one public service, ended or not; nothing where there is none for everybody."""
    rows = Service.objects.filter(pk=pk, is_public=True, **_of_public_provider("organization__"))
    return list(rows.values_list("pk", flat=True))


def public_organizations(asked: Asked | None = None) -> QuerySet[Organization]:
    """Public organisations by name."""
    asked = asked or Asked()
    rows = Organization.objects.filter(**_of_public_provider(""))
    if asked.search:
        rows = rows.filter(Q(name__icontains=asked.search) | Q(alternate_name__icontains=asked.search))
    if asked.modified_after:
        rows = rows.filter(changed_at__gte=asked.modified_after)
    condition = _condition(asked, "services__")
    if condition is not None:
        of_these = Service.objects.filter(is_public=True, status__in=LISTED)
        of_these = of_these.filter(_condition(asked, "") or Q())
        by_service = Q(pk__in=of_these.values("organization"))
        kind = asked.term and asked.term[0] == "organization_kinds"
        rows = rows.filter(Q(kind=asked.term[1]) if kind and asked.term else by_service)
    return rows.order_by("name", "id")


def public_places(asked: Asked | None = None) -> QuerySet[ServiceAtLocation]:
    """Public services at their places, by the service's name."""
    asked = asked or Asked()
    rows = ServiceAtLocation.objects.filter(
        service__is_public=True, **_of_public_provider("service__organization__")
    )
    if asked.modified_after is None:
        rows = rows.filter(service__status__in=LISTED)
    else:
        rows = rows.filter(service__changed_at__gte=asked.modified_after)
    order = (*_best_first(asked, "service"), "service__name", "service_id", "position", "id")
    return _narrowed(rows, asked, "service__").order_by(*order)


def _best_first(asked: Asked, service: str) -> tuple[str | Combinable, ...]:
    """By the place that a search gave a service, where there was one."""
    if not asked.found:
        return ()
    places = [When(**{service: pk}, then=Value(number)) for number, pk in enumerate(asked.found)]
    order: Combinable = Case(*places, default=Value(len(asked.found)))
    return (order,)


def page_of(rows: QuerySet[M], *columns: str, page: int, per_page: int) -> tuple[list[tuple[Any, ...]], int]:
    """One page of these columns and the number of all rows, in one query (two past the end)."""
    start = (page - 1) * per_page
    counted = rows.annotate(all_rows=Window(Count("*")))
    found = list(counted.values_list(*columns, "all_rows")[start : start + per_page])
    if found:
        return [row[:-1] for row in found], found[0][-1]
    return [], rows.count() if page > 1 else 0


def leika_keys() -> list[str]:
    """The keys that any public service names."""
    keys = public_services().order_by().annotate(key=models.Func(F("leika_keys"), function="unnest"))
    return sorted(set(keys.values_list("key", flat=True)))


def _of_public_provider(prefix: str) -> dict[str, bool]:
    return {f"{prefix}is_public": True, f"{prefix}is_active": True}


def _narrowed(rows: QuerySet[M], asked: Asked, prefix: str) -> QuerySet[M]:
    if asked.search:
        names = ("name", "alternate_name", "summary", "description", "organization__name")
        words = Q()
        for name in names:
            words |= Q(**{f"{prefix}{name}__icontains": asked.search})
        if asked.found:
            words |= Q(**{f"{prefix}pk__in": asked.found})
        rows = rows.filter(words)
    if asked.organization:
        rows = rows.filter(**{f"{prefix}organization": asked.organization})
    condition = _condition(asked, prefix)
    return rows if condition is None else rows.filter(condition).distinct()


ARRAYS = {"topics": "topics", "target_groups": "target_groups", "statuses": "statuses", "leika": "leika_keys"}
VALUES: dict[str, Callable[[str], str]] = {
    "organization_kinds": lambda prefix: f"{prefix}organization__kind",
    "accessibility": lambda prefix: f"{prefix}places__location__accessibility__kind",
}


def _condition(asked: Asked, prefix: str) -> Q | None:
    """The rows under a word of a taxonomy, or under any of it."""
    if asked.term is not None:
        taxonomy, code = asked.term
        if taxonomy in ARRAYS:
            return Q(**{f"{prefix}{ARRAYS[taxonomy]}__contains": [code]})
        return Q(**{VALUES[taxonomy](prefix): code}) if taxonomy in VALUES else Q(pk__in=[])
    if asked.taxonomy in ARRAYS:
        return Q(**{f"{prefix}{ARRAYS[asked.taxonomy]}__len__gt": 0})
    if asked.taxonomy in VALUES:
        return Q(**{f"{VALUES[asked.taxonomy](prefix)}__isnull": False})
    return Q(pk__in=[]) if asked.taxonomy else None
