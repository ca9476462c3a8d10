"""XML of XZuFi as values: elements by their names without the namespace, words without marks, identifiers."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from html import unescape
from uuid import UUID
from xml.etree.ElementTree import Element, ParseError

from defusedxml import ElementTree as Safe
from defusedxml.common import DefusedXmlException
from django.conf import settings
from django.utils.text import slugify
from django.utils.translation import gettext as _

from stafette.directory.codes import GERMAN
from stafette.directory.exchange.hsds.terms import made_id
from stafette.directory.exchange.xzufi import names as n
from stafette.kernel.errors import BadInput

LONGEST_NAME, LONGEST_TEXT = 200, 20_000


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


def local(one: Element) -> str:
    """The name of an element without its namespace."""
    return one.tag.rsplit("}", 1)[-1] if isinstance(one.tag, str) else ""


def all_of(root: Element, name: str) -> Iterator[Element]:
    """Every element of this name, however deep."""
    return (one for one in root.iter() if local(one) == name)


def children(one: Element, name: str) -> list[Element]:
    """The elements of this name right inside one."""
    return [child for child in one if local(child) == name]


def child(one: Element | None, *names: str) -> Element | None:
    """The first element at the end of a path of names."""
    for name in names:
        if one is None:
            return None
        one = next(iter(children(one, name)), None)
    return one


def text_of(one: Element | None, *names: str) -> str:
    """The words of an element, or of the one at the end of a path; runs of spaces are one."""
    found = child(one, *names) if names else one
    return " ".join("".join(found.itertext()).split()) if found is not None else ""


def code_of(one: Element | None, *names: str) -> str:
    """The code of a value from a list; some files give the code alone."""
    found = child(one, *names)
    inner = child(found, "code")
    return text_of(inner if inner is not None else found)


def language_of(one: Element) -> str:
    """The language that an element names; German where it names none."""
    return (one.get("languageCode") or one.get("{http://www.w3.org/XML/1998/namespace}lang") or "de")[
        :8
    ].lower()


def by_language(elements: list[Element]) -> dict[str, str]:
    """The same words in several languages; „de-DE“ counts as German."""
    found: dict[str, str] = {}
    for one in elements:
        code = language_of(one)
        said = plain(inner_of(one))
        if said:
            found.setdefault("ls" if code in ("de-ls", "de-leicht", "ls") else code.split("-")[0], said)
    return found


def inner_of(one: Element) -> str:
    """Text with the marks inside it, whether they come escaped or as elements."""
    parts = [one.text or ""]
    for child in one:
        name = local(child)
        parts += [f"<{name}>", inner_of(child), f"</{name}>", child.tail or ""]
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


def identify(one: Element, kind: str) -> tuple[UUID, str, str]:
    """Our identifier, who gave theirs, and theirs; what we gave out comes back as it was."""
    found = child(one, "id")
    said, agency = text_of(found), (found.get("schemeAgencyID") or "") if found is not None else ""
    if agency == n.AGENCY:
        try:
            return UUID(said), "", ""
        except ValueError:
            pass
    return UUID(made_id("xzufi", kind, agency, said)), agency, said


def our_code(known: Mapping[str, Mapping[str, str]], kind: str, pk: UUID, name: str) -> str:
    """The code that an entry has here already, or one made of its name."""
    stem = slugify(name.lower().translate(GERMAN))[:60].strip("-") or "eintrag"
    return known.get(kind, {}).get(str(pk)) or f"{stem}-{pk.hex[:6]}"
