"""Read a sample directory and put it in through the commands that editors use."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from random import Random
from typing import Any
from uuid import UUID

from stafette.directory import data as d
from stafette.directory.commands import put_location, put_organization, put_service, put_texts
from stafette.directory.hours import parse_hours
from stafette.kernel.actor import Actor
from stafette.kernel.clock import today

FOLDER = Path(__file__).parent
# Texts are made for the German words of one town: the same code stands for another service in the other one.
TEXTS = {"leipzig": FOLDER / "texts", "weissenfels": FOLDER / "texts" / "weissenfels"}
TOWNS = {"leipzig": ("Leipzig", "04109"), "weissenfels": ("Weißenfels", "06667")}
ACCESS = (("step_free", "lift", "toilet"), ("step_free",), ("steps",), ("step_free", "parking"))
Entry = d.OrganizationData | d.LocationData | d.ServiceData


def load_directory(actor: Actor, unit_id: UUID, *, town: str, keeper: str) -> None:
    """Fill the directory of a sample town; `keeper` is the unit whose editors keep it."""
    services: dict[str, UUID] = {}
    for entry in entries(town, keeper=keeper):
        if isinstance(entry, d.OrganizationData):
            put_organization(actor=actor, unit_id=unit_id, data=entry, source="import")
        elif isinstance(entry, d.LocationData):
            put_location(actor=actor, unit_id=unit_id, data=entry, source="import")
        else:
            service = put_service(actor=actor, unit_id=unit_id, data=entry, source="import")
            services[entry.code] = service.pk
    said: dict[str, dict[str, dict[str, str]]] = {code: {} for code in services}
    for language, code, words in texts(town):
        if code in said:
            said[code][language] = words
    for code, service_id in services.items():
        put_texts(actor=actor, unit_id=unit_id, service_id=service_id, texts=said[code], state="approved")


def texts(town: str) -> Iterator[tuple[str, str, dict[str, str]]]:
    """The words of a town's services in other languages: language, code of the service, words by field."""
    for path in sorted(TEXTS[town].glob("*.toml")):
        for code, words in tomllib.loads(path.read_text(encoding="utf-8")).items():
            yield path.stem, code, words


def entries(town: str, *, keeper: str = "") -> Iterator[Entry]:
    """Everything of one sample directory, providers and places before the services."""
    content = tomllib.loads((FOLDER / f"{town}.toml").read_text(encoding="utf-8"))
    providers = {one["code"]: one for one in content["organization"]}
    for number, one in enumerate(content["organization"]):
        yield _organization(one, number, keeper)
        if one["district"]:
            yield _location(one, number, town)
    for number, one in enumerate(content["service"]):
        yield _service(one, number, has_place=bool(providers[one["org"]]["district"]))


def _organization(one: dict[str, Any], number: int, keeper: str) -> d.OrganizationData:
    host = f"{one['code']}.example"
    return d.OrganizationData(
        code=one["code"],
        name=one["name"],
        kind=one["kind"],
        email=f"kontakt@{host}",
        website=f"https://{host}/",
        keeper=keeper,
        unit=one.get("unit", ""),
        phones=(d.PhoneData(number=_number(number), kind="voice"),),
    )


def _location(one: dict[str, Any], number: int, town: str) -> d.LocationData:
    city, postal_code = TOWNS[town]
    return d.LocationData(
        code=one["code"],
        organization=one["code"],
        address_1=f"Beispielstraße {number + 1}",
        postal_code=postal_code,
        city=city,
        district=one["district"],
        state="Sachsen" if town == "leipzig" else "Sachsen-Anhalt",
        latitude=one["lat"],
        longitude=one["lon"],
        transportation=f"Haltestelle {one['stop']}" if one["stop"] else "",
        accessibility=tuple(d.AccessData(kind=kind) for kind in ACCESS[number % len(ACCESS)]),
    )


def _service(one: dict[str, Any], number: int, *, has_place: bool) -> d.ServiceData:
    assured_at = today() - timedelta(days=one.get("age_days", Random(number).randint(3, 85)))
    return d.ServiceData(
        code=one["code"],
        organization=one["org"],
        name=one["name"],
        alternate_name=one.get("alt", "")[:200],
        summary=one["summary"],
        topics=tuple(one["topics"]),
        leika_keys=(one["leika"],) if "leika" in one else (),
        languages=tuple(one["lang"]),
        target_groups=tuple(one.get("groups", ())),
        statuses=tuple(one.get("statuses", ())),
        minimum_age=one.get("min"),
        maximum_age=one.get("max"),
        fees=one.get("fees", ""),
        is_free=True if one.get("fees", "").startswith("kostenlos") else None,
        room=one.get("room", "open"),
        waiting_weeks=one.get("weeks"),
        is_public=not one.get("internal", False),
        assured_at=assured_at,
        assured_by="Träger",
        schedules=parse_hours(one["hours"]),
        documents=tuple(d.DocumentData(document=text) for text in one.get("docs", ())),
        places=(d.PlaceData(location=one["org"]),) if has_place else (),
    )


def _number(number: int) -> str:
    """A number of the range kept for examples."""
    return f"030 23125 {number + 1:03}"
