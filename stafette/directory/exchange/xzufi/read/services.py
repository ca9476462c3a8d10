"""Leistungen: services of the administration, with their texts in every language of the file."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any
from xml.etree.ElementTree import Element

from django.utils.translation import gettext as _

from stafette.directory import data as d
from stafette.directory.exchange.hsds.read import Entry
from stafette.directory.exchange.problems import Problem
from stafette.directory.exchange.xzufi import names as n
from stafette.directory.exchange.xzufi.read.elements import (
    LONGEST_NAME,
    LONGEST_TEXT,
    all_of,
    by_language,
    children,
    code_of,
    identify,
    our_code,
    text_of,
)
from stafette.directory.exchange.xzufi.read.offices import Office

KEPT = {
    n.SHORT: "kurztext",
    n.LAW: "rechtsgrundlagen",
    n.FORMS: "formulare",
    n.MORE: "weiteres",
    n.APPEAL: "rechtsbehelf",
}
MODULES = {"modulFrist": "frist", "modulBearbeitungsdauer": "bearbeitungsdauer"}


def service(
    one: Element,
    by_service: Mapping[str, list[Office]],
    known: Mapping[str, Mapping[str, str]],
    provider: str,
) -> Entry:
    """A Leistung; without a name, or without somebody responsible, it cannot stand."""
    pk, agency, said = identify(one, "service")
    texts = _modules(one)
    name = (_german(texts, n.NAME) or _german(texts, n.NAME_LONG)).replace("\n", " ")[:LONGEST_NAME]
    offices = by_service.get(text_of(one, "id"), [])
    code = our_code(known, "service", pk, name)
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
    for module in children(one, "modulText"):
        code = code_of(module, "leikaTextmodul").zfill(2)
        said = by_language(children(module, "inhalt"))
        found[code] = said | found.get(code, {})
    return found


def _german(texts: Modules, code: str) -> str:
    return texts.get(code, {}).get("de", "")


def _other_name(texts: Modules, name: str) -> str:
    other = _german(texts, n.NAME_LONG).replace("\n", " ")[:LONGEST_NAME]
    return other if other != name else ""


def _leika(one: Element) -> tuple[str, ...]:
    keys = [code_of(inner) for inner in children(one, "referenzLeiKa")]
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
    said = by_language(
        [inner for each in children(one, "modulKosten") for inner in children(each, "beschreibung")]
    )
    if said:
        return said
    amounts = [text_of(amount) for each in children(one, "modulKosten") for amount in all_of(each, "betrag")]
    return {"de": ", ".join(f"{amount} €" for amount in amounts if amount)} if any(amounts) else {}


def _rest(one: Element, texts: Modules) -> dict[str, Any]:
    kept: dict[str, Any] = {name: said for code, name in KEPT.items() if (said := texts.get(code))}
    for element, name in MODULES.items():
        said = by_language(
            [inner for each in children(one, element) for inner in children(each, "beschreibung")]
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
