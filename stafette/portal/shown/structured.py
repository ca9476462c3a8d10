"""What machines read of a service: schema.org, as JSON-LD."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from stafette.portal.languages import tag
from stafette.portal.shown.services import ShownService

if TYPE_CHECKING:
    from stafette.directory.models import Service

DAYS = {
    "MO": "Monday",
    "TU": "Tuesday",
    "WE": "Wednesday",
    "TH": "Thursday",
    "FR": "Friday",
    "SA": "Saturday",
    "SU": "Sunday",
}
AUTHORITY = "authority"


def service_data(row: Service, one: ShownService, language: str, url: str) -> dict[str, Any]:
    """The service with its provider, place and hours; only what the page shows anyway."""
    by_authority = row.organization.kind == AUTHORITY
    provider = {"@type": "GovernmentOrganization" if by_authority else "Organization", "name": one.provider}
    return _filled(
        {
            "@context": "https://schema.org",
            "@type": "GovernmentService" if by_authority else "Service",
            "@id": url,
            "url": url,
            "name": one.name.text,
            "description": one.summary.text,
            "inLanguage": tag(language),
            "provider": _filled(provider | {"url": row.organization.website}),
            "isAccessibleForFree": row.is_free,
            "availableChannel": _filled(
                {
                    "@type": "ServiceChannel",
                    "serviceUrl": one.website,
                    "servicePhone": {"@type": "ContactPoint", "telephone": one.phone} if one.phone else None,
                    "availableLanguage": [item.code for item in one.languages],
                    "serviceLocation": _place(row, one),
                }
            ),
        }
    )


def _place(row: Service, one: ShownService) -> dict[str, Any] | None:
    place = next(iter(row.places.all()), None)
    if place is None:
        return None
    location = place.location
    coordinates = {"@type": "GeoCoordinates", "latitude": location.latitude, "longitude": location.longitude}
    return _filled(
        {
            "@type": "Place",
            "name": location.name,
            "address": _filled(
                {
                    "@type": "PostalAddress",
                    "streetAddress": location.address_1,
                    "postalCode": location.postal_code,
                    "addressLocality": location.city,
                    "addressCountry": location.country,
                }
            ),
            "geo": coordinates if location.latitude is not None else None,
            "openingHoursSpecification": [spec for item in one.card.schedules for spec in _hours(item)],
        }
    )


def _hours(item: Any) -> list[dict[str, Any]]:
    """Weekly rules and the days on which they do not hold; monthly ones have no words there."""
    days = [DAYS[code] for code in item.byday.split(",") if code in DAYS]
    if not item.opens_at or not item.closes_at or item.freq != "WEEKLY" or item.interval != 1 or not days:
        return []
    rule = {
        "@type": "OpeningHoursSpecification",
        "dayOfWeek": days,
        "opens": item.opens_at.isoformat("minutes"),
        "closes": item.closes_at.isoformat("minutes"),
        "validFrom": item.valid_from.isoformat() if item.valid_from else None,
        "validThrough": item.valid_to.isoformat() if item.valid_to else None,
    }
    closed = [
        {
            "@type": "OpeningHoursSpecification",
            "validFrom": one["from"],
            "validThrough": one["to"],
            "opens": one.get("opens_at") or "00:00",
            "closes": one.get("closes_at") or "00:00",
        }
        for one in item.exceptions
    ]
    return [_filled(rule), *closed]


def _filled(values: dict[str, Any]) -> dict[str, Any]:
    """Without what is not known."""
    return {name: value for name, value in values.items() if value not in (None, "", [], {})}
