"""OrganisationsEinheiten: who is responsible, where they are and how one reaches them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID
from xml.etree.ElementTree import Element

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator, validate_email

from stafette.directory import data as d
from stafette.directory.exchange.hsds.terms import made_id
from stafette.directory.exchange.xzufi import names as n
from stafette.directory.exchange.xzufi.read.elements import (
    LONGEST_NAME,
    all_of,
    by_language,
    children,
    code_of,
    identify,
    our_code,
    plain,
    text_of,
)
from stafette.directory.hours import parse_hours


@dataclass
class Office:
    """An OrganisationsEinheit as it stands in the file."""

    id: str
    name: str
    data: d.OrganizationData
    places: list[d.LocationData]
    services: list[str] = field(default_factory=list)


def office(one: Element, known: Mapping[str, Mapping[str, str]]) -> Office:
    """An OrganisationsEinheit with its places and the services it is responsible for."""
    pk, agency, said = identify(one, "organization")
    named = by_language([inner for outer in children(one, "name") for inner in children(outer, "name")])
    named = named or by_language(children(one, "name"))
    name = named.get("de", next(iter(named.values()), ""))[:LONGEST_NAME]
    code = our_code(known, "organization", pk, name)
    reach = list(_reach(one))
    about = by_language([*children(one, "beschreibung"), *children(one, "kurzbeschreibung")])
    pages = [text_of(inner, "uri") or text_of(inner) for inner in children(one, "internetadresse")]
    schedules = _hours(one)
    places = [
        _place(each, number, pk, code, name, schedules, known)
        for number, each in enumerate(children(one, "anschrift"))
    ]
    data = d.OrganizationData(
        id=pk,
        code=code,
        name=name,
        kind="authority",
        description=about.get("de", ""),
        email=_first(_valid(value, validate_email) for kind, value in reach if kind == "email"),
        website=_first(
            _valid(value, URLValidator())
            for value in [*pages, *(value for kind, value in reach if kind == "website")]
        ),
        phones=tuple(
            d.PhoneData(number=value[:60], kind={"phone": "voice"}.get(kind, kind))
            for kind, value in reach
            if kind in ("phone", "fax", "cell")
        ),
        origin=agency[:200],
        origin_id=said[:200],
        extra=_also(named),
    )
    services = [text_of(inner, "leistungID") for inner in children(one, "zustaendigkeit")]
    return Office(said, name, data, places, [service for service in services if service])


def assignments(root: Element) -> dict[str, list[str]]:
    """Services by their office, where a file tells it beside both (`zustaendigkeitTransferObjekt`)."""
    found: dict[str, list[str]] = {}
    for one in all_of(root, "zustaendigkeitTransferObjekt"):
        service = text_of(one, "zustaendigkeit", "leistungID")
        if service:
            found.setdefault(text_of(one, "uebergeordnetesObjektID"), []).append(service)
    return found


def _also(named: dict[str, str]) -> dict[str, Any]:
    others = {code: said for code, said in named.items() if code != "de"}
    return {"xzufi": {"namen": others}} if others else {}


def _first(values: Iterator[str]) -> str:
    return next((value for value in values if value), "")


def _valid(value: str, check: Any) -> str:
    try:
        check(value)
    except ValidationError:
        return ""
    return value if len(value) <= LONGEST_NAME else ""


def _reach(one: Element) -> Iterator[tuple[str, str]]:
    """Telephone, mail and so on, by the code of the channel or by its name."""
    for outer in (*children(one, "kommunikation"), *children(one, "erreichbarkeit")):
        for each in children(outer, "kommunikation") or [outer]:
            value = text_of(each, "kennung")
            kind = n.CHANNELS.get(code_of(each, "kanal")) or _channel(
                text_of(each, "kanal", "name") or text_of(each, "kanal")
            )
            if value and kind:
                yield kind, value


def _channel(said: str) -> str:
    for kind, words in n.CHANNEL_WORDS.items():
        if any(word in said.lower() for word in words):
            return kind
    return ""


def _hours(one: Element) -> tuple[d.ScheduleData, ...]:
    names = ("infoOeffnungszeitenText", "oeffnungszeiten", "oeffnungszeit", "infoOeffnungszeiten")
    said = by_language([inner for name in names for inner in children(one, name)])
    return parse_hours(said.get("de", "").replace("\n", ", "))


def _place(
    one: Element,
    number: int,
    owner: UUID,
    organization: str,
    name: str,
    schedules: tuple[d.ScheduleData, ...],
    known: Mapping[str, Mapping[str, str]],
) -> d.LocationData:
    kind = code_of(one, "typ")
    box = text_of(one, "postfach")
    street = f"{text_of(one, 'strasse')} {text_of(one, 'hausnummer')}".strip()
    pk = UUID(made_id("xzufi", "location", owner, number))
    is_postal = kind in (n.BOX, n.POSTAL) or (box and not street)
    return d.LocationData(
        id=pk,
        code=our_code(known, "location", pk, f"{name} {street}"),
        organization=organization,
        kind="postal" if is_postal else "physical",
        name=name,
        address_1=(street or (f"Postfach {box}" if box else ""))[:200],
        address_2=text_of(one, "zusatz")[:200],
        postal_code=text_of(one, "postleitzahl")[:12],
        city=text_of(one, "ort")[:100],
        district=text_of(one, "ortsteil")[:100],
        transportation=plain(text_of(one, "infoOePNV"))[:300],
        schedules=() if is_postal else schedules,
        accessibility=_access(one),
    )


def _access(one: Element) -> tuple[d.AccessData, ...]:
    marks = (("kennzeichenRollstuhlgerecht", "step_free"), ("kennzeichenAufzug", "lift"))
    found = [
        d.AccessData(kind=kind) for name, kind in marks if text_of(one, name).lower() in ("true", "1", "ja")
    ]
    if said := plain(text_of(one, "infoBarrierefreiheit")):
        found.append(d.AccessData(kind="other", description=said[:300]))
    return tuple(found)
