"""Our codes as words of systematics (HSDS taxonomies), and what HSDS has no field for as attributes with a value.

Identifiers are made from the code, so that they are the same in every export and on every installation.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID, uuid5

from django.utils.translation import gettext_lazy as _

from stafette.directory.models import Accessibility, OrganizationKind
from stafette.directory.words import FIELDS, STATUSES, TARGET_GROUPS

SPACE = UUID("6f0f9a5e-5d0c-5f3b-9a53-3d1d0b0a7c11")
LEIKA = "urn:de:fim:leika:leistung"


@dataclass(frozen=True)
class Taxonomy:
    """`uri` is what stands at each term to say from where it is."""

    code: str
    uri: str
    name: Any
    says: Any

    @property
    def id(self) -> str:
        """Always the same identifier."""
        return made_id("taxonomy", self.code)

    def as_hsds(self) -> dict[str, Any]:
        """The taxonomy itself."""
        found = {"id": self.id, "name": str(self.name), "description": str(self.says), "version": "1"}
        return found | ({"uri": self.uri} if self.uri.startswith("urn:") else {})


def made_id(kind: str, *parts: object) -> str:
    """An identifier that follows from what it stands for."""
    return str(uuid5(SPACE, ":".join([kind, *map(str, parts)])))


TAXONOMIES = {
    one.code: one
    for one in (
        Taxonomy("topics", "urn:stafette:topics", _("Themen"), _("Womit das Angebot hilft")),
        Taxonomy("target_groups", "urn:stafette:target-groups", _("Zielgruppen"), _("Für wen es ist")),
        Taxonomy(
            "statuses",
            "urn:stafette:residence-statuses",
            _("Aufenthaltsstatus"),
            _("Für welchen Aufenthalt es ist"),
        ),
        Taxonomy("leika", LEIKA, _("LeiKa-Schlüssel"), _("Leistungen der Verwaltung nach FIM")),
        Taxonomy(
            "organization_kinds",
            "urn:stafette:organization-kinds",
            _("Art des Trägers"),
            _("Was für eine Stelle es ist"),
        ),
        Taxonomy(
            "accessibility",
            "urn:stafette:accessibility",
            _("Barrierefreiheit"),
            _("Wie man hineinkommt und sich zurechtfindet"),
        ),
        Taxonomy(
            "fields",
            "urn:stafette:fields",
            _("Felder von Stafette"),
            _("Angaben, die HSDS als Feld nicht hat"),
        ),
    )
}
BY_URI = {one.uri: one for one in TAXONOMIES.values()}


@dataclass(frozen=True)
class Words:
    """The German word of each code, by taxonomy; a code without one stands for itself."""

    topics: Mapping[str, str] = field(default_factory=dict)

    def of(self, taxonomy: str, code: str) -> str:
        """The word of a code."""
        words = FIELD_WORDS if taxonomy == "fields" else self.all_of(taxonomy)
        return str(words.get(code, code))

    def all_of(self, taxonomy: str) -> Mapping[str, Any]:
        """Every code of a taxonomy with its word."""
        return self.topics if taxonomy == "topics" else FIXED.get(taxonomy, {})


FIELD_WORDS: dict[str, Any] = FIELDS | {
    "extension": _("Durchwahl"),
    "exceptions": _("Ausnahmen von den Zeiten"),
    "description_is_summary": _("Die Beschreibung ist die Zusammenfassung"),
}
TOLD = (  # what anybody may get to see of it
    *("code", "summary", "is_free", "room", "waiting_weeks", "language"),
    *("extension", "exceptions", "description_is_summary"),
)
FIXED: dict[str, dict[str, Any]] = {
    "target_groups": TARGET_GROUPS,
    "statuses": {str(code): word for code, word in STATUSES.items()},
    "organization_kinds": dict(OrganizationKind.choices),
    "accessibility": dict(Accessibility.Kind.choices),
    "fields": {name: FIELD_WORDS[name] for name in TOLD},
}


def term(taxonomy: str, code: str, words: Words) -> dict[str, Any]:
    """A word of a taxonomy as it stands inside an attribute."""
    name = words.of(taxonomy, code)
    return {
        "id": made_id("term", taxonomy, code),
        "code": code,
        "name": name,
        "description": name,
        "taxonomy": TAXONOMIES[taxonomy].uri,
        "language": "de",
    }


def attribute(
    owner: str, entity: str, taxonomy: str, code: str, words: Words, value: str | None = None
) -> dict[str, Any]:
    """Say of an object that it belongs under a word, or with a value: what we know and HSDS has no field for."""
    found = {
        "id": made_id("attribute", owner, taxonomy, code),
        "link_id": owner,
        "link_type": taxonomy,
        "link_entity": entity,
        "taxonomy_term": term(taxonomy, code, words),
    }
    return found if value is None else found | {"value": value}


def sorted_out(attributes: Any) -> tuple[dict[str, list[tuple[str, str | None]]], list[Any]]:
    """Attributes of our taxonomies as (code, value) by taxonomy, and those of others as they are."""
    ours: dict[str, list[tuple[str, str | None]]] = {}
    foreign: list[Any] = []
    for one in attributes if isinstance(attributes, list) else []:
        named = one.get("taxonomy_term") if isinstance(one, dict) else None
        taxonomy = BY_URI.get(str(named.get("taxonomy"))) if isinstance(named, dict) else None
        if taxonomy is None or not isinstance(named, dict) or not named.get("code"):
            foreign.append(one)
        else:
            ours.setdefault(taxonomy.code, []).append((str(named["code"]), one.get("value")))
    return ours, foreign
