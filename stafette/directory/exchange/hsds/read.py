"""Objects of HSDS as our entries. What does not fit a field of ours stays in `extra`, so that nothing is lost.

A file may say the same object several times, fuller here and shorter there: they are put together by identifier.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from dataclasses import fields as fields_of
from typing import Any
from uuid import UUID

from django.utils.text import slugify
from django.utils.translation import gettext as _

from stafette.directory import data as d
from stafette.directory.codes import GERMAN
from stafette.directory.exchange.hsds.check import problems_of
from stafette.directory.exchange.hsds.kinds import Kind, address_fields, kind
from stafette.directory.exchange.hsds.terms import made_id, sorted_out
from stafette.directory.exchange.hsds.write import exceptions_text, languages, means
from stafette.directory.exchange.problems import Problem
from stafette.directory.plain import from_plain

Object = dict[str, Any]
NECESSARY = {
    "phone": ("number",),
    "required_document": ("document",),
    "funding": ("source",),
    "service_area": ("name",),
    "service_capacity": ("available", "updated_at"),
}
TOP = ("organization", "location", "service")


@dataclass(frozen=True)
class Entry:
    """One entry of a file: `data` is None where it cannot be read. `is_ours` tells that Stafette wrote the file."""

    kind: str
    name: str
    code: str
    data: Any
    problems: tuple[Problem, ...] = ()
    is_ours: bool = False
    said: frozenset[str] = frozenset()
    texts: tuple[Object, ...] = ()

    @property
    def is_faulty(self) -> bool:
        """Whether it stays out."""
        return self.data is None or any(one.is_fault for one in self.problems)


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


class Reader:
    """Turns gathered objects into entries; `known` gives the code that an identifier has here already, by kind."""

    def __init__(
        self, found: Gathered, known: Mapping[str, Mapping[str, str]], *, provider: str = ""
    ) -> None:
        self.found, self.known, self.provider = found, known, provider
        self.seen: set[tuple[str, UUID]] = set()
        self.codes: dict[str, dict[str, str]] = {name: self._codes(name) for name in TOP}

    def entries(self) -> list[Entry]:
        """All entries, organisations first, because services stand on them."""
        return [
            self._entry(name, identifier, raw)
            for name in TOP
            for identifier, raw in getattr(self.found, name).items()
        ]

    def _codes(self, name: str) -> dict[str, str]:
        found = {}
        for identifier, raw in getattr(self.found, name).items():
            there = self.known.get(name, {}).get(str(uuid_of(name, identifier)))
            found[identifier] = there or _own_code(raw) or _made_code(raw, identifier)
        return found

    def _entry(self, name: str, identifier: str, raw: Object) -> Entry:
        problems = [replace(one, is_fault=one.where in HARD) for one in problems_of(raw, name)]
        code, title = self.codes[name][identifier], str(raw.get("name") or identifier)
        if not raw.get("name") and name != "location":
            return Entry(name, title, code, None, (*problems, Problem("name", _("Der Name fehlt."))))
        texts = raw.get("translations", [])
        values = self._values(raw, kind(name))
        values["code"] = code
        try:
            data = MAKE[name](self, raw, values)
        except LookupError as error:
            return Entry(name, title, code, None, (*problems, Problem("", str(error.args[0]))))
        return Entry(
            name,
            title,
            code,
            data,
            tuple(problems),
            is_ours=bool(_own_code(raw)),
            said=frozenset(_said(raw, kind(name))),
            texts=tuple(one for one in texts if isinstance(one, dict)) if isinstance(texts, list) else (),
        )

    def make_organization(self, raw: Object, values: Object) -> d.OrganizationData:
        """An organisation; `keeper` and `unit` come as attributes."""
        for one in ("keeper", "unit"):
            if one in values["_own"]:
                values[one] = values["_own"][one]
        return d.OrganizationData(**_clean(values))

    def make_location(self, raw: Object, values: Object) -> d.LocationData:
        """A place with the first of its addresses."""
        extra = values["extra"]
        said = str(extra.pop("organization_id", "") or "")
        values["organization"] = self._organization_code(said) if said else ""
        if said and not values["organization"]:
            extra["organization_id"] = said
        self._read_address(values)
        if (values.get("latitude") is None) != (values.get("longitude") is None):
            _put_aside(values, raw, "latitude", "longitude")
        return d.LocationData(**_clean(values))

    def make_service(self, raw: Object, values: Object) -> d.ServiceData:
        """A service; without an organisation it cannot stand."""
        extra = values["extra"]
        said = str(extra.pop("organization_id", "") or "")
        code = self._organization_code(said) or self.provider
        if not code:
            raise LookupError(
                _("Der Träger „{id}“ steht weder in der Datei noch im Verzeichnis.").format(id=said)
                if said
                else _("Zu diesem Angebot ist kein Träger genannt. Wählen Sie einen für solche Angebote.")
            )
        values["organization"] = code
        extra.pop("last_modified", None)
        extra.pop("translations", None)
        if "description_is_summary" in values["_own"] and values.get("description") == values.get("summary"):
            values["description"] = ""
        low, high = values.get("minimum_age"), values.get("maximum_age")
        if low is not None and high is not None and high < low:
            _put_aside(values, raw, "maximum_age")
        return d.ServiceData(**_clean(values))

    def _organization_code(self, identifier: str) -> str:
        if identifier in self.codes["organization"]:
            return self.codes["organization"][identifier]
        return self.known.get("organization", {}).get(str(uuid_of("organization", identifier)), "")

    def _location_code(self, identifier: str) -> str:
        if identifier in self.codes["location"]:
            return self.codes["location"][identifier]
        return self.known.get("location", {}).get(str(uuid_of("location", identifier)), "")

    def _values(self, raw: Object, kind: Kind) -> Object:
        """The fields of one object; `_own` are its values that HSDS has no field for."""
        extra = {name: value for name, value in raw.items() if value is not None}
        values: Object = {"extra": extra, "id": self._identify(kind.thing.name, extra)}
        own, foreign = sorted_out(extra.pop("attributes", None))
        if foreign:
            extra["attributes"] = foreign
        for mapped in kind.fields:
            if mapped.theirs not in extra:
                continue
            said = extra[mapped.theirs]
            value = values[mapped.ours] = means(said, mapped.codec, mapped.empty)
            is_nothing = said == "" and value == mapped.empty
            if is_nothing or (value is not None and value != "" and mapped.codec.write(value) == said):
                del extra[mapped.theirs]
        values["_own"] = {code: value for code, value in own.get("fields", []) if value is not None}
        for mapped in kind.own:
            if mapped.ours in values["_own"]:
                values[mapped.ours] = means(values["_own"][mapped.ours], mapped.codec, mapped.empty)
        for ours, taxonomy in kind.classes.items():
            if codes := [code for code, _value in own.get(taxonomy, [])]:
                values[ours] = _class(kind, ours, codes)
        self._read_lists(values, kind)
        return values

    def _read_lists(self, values: Object, kind: Kind) -> None:
        extra, owner = values["extra"], str(values["extra"].get("id") or values["id"])
        if kind.has_languages and isinstance(extra.get("languages"), list):
            raw = extra.pop("languages")
            codes = [str(one["code"]).lower()[:8] for one in raw if isinstance(one, dict) and one.get("code")]
            values["languages"] = tuple(dict.fromkeys(codes))
            if raw != languages(values["languages"], owner):
                extra["languages"] = raw
        for ours, (theirs, inner) in kind.rows.items():
            raw = extra.pop(theirs, None)
            if not isinstance(raw, list):
                if raw is not None:
                    extra[theirs] = raw
                continue
            rows = [self._row(one, inner) for one in raw]
            values[ours] = tuple(row for row in rows if row is not None)
            if unread := [one for one, row in zip(raw, rows, strict=True) if row is None]:
                extra[theirs] = unread

    def _row(self, raw: Any, name: str) -> Any:
        """One detail, or None where it cannot be one of ours; then it stays as it came."""
        if not isinstance(raw, dict):
            return None
        if name == "service_at_location" and not self._location_code(str(raw.get("location_id") or "")):
            return None
        values = self._values(raw, kind(name))
        if any(values.get(needed) in (None, "") for needed in NECESSARY.get(name, ())):
            self.seen.discard((name, values["id"]))
            return None
        if name in SPECIAL_ROWS:
            SPECIAL_ROWS[name](self, raw, values)
        return kind(name).data(**_clean(values))

    def read_place(self, raw: Object, values: Object) -> None:
        """Which place it is; the two references follow from where it stands."""
        values["location"] = self._location_code(str(values["extra"].pop("location_id")))
        values["extra"].pop("service_id", None)

    def read_phone(self, raw: Object, values: Object) -> None:
        """The extension is a number there and a text here."""
        said = values["extra"].get("extension")
        if isinstance(said, int) and not isinstance(said, bool):
            values["extension"] = str(said)
            del values["extra"]["extension"]
        elif "extension" in values["_own"]:
            values["extension"] = str(values["_own"]["extension"])[:20]

    def read_schedule(self, raw: Object, values: Object) -> None:
        """Days off come as an attribute; hours that go over midnight stay as they came."""
        if "exceptions" in values["_own"]:
            try:
                said = json.loads(values["_own"]["exceptions"])
                values["exceptions"] = tuple(from_plain(d.ExceptionData, one) for one in said)
            except (ValueError, TypeError, AttributeError):
                values["extra"]["attributes"] = raw["attributes"]
                return
            row = d.ScheduleData(exceptions=values["exceptions"])
            if values["extra"].get("notes") == exceptions_text(row):
                del values["extra"]["notes"]
        opens, closes = values.get("opens_at"), values.get("closes_at")
        if opens is not None and closes is not None and closes <= opens:
            _put_aside(values, raw, "opens_at", "closes_at")

    def read_capacity(self, raw: Object, values: Object) -> None:
        """What is counted comes as an object of its own."""
        said = values["extra"].get("unit")
        name = str(said.get("name") or "")[:100] if isinstance(said, dict) else ""
        values["unit"] = name or "Plätze"
        if said == {"id": made_id("unit", name), "name": name}:
            del values["extra"]["unit"]
        most = values.get("maximum")
        if most is not None and most < values["available"]:
            _put_aside(values, raw, "maximum")

    def _read_address(self, values: Object) -> None:
        extra = values["extra"]
        raw = extra.pop("addresses", None)
        if not isinstance(raw, list) or not raw or not isinstance(raw[0], dict):
            if raw:
                extra["addresses"] = raw
            return
        first, rest = {name: value for name, value in raw[0].items() if value is not None}, raw[1:]
        if rest:
            extra["addresses"] = rest
        for mapped in address_fields():
            if mapped.theirs in first:
                said = first[mapped.theirs]
                values[mapped.ours] = means(said, mapped.codec, mapped.empty)
                if values[mapped.ours] == said:
                    del first[mapped.theirs]
        owner = str(extra.get("id") or values["id"])
        usual = {"id": made_id("address", owner), "address_type": _usual_type(values)}
        if any(first.get(name) != value for name, value in usual.items()) or set(first) - set(usual):
            extra["address"] = first

    def _identify(self, name: str, extra: Object) -> UUID | None:
        said = extra.get("id")
        if said is None:
            return None
        found = uuid_of(name, str(said))
        if (name, found) in self.seen:
            return None
        self.seen.add((name, found))
        if str(found) == said:
            del extra["id"]
        return found


def _usual_type(values: Object) -> str:
    return "postal" if values.get("kind") == "postal" else "physical"


def uuid_of(name: str, said: str) -> UUID:
    """The identifier as a UUID; one that is none becomes always the same one."""
    try:
        return UUID(said)
    except ValueError:
        return UUID(made_id("foreign", name, said))


def _clean(values: Object) -> Object:
    return {name: value for name, value in values.items() if name != "_own"}


def _put_aside(values: Object, raw: Object, *names: str) -> None:
    """Keep values apart that contradict each other; our tables would not take them."""
    unfit = values["extra"].setdefault("unfit", {})
    for name in names:
        if raw.get(name) is not None:
            unfit[name] = raw[name]
        values["extra"].pop(name, None)
        values[name] = None


def _class(kind: Kind, ours: str, codes: list[str]) -> Any:
    default = next(one for one in fields_of(kind.data) if one.name == ours).default
    if not isinstance(default, tuple):
        return codes[0]
    return tuple(int(code) for code in codes if code.isdigit()) if ours == "statuses" else tuple(codes)


def _said(raw: Object, kind: Kind) -> set[str]:
    """Which of our fields a file speaks of at all; of the others it takes nothing away."""
    own, _foreign = sorted_out(raw.get("attributes"))
    named = {code for code, _value in own.get("fields", [])}
    found = {one.ours for one in kind.own if one.ours in named}
    found |= {ours for ours, taxonomy in kind.classes.items() if taxonomy in own}
    return found | (named & {"keeper", "unit"})


def _own_code(raw: Object) -> str:
    own, _foreign = sorted_out(raw.get("attributes"))
    said = dict(own.get("fields", [])).get("code") or ""
    return re.sub(r"[^-\w]", "", said, flags=re.ASCII)[:80]


def _made_code(raw: Object, identifier: str) -> str:
    address = (raw.get("addresses") or [{}])[0] if isinstance(raw.get("addresses"), list) else {}
    street = address.get("address_1", "") if isinstance(address, dict) else ""
    name = str(raw.get("name") or street or "ort").lower().translate(GERMAN)
    mark = uuid_of("code", identifier).hex[:6]
    return f"{slugify(name)[:60].strip('-') or 'eintrag'}-{mark}"


HARD = {"name", "status"}  # without these nothing can be made of an entry
MAKE: dict[str, Any] = {
    "organization": Reader.make_organization,
    "location": Reader.make_location,
    "service": Reader.make_service,
}
SPECIAL_ROWS: dict[str, Any] = {
    "service_at_location": Reader.read_place,
    "phone": Reader.read_phone,
    "schedule": Reader.read_schedule,
    "service_capacity": Reader.read_capacity,
}
