"""The entries with which a blueprint begins the directory: a service, its provider and its place."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.utils.text import slugify

from stafette.blueprints.schema.plan import ServicePlan
from stafette.directory.cards import ServiceCard, card
from stafette.directory.commands import put_location, put_organization, put_service
from stafette.directory.data import LocationData, OrganizationData, PhoneData, PlaceData, ServiceData
from stafette.directory.hours import parse_hours
from stafette.directory.models import Service
from stafette.directory.queries import services

PUT: dict[type, Callable[..., Any]] = {
    OrganizationData: put_organization,
    LocationData: put_location,
    ServiceData: put_service,
}


def seed_of(plan: ServicePlan) -> list[OrganizationData | LocationData | ServiceData]:
    """Return what must be put into the directory for this service, in the order in which it must be put."""
    provider = plan.provider or plan.name
    organization = OrganizationData(code=slugify(provider)[:80] or plan.code, name=provider)
    entries: list[OrganizationData | LocationData | ServiceData] = [organization]
    if plan.address:
        entries.append(_place(plan, organization.code))
    entries.append(
        ServiceData(
            code=plan.code,
            organization=organization.code,
            name=plan.name,
            summary=plan.summary,
            topics=plan.topics,
            languages=plan.languages,
            email=plan.email,
            website=plan.website,
            phones=(PhoneData(number=plan.phone, kind="voice"),) if plan.phone else (),
            schedules=parse_hours(plan.hours),
            places=(PlaceData(location=plan.code),) if plan.address else (),
        )
    )
    return entries


def seeds() -> list[dict[str, Any]]:
    """The services as a blueprint says them: what is needed to begin; the whole directory has its own export."""
    return [_plan(service, card(service)) for service in services().order_by("code")]


def _plan(service: Service, shown: ServiceCard) -> dict[str, Any]:
    same = ("code", "name", "provider", "phone", "address", "hours", "summary")
    own = {"email": service.email, "website": service.website}
    lists = {"topics": service.topics, "languages": service.languages}
    return {name: getattr(shown, name) for name in same} | own | lists


def _place(plan: ServicePlan, organization: str) -> LocationData:
    """„Straße 1, 06667 Stadt“ in its parts."""
    street, _comma, town = plan.address.partition(",")
    number, _space, city = town.strip().partition(" ")
    has_number = number.isdigit()
    return LocationData(
        code=plan.code,
        organization=organization,
        address_1=street.strip(),
        postal_code=number if has_number else "",
        city=city if has_number else town.strip(),
    )
