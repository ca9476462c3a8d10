"""One entry with all that is known of it, and what forms offer to choose from."""

from __future__ import annotations

from django.db.models import Prefetch, QuerySet

from stafette.accounts.models import Unit
from stafette.directory.codes import free_code
from stafette.directory.models import Location, Organization, Service, TableImport
from stafette.directory.reading import OF_LOCATION, OF_ORGANIZATION, OF_SERVICE

OF_PLACES = tuple(f"places__location__{name}" for name in OF_LOCATION)


def service_entries() -> QuerySet[Service]:
    """Services whole, with their places, provider and translations."""
    rows = Service.objects.select_related("organization__keeper", "organization__unit")
    return rows.prefetch_related(*OF_SERVICE, *OF_PLACES, "organization__phones", "texts")


def organization_entries() -> QuerySet[Organization]:
    """Providers whole, with their services and places."""
    rows = Organization.objects.select_related("keeper", "unit").prefetch_related(*OF_ORGANIZATION)
    return rows.prefetch_related(Prefetch("services", Service.objects.order_by("name")), "locations")


def location_entries() -> QuerySet[Location]:
    """Places whole, with the services that are there."""
    rows = Location.objects.select_related("organization").prefetch_related(*OF_LOCATION)
    return rows.prefetch_related("services__service__organization")


def organizations() -> QuerySet[Organization]:
    """Providers in lists."""
    return Organization.objects.select_related("keeper").order_by("name", "id")


def locations() -> QuerySet[Location]:
    """Places in lists."""
    return Location.objects.select_related("organization").order_by("name", "id")


def unit_codes() -> dict[str, str]:
    """The name of each unit by its code: who may keep entries, or be a provider itself."""
    return dict(Unit.objects.order_by("name").values_list("code", "name"))


def new_code(kind: str, name: str) -> str:
    """A code for a new entry of this kind: service, organization or location."""
    models = {"service": Service, "organization": Organization, "location": Location}
    return free_code(name, models[kind])


def entry_names(*, organizations: bool = True, locations: bool = True) -> dict[str, str]:
    """What organisations and places are called, by code."""
    names = dict(Organization.objects.values_list("code", "name")) if organizations else {}
    if locations:
        names |= {row.code: str(row) for row in Location.objects.all()}
    return names


def table_imports() -> QuerySet[TableImport]:
    """Tables that were read, the latest first."""
    return TableImport.objects.order_by("-made_at", "id")


def open_tables() -> list[TableImport]:
    """Tables that wait for a decision."""
    rows = table_imports().filter(state__in=(TableImport.State.READ, TableImport.State.RUNNING))
    return list(rows.defer("rows")[:10])
