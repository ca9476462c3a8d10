"""The objects of a file, found in whichever of the usual shapes it is.

A file may say the same object several times, fuller here and shorter there: they are put together by identifier.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from stafette.directory.exchange.hsds.terms import made_id

Object = dict[str, Any]


@dataclass
class Gathered:
    """The objects of a file by kind and identifier, each as full as the file tells it anywhere."""

    organization: dict[str, Object] = field(default_factory=dict)
    location: dict[str, Object] = field(default_factory=dict)
    service: dict[str, Object] = field(default_factory=dict)

    def add(self, name: str, raw: Any) -> str:
        """Take an object in; return its identifier."""
        if not isinstance(raw, dict):
            raw = {}
        there: dict[str, Object] = getattr(self, name)
        identifier = str(raw.get("id") or made_id("nameless", name, raw.get("name", ""), len(there)))
        there[identifier] = raw | there.get(identifier, {}) | {"id": identifier}
        return identifier


def gather(document: Any) -> Gathered:
    """Find organisations, places and services in a file, in whichever of the usual shapes it is.

    A single service or organisation, a list of them, a page of an interface („contents“), or one list per kind.
    """
    found = Gathered()
    for raw in _listed(document, "organizations"):
        _organization(found, raw)
    for raw in _listed(document, "locations"):
        found.add("location", raw)
    for raw in _listed(document, "services"):
        _service(found, raw)
    if isinstance(document, dict):
        is_package = "id" not in document and any(name in document for name in LISTS)
        contents = [] if is_package else document.get("contents", [document])
    else:
        contents = document if isinstance(document, list) else []
    for raw in contents:
        is_organization = isinstance(raw, dict) and "status" not in raw and "organization" not in raw
        (_organization if is_organization else _service)(found, raw)
    return found


LISTS = ("services", "organizations", "locations")


def _listed(document: Any, name: str) -> list[Any]:
    is_package = isinstance(document, dict) and "id" not in document
    said = document.get(name) if is_package else None
    return said if isinstance(said, list) else []


def _organization(found: Gathered, raw: Any) -> str:
    raw = dict(raw) if isinstance(raw, dict) else {}
    services, places = raw.pop("services", []), raw.pop("locations", [])
    identifier = found.add("organization", raw)
    for place in places if isinstance(places, list) else []:
        found.add("location", {"organization_id": identifier} | (place if isinstance(place, dict) else {}))
    for service in services if isinstance(services, list) else []:
        if isinstance(service, dict) and service.get("name"):
            _service(found, {"organization_id": identifier} | service)
    return identifier


def _service(found: Gathered, raw: Any) -> None:
    raw = dict(raw) if isinstance(raw, dict) else {}
    if isinstance(raw.get("organization"), dict):
        raw["organization_id"] = _organization(found, raw.pop("organization"))
    places = []
    for place in raw.get("service_at_locations") or []:
        if isinstance(place, dict) and isinstance(place.get("location"), dict):
            place = {**place, "location_id": found.add("location", place["location"])}
            del place["location"]
        places.append(place)
    if "service_at_locations" in raw:
        raw["service_at_locations"] = places
    found.add("service", raw)
