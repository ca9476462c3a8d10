"""XZuFi read into entries: services of the administration, the offices that are responsible, and their addresses.

Names are matched without their namespace. What has no place with us (deadlines, legal bases, forms) stays as text in
`extra["xzufi"]` and goes out again with the export.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from html import unescape
from typing import Any
from uuid import UUID
from xml.etree.ElementTree import Element, ParseError

from defusedxml import ElementTree as Safe
from defusedxml.common import DefusedXmlException
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import URLValidator, validate_email
from django.utils.text import slugify
from django.utils.translation import gettext as _

from stafette.directory import data as d
from stafette.directory.codes import GERMAN
from stafette.directory.exchange.hsds.read import Entry
from stafette.directory.exchange.hsds.terms import made_id
from stafette.directory.exchange.problems import Problem
from stafette.directory.exchange.xzufi import names as n
from stafette.directory.hours import parse_hours
from stafette.kernel.errors import BadInput

LONGEST_NAME, LONGEST_TEXT = 200, 20_000
KEPT = {
    n.SHORT: "kurztext",
    n.LAW: "rechtsgrundlagen",
    n.FORMS: "formulare",
    n.MORE: "weiteres",
    n.APPEAL: "rechtsbehelf",
}
MODULES = {"modulFrist": "frist", "modulBearbeitungsdauer": "bearbeitungsdauer"}


@dataclass
class Office:
    """An OrganisationsEinheit as it stands in the file."""

    id: str
    name: str
    data: d.OrganizationData
    places: list[d.LocationData]
    services: list[str] = field(default_factory=list)


def entries(content: bytes, *, known: Mapping[str, Mapping[str, str]], provider: str = "") -> list[Entry]:
    """All entries of a file; `known` gives the code that an identifier has here already."""
    root = parsed(content)
    offices = [_office(one, known) for one in _all(root, "organisationseinheit")]
    found = [_entry("organization", one.name, one.data) for one in offices]
    found += [_entry("location", place.name, place) for one in offices for place in one.places]
    by_service: dict[str, list[Office]] = {}
    for office in offices:
        for identifier in office.services:
            by_service.setdefault(identifier, []).append(office)
    for one in _all(root, "leistung"):
        found.append(_service(one, by_service, known, provider))
    return found


def parsed(content: bytes) -> Element:
    """The XML, without entities, references to elsewhere or bombs."""
    if len(content) > settings.UPLOAD_MAX_BYTES:
        raise BadInput(_("Die Datei ist zu groß."))
    try:
        root: Element = Safe.fromstring(content, forbid_dtd=True)
    except (ParseError, DefusedXmlException, ValueError, RecursionError):
        raise BadInput(
            _("Die Datei ist kein lesbares XML, oder sie enthält Verweise, die nicht erlaubt sind.")
        ) from None
    if not any("xzufi" in one.tag.lower() for one in root.iter() if isinstance(one.tag, str)):
        raise BadInput(_("Das ist XML, aber kein XZuFi."))
    return root


def _entry(kind: str, name: str, data: Any) -> Entry:
    problems = () if name or kind == "location" else (Problem("name", _("Der Name fehlt.")),)
    return Entry(kind, name or data.code, data.code, data, problems)


def _local(one: Element) -> str:
    return one.tag.rsplit("}", 1)[-1] if isinstance(one.tag, str) else ""


def _all(root: Element, name: str) -> Iterator[Element]:
    return (one for one in root.iter() if _local(one) == name)


def _children(one: Element, name: str) -> list[Element]:
    return [child for child in one if _local(child) == name]


def _child(one: Element | None, *names: str) -> Element | None:
    for name in names:
        if one is None:
            return None
        one = next(iter(_children(one, name)), None)
    return one


def _text(one: Element | None, *names: str) -> str:
    found = _child(one, *names) if names else one
    return " ".join("".join(found.itertext()).split()) if found is not None else ""


def _code(one: Element | None, *names: str) -> str:
    """The code of a value from a list; some files give the code alone."""
    found = _child(one, *names)
    inner = _child(found, "code")
    return _text(inner if inner is not None else found)


def _language(one: Element) -> str:
    return (one.get("languageCode") or one.get("{http://www.w3.org/XML/1998/namespace}lang") or "de")[
        :8
    ].lower()


def _by_language(elements: list[Element]) -> dict[str, str]:
    """The same words in several languages; „de-DE“ counts as German."""
    found: dict[str, str] = {}
    for one in elements:
        code = _language(one)
        said = plain(_inner(one))
        if said:
            found.setdefault("ls" if code in ("de-ls", "de-leicht", "ls") else code.split("-")[0], said)
    return found


def _inner(one: Element) -> str:
    """Text with the marks inside it, whether they come escaped or as elements."""
    parts = [one.text or ""]
    for child in one:
        name = _local(child)
        parts += [f"<{name}>", _inner(child), f"</{name}>", child.tail or ""]
    return "".join(parts)


BREAKS = re.compile(r"<\s*(?:br|/p|/div|/h\d|/li|/ul|/ol|/tr)\b[^>]*>", re.IGNORECASE)
ITEMS = re.compile(r"<\s*li\b[^>]*>", re.IGNORECASE)
MARKS = re.compile(r"<[^<>]{0,500}>")


def plain(text: str) -> str:
    """Words without marks: lists become lines with a dash."""
    text = unescape(text)
    text = MARKS.sub("", ITEMS.sub("– ", BREAKS.sub("\n", text)))
    lines = (" ".join(unescape(line).split()) for line in text.splitlines())
    return "\n".join(line for line in lines if line and line != "–")[:LONGEST_TEXT]


def _identify(one: Element, kind: str) -> tuple[UUID, str, str]:
    """Our identifier, who gave theirs, and theirs; what we gave out comes back as it was."""
    found = _child(one, "id")
    said, agency = _text(found), (found.get("schemeAgencyID") or "") if found is not None else ""
    if agency == n.AGENCY:
        try:
            return UUID(said), "", ""
        except ValueError:
            pass
    return UUID(made_id("xzufi", kind, agency, said)), agency, said


def _code_of(known: Mapping[str, Mapping[str, str]], kind: str, pk: UUID, name: str) -> str:
    stem = slugify(name.lower().translate(GERMAN))[:60].strip("-") or "eintrag"
    return known.get(kind, {}).get(str(pk)) or f"{stem}-{pk.hex[:6]}"


def _office(one: Element, known: Mapping[str, Mapping[str, str]]) -> Office:
    pk, agency, said = _identify(one, "organization")
    named = _by_language([inner for outer in _children(one, "name") for inner in _children(outer, "name")])
    named = named or _by_language(_children(one, "name"))
    name = named.get("de", next(iter(named.values()), ""))[:LONGEST_NAME]
    code = _code_of(known, "organization", pk, name)
    reach = list(_reach(one))
    about = _by_language([*_children(one, "beschreibung"), *_children(one, "kurzbeschreibung")])
    pages = [_text(inner, "uri") or _text(inner) for inner in _children(one, "internetadresse")]
    schedules = _hours(one)
    places = [
        _place(each, number, pk, code, name, schedules, known)
        for number, each in enumerate(_children(one, "anschrift"))
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
    services = [_text(inner, "leistungID") for inner in _children(one, "zustaendigkeit")]
    return Office(said, name, data, places, [service for service in services if service])


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
    for outer in (*_children(one, "kommunikation"), *_children(one, "erreichbarkeit")):
        for each in _children(outer, "kommunikation") or [outer]:
            value = _text(each, "kennung")
            kind = n.CHANNELS.get(_code(each, "kanal")) or _channel(
                _text(each, "kanal", "name") or _text(each, "kanal")
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
    said = _by_language([inner for name in names for inner in _children(one, name)])
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
    kind = _code(one, "typ")
    box = _text(one, "postfach")
    street = f"{_text(one, 'strasse')} {_text(one, 'hausnummer')}".strip()
    pk = UUID(made_id("xzufi", "location", owner, number))
    is_postal = kind in (n.BOX, n.POSTAL) or (box and not street)
    return d.LocationData(
        id=pk,
        code=_code_of(known, "location", pk, f"{name} {street}"),
        organization=organization,
        kind="postal" if is_postal else "physical",
        name=name,
        address_1=(street or (f"Postfach {box}" if box else ""))[:200],
        address_2=_text(one, "zusatz")[:200],
        postal_code=_text(one, "postleitzahl")[:12],
        city=_text(one, "ort")[:100],
        district=_text(one, "ortsteil")[:100],
        transportation=plain(_text(one, "infoOePNV"))[:300],
        schedules=() if is_postal else schedules,
        accessibility=_access(one),
    )


def _access(one: Element) -> tuple[d.AccessData, ...]:
    marks = (("kennzeichenRollstuhlgerecht", "step_free"), ("kennzeichenAufzug", "lift"))
    found = [
        d.AccessData(kind=kind) for name, kind in marks if _text(one, name).lower() in ("true", "1", "ja")
    ]
    if said := plain(_text(one, "infoBarrierefreiheit")):
        found.append(d.AccessData(kind="other", description=said[:300]))
    return tuple(found)


def _service(
    one: Element,
    by_service: Mapping[str, list[Office]],
    known: Mapping[str, Mapping[str, str]],
    provider: str,
) -> Entry:
    pk, agency, said = _identify(one, "service")
    texts = _modules(one)
    name = (_german(texts, n.NAME) or _german(texts, n.NAME_LONG)).replace("\n", " ")[:LONGEST_NAME]
    offices = by_service.get(_text(one, "id"), [])
    code = _code_of(known, "service", pk, name)
    problems = []
    if not name:
        problems.append(Problem("modulText", _("Die Bezeichnung der Leistung fehlt.")))
    if not offices and not provider:
        problems.append(
            Problem("zustaendigkeit", _("Keine Stelle in der Datei ist für diese Leistung zuständig."))
        )
    if problems:
        return Entry("service", name or said, code, None, tuple(problems))
    fees = _fees(one)
    said_words: dict[str, Any] = {
        ours: _german(texts, number)[: LIMITS.get(ours, LONGEST_TEXT)] for number, ours in n.TEXTS.items()
    }
    data = d.ServiceData(
        id=pk,
        code=code,
        organization=offices[0].data.code if offices else provider,
        name=name,
        alternate_name=_other_name(texts, name),
        leika_keys=_leika(one),
        fees=fees.get("de", "").replace("\n", " ")[:400],
        documents=_documents(texts),
        places=tuple(
            d.PlaceData(location=place.code)
            for office in offices
            for place in office.places
            if place.kind != "postal"
        ),
        origin=agency[:200],
        origin_id=said[:200],
        extra=_rest(one, texts),
        **said_words,
    )
    return Entry("service", name, code, data, texts=tuple(_translations(texts, fees)))


LIMITS = {"summary": 400, "alert": 300}
Modules = dict[str, dict[str, str]]


def _modules(one: Element) -> Modules:
    found: Modules = {}
    for module in _children(one, "modulText"):
        code = _code(module, "leikaTextmodul").zfill(2)
        said = _by_language(_children(module, "inhalt"))
        found[code] = said | found.get(code, {})
    return found


def _german(texts: Modules, code: str) -> str:
    return texts.get(code, {}).get("de", "")


def _other_name(texts: Modules, name: str) -> str:
    other = _german(texts, n.NAME_LONG).replace("\n", " ")[:LONGEST_NAME]
    return other if other != name else ""


def _leika(one: Element) -> tuple[str, ...]:
    keys = [_code(inner) for inner in _children(one, "referenzLeiKa")]
    return tuple(dict.fromkeys(key for key in keys if re.fullmatch(r"\d{14}", key)))


def _documents(texts: Modules) -> tuple[d.DocumentData, ...]:
    lines = _lines(_german(texts, n.DOCUMENTS))
    return tuple(d.DocumentData(document=line[:300]) for line in lines)


def _lines(text: str) -> list[str]:
    """Where something is a list, its points; otherwise each line."""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    points = [line.removeprefix("– ") for line in lines if line.startswith("– ")]
    return points or lines


def _fees(one: Element) -> dict[str, str]:
    said = _by_language(
        [inner for each in _children(one, "modulKosten") for inner in _children(each, "beschreibung")]
    )
    if said:
        return said
    amounts = [_text(amount) for each in _children(one, "modulKosten") for amount in _all(each, "betrag")]
    return {"de": ", ".join(f"{amount} €" for amount in amounts if amount)} if any(amounts) else {}


def _rest(one: Element, texts: Modules) -> dict[str, Any]:
    kept: dict[str, Any] = {name: said for code, name in KEPT.items() if (said := texts.get(code))}
    for element, name in MODULES.items():
        said = _by_language(
            [inner for each in _children(one, element) for inner in _children(each, "beschreibung")]
        )
        if said:
            kept[name] = said
    return {"xzufi": kept} if kept else {}


def _translations(texts: Modules, fees: dict[str, str]) -> Iterator[dict[str, Any]]:
    """The words in other languages, as a draft: somebody here releases them."""
    languages = {code for said in texts.values() for code in said} | set(fees)
    for language in sorted(languages - {"de"}):
        name = texts.get(n.NAME, {}).get(language) or texts.get(n.NAME_LONG, {}).get(language, "")
        words = {ours: texts.get(code, {}).get(language, "") for code, ours in n.TEXTS.items()}
        found = {
            "language": language,
            "name": name.replace("\n", " ")[:LONGEST_NAME],
            "fees_description": fees.get(language, "")[:400],
            "eligibility_description": words.pop("eligibility"),
            "required_documents": _lines(texts.get(n.DOCUMENTS, {}).get(language, "")),
            **{ours: said[: LIMITS.get(ours, LONGEST_TEXT)] for ours, said in words.items()},
        }
        yield {key: value for key, value in found.items() if value}
