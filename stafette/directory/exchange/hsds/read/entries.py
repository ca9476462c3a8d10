"""Objects of HSDS as our entries: organisations, places and services."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from django.utils.text import slugify
from django.utils.translation import gettext as _

from stafette.directory import data as d
from stafette.directory.codes import GERMAN
from stafette.directory.exchange.hsds.check import problems_of
from stafette.directory.exchange.hsds.kinds import Kind, kind
from stafette.directory.exchange.hsds.read.details import put_aside, read_address
from stafette.directory.exchange.hsds.read.gathering import Gathered
from stafette.directory.exchange.hsds.read.objects import Objects, clean, uuid_of
from stafette.directory.exchange.hsds.terms import sorted_out
from stafette.directory.exchange.problems import Problem

Object = dict[str, Any]
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


class Reader:
    """Turns gathered objects into entries; `known` gives the code that an identifier has here already, by kind."""

    def __init__(
        self, found: Gathered, known: Mapping[str, Mapping[str, str]], *, provider: str = ""
    ) -> None:
        self.found, self.known, self.provider = found, known, provider
        self.objects = Objects(self._location_code)
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
        values = self.objects.values(raw, kind(name))
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
        return d.OrganizationData(**clean(values))

    def make_location(self, raw: Object, values: Object) -> d.LocationData:
        """A place with the first of its addresses."""
        extra = values["extra"]
        said = str(extra.pop("organization_id", "") or "")
        values["organization"] = self._organization_code(said) if said else ""
        if said and not values["organization"]:
            extra["organization_id"] = said
        read_address(values)
        if (values.get("latitude") is None) != (values.get("longitude") is None):
            put_aside(values, raw, "latitude", "longitude")
        return d.LocationData(**clean(values))

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
            put_aside(values, raw, "maximum_age")
        return d.ServiceData(**clean(values))

    def _organization_code(self, identifier: str) -> str:
        if identifier in self.codes["organization"]:
            return self.codes["organization"][identifier]
        return self.known.get("organization", {}).get(str(uuid_of("organization", identifier)), "")

    def _location_code(self, identifier: str) -> str:
        if identifier in self.codes["location"]:
            return self.codes["location"][identifier]
        return self.known.get("location", {}).get(str(uuid_of("location", identifier)), "")


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
