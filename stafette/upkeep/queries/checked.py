"""What there is to check: web addresses and telephone numbers as the entries show them."""

from __future__ import annotations

from collections.abc import Iterator
from uuid import UUID

from django.db.models import F

from stafette.directory.models import LISTED, Service, Signal, SignalKind
from stafette.upkeep.models import WebCheck
from stafette.upkeep.numbers import is_dialable

OF_PHONES = ("phones", "organization__phones", "places__phones", "places__location__phones")


def listed_services() -> list[Service]:
    """Listed services with their provider and all numbers one might be told."""
    rows = Service.objects.filter(status__in=LISTED, organization__is_active=True)
    return list(rows.select_related("organization").prefetch_related(*OF_PHONES).order_by("pk"))


def web_address(service: Service) -> str:
    """The page that people are sent to: of the service, else of its provider."""
    return service.website or service.organization.website


def listed_services_of(url: str) -> list[Service]:
    """Listed services that show this address."""
    rows = Service.objects.filter(status__in=LISTED, organization__is_active=True).select_related(
        "organization"
    )
    own, inherited = rows.filter(website=url), rows.filter(website="", organization__website=url)
    return list((own | inherited).order_by("pk"))


def addresses_to_check(most: int) -> list[str]:
    """Web addresses that listed services show, the ones that waited longest first."""
    urls = {url for one in listed_services() if (url := web_address(one))}
    known = WebCheck.objects.filter(url__in=urls).order_by(F("checked_on").asc(), "url")
    order = list(known.values_list("url", flat=True))
    return [*sorted(urls - set(order)), *order][:most]


def wrong_numbers() -> Iterator[tuple[Service, str]]:
    """Each listed service with the numbers that nobody can dial, joined by commas; empty where all are well."""
    for service in listed_services():
        numbers = dict.fromkeys(_numbers(service))
        yield service, ", ".join(one for one in numbers if not is_dialable(one))[:400]


def _numbers(service: Service) -> Iterator[str]:
    places = list(service.places.all())
    groups = [service.phones, service.organization.phones, *(one.phones for one in places)]
    for group in (*groups, *(one.location.phones for one in places)):
        yield from (phone.number for phone in group.all())


def open_signals(kind: SignalKind) -> dict[UUID, str]:
    """The note of the open hint of this kind, by service."""
    rows = Signal.objects.filter(kind=kind, settled_on=None)
    return dict(rows.values_list("service", "note"))
