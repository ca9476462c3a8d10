"""Entries as XZuFi 2.2: services, the offices responsible for them, addresses, ways to reach them, languages."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any
from uuid import UUID
from xml.etree.ElementTree import Element, SubElement, indent, register_namespace, tostring

from stafette.directory import data as d
from stafette.directory.exchange.xzufi import names as n
from stafette.directory.exchange.xzufi.read import KEPT, MODULES
from stafette.directory.hours import hours_text
from stafette.directory.queries.whole import Whole

register_namespace("xzufi", n.SPACE)


def document(
    organizations: Iterable[d.OrganizationData],
    locations: Iterable[d.LocationData],
    services: Iterable[Whole[d.ServiceData]],
    *,
    message: UUID,
    made_at: datetime,
    sender: str,
) -> bytes:
    """One message with everything; each service names its texts in all languages that are approved."""
    root = Element(
        _name("transfer"),
        {
            "produktbezeichnung": "Stafette",
            "produkthersteller": "Stafette",
            "produktversion": "1",
            "xzufiVersion": n.VERSION,
        },
    )
    head = SubElement(root, _name("nachrichtenkopf"))
    _say(head, "nachrichtUUID", str(message))
    _say(head, "erstelltDatumZeit", made_at.isoformat(timespec="seconds"))
    _say(head, "sender", sender)
    offered = list(services)
    for one in offered:
        _service(_written(root), one.data, one.texts)
    places = {one.code: one for one in locations}
    for organization in organizations:
        own = [one.data for one in offered if one.data.organization == organization.code]
        _office(_written(root), organization, _places_of(organization, own, places), own)
    indent(root)
    return bytes(tostring(root, encoding="utf-8", xml_declaration=True))


def _written(root: Element) -> Element:
    """A `schreibe` for each object: programs that read XZuFi look at the first one in it only."""
    return SubElement(root, _name("schreibe"))


def _places_of(
    organization: d.OrganizationData, services: list[d.ServiceData], places: Mapping[str, d.LocationData]
) -> list[d.LocationData]:
    codes = [place.location for service in services for place in service.places]
    codes += [code for code, one in places.items() if one.organization == organization.code]
    return [places[code] for code in dict.fromkeys(codes) if code in places]


def _name(name: str) -> str:
    return f"{{{n.SPACE}}}{name}"


def _say(parent: Element, name: str, text: str, **attributes: str) -> Element:
    found = SubElement(parent, _name(name), attributes)
    found.text = "".join(one for one in text if one in "\t\n\r" or ord(one) >= 32)
    return found


def _coded(parent: Element, name: str, uri: str, code: str) -> None:
    """A value of a list: the code stands without a namespace, as XÖV has it."""
    SubElement(
        SubElement(parent, _name(name), {"listURI": uri, "listVersionID": n.LIST_VERSIONS.get(uri, "1.0")}),
        "code",
    ).text = code


def _identify(parent: Element, one: Any) -> None:
    if one.origin_id:
        _say(parent, "id", one.origin_id, schemeAgencyID=one.origin or n.AGENCY)
    else:
        _say(parent, "id", str(one.id or one.code), schemeAgencyID=n.AGENCY)


def _service(parent: Element, one: d.ServiceData, texts: Iterable[Mapping[str, Any]]) -> None:
    found = SubElement(parent, _name("leistung"))
    _identify(found, one)
    for key in one.leika_keys:
        _coded(found, "referenzLeiKa", n.LEIKA_LIST, key)
    translated = {text["language"]: text for text in texts}
    _module(found, n.NAME_LONG, {"de": one.alternate_name or one.name})
    _module(found, n.NAME, _in_all(one.name, "name", translated))
    for code, ours in n.TEXTS.items():
        _module(found, code, _in_all(getattr(one, ours), ours, translated))
    documents = {"de": [each.document for each in one.documents]} | {
        code: text.get("documents") or [] for code, text in translated.items()
    }
    _module(found, n.DOCUMENTS, {code: _points(said) for code, said in documents.items() if said})
    kept = one.extra.get("xzufi", {})
    for code, name in KEPT.items():
        if isinstance(kept.get(name), dict):
            _module(found, code, kept[name])
    for element, name in MODULES.items():
        if isinstance(kept.get(name), dict):
            _described(found, element, kept[name])
    _described(found, "modulKosten", _in_all(one.fees, "fees", translated))
    for code in ["de", *translated]:
        _say(SubElement(found, _name("sprachversion")), "languageCode", code)


def _in_all(german: str, name: str, translated: Mapping[str, Mapping[str, Any]]) -> dict[str, str]:
    return {"de": german} | {code: text.get(name) or "" for code, text in translated.items()}


def _points(lines: list[str]) -> str:
    return "\n".join(f"– {line}" for line in lines)


def _module(parent: Element, code: str, said: Mapping[str, str]) -> None:
    if not any(said.values()):
        return
    module = SubElement(parent, _name("modulText"))
    for language, text in said.items():
        if text:
            _say(module, "inhalt", text, languageCode=language)
    _coded(module, "leikaTextmodul", n.TEXT_LIST, code)


def _described(parent: Element, name: str, said: Mapping[str, str]) -> None:
    if any(said.values()):
        module = SubElement(parent, _name(name))
        for language, text in said.items():
            if text:
                _say(module, "beschreibung", text, languageCode=language)


def _office(
    parent: Element, one: d.OrganizationData, places: list[d.LocationData], services: list[d.ServiceData]
) -> None:
    found = SubElement(parent, _name("organisationseinheit"))
    _identify(found, one)
    named = {"de": one.name} | one.extra.get("xzufi", {}).get("namen", {})
    name = SubElement(found, _name("name"))
    for language, said in named.items():
        _say(name, "name", said, languageCode=language)
    if one.description:
        _say(found, "beschreibung", one.description, languageCode="de")
    for place in places:
        _address(found, place)
    codes = {kind: code for code, kind in n.CHANNELS.items()}
    reach = [
        ({"voice": "phone", "": "phone"}.get(phone.kind, phone.kind), phone.number) for phone in one.phones
    ]
    for kind, value in [*reach, *([("email", one.email)] if one.email else [])]:
        if kind in codes:
            channel = SubElement(found, _name("kommunikation"))
            _coded(channel, "kanal", n.CHANNEL_LIST, codes[kind])
            _say(channel, "kennung", value)
    if one.website:
        _say(SubElement(found, _name("internetadresse")), "uri", one.website)
    hours = next((text for place in places if (text := hours_text(place.schedules))), "")
    if hours:
        _say(found, "infoOeffnungszeitenText", hours, languageCode="de")
    for service in services:
        responsible = SubElement(found, _name("zustaendigkeit"))
        identifier = service.origin_id or str(service.id or service.code)
        agency = service.origin or n.AGENCY if service.origin_id else n.AGENCY
        _say(responsible, "leistungID", identifier, schemeAgencyID=agency)


def _address(parent: Element, one: d.LocationData) -> None:
    found = SubElement(parent, _name("anschrift"))
    _coded(found, "typ", n.ADDRESS_LIST, n.POSTAL if one.kind == "postal" else n.VISIT)
    street, _space, number = one.address_1.rpartition(" ")
    if street and number[:1].isdigit():
        _say(found, "strasse", street)
        _say(found, "hausnummer", number)
    elif one.address_1:
        _say(found, "strasse", one.address_1)
    for name, value in (
        ("postleitzahl", one.postal_code),
        ("ort", one.city),
        ("ortsteil", one.district),
        ("zusatz", one.address_2),
        ("infoOePNV", one.transportation),
    ):
        if value:
            _say(found, name, value)
    kinds = {each.kind for each in one.accessibility}
    if "lift" in kinds:
        _say(found, "kennzeichenAufzug", "true")
    if "step_free" in kinds:
        _say(found, "kennzeichenRollstuhlgerecht", "true")
