"""Is it in the directory already? Asked before a new entry is made."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from django.utils.translation import gettext as _

from stafette.directory.models import Location, Organization, Phone, Service

NEAR = 0.55  # [default] share of common triples of letters from which names count as alike
MOST = 6


@dataclass(frozen=True)
class Similar:
    """An entry that may be the same, why, and where it stands (address name and code)."""

    name: str
    reason: str
    page: str
    code: str


def similar_services(*, name: str, phones: Iterable[str] = (), organization: str = "") -> list[Similar]:
    """Services with nearly this name, or with one of these numbers."""
    found: dict[str, Similar] = {}
    wanted = _triples(name)
    rows = Service.objects.values_list("code", "name", "organization__name", "organization__code")
    for code, other, provider, provider_code in rows:
        share = _alike(wanted, other)
        if share >= (NEAR if provider_code == organization else NEAR + 0.15):
            found[code] = Similar(f"{other} · {provider}", _("ähnlicher Name"), "directory:service", code)
    for code, other in _with_number(phones, "service"):
        found.setdefault(code, Similar(other, _("gleiche Rufnummer"), "directory:service", code))
    return list(found.values())[:MOST]


def similar_organizations(*, name: str, phones: Iterable[str] = ()) -> list[Similar]:
    """Providers with nearly this name, or with one of these numbers."""
    wanted = _triples(name)
    found = {
        code: Similar(other, _("ähnlicher Name"), "directory:organization", code)
        for code, other in Organization.objects.values_list("code", "name")
        if _alike(wanted, other) >= NEAR
    }
    for code, other in _with_number(phones, "organization"):
        found.setdefault(code, Similar(other, _("gleiche Rufnummer"), "directory:organization", code))
    return list(found.values())[:MOST]


def similar_locations(*, address: str, postal_code: str) -> list[Similar]:
    """Places at this address."""
    wanted = _street(address)
    rows = Location.objects.filter(postal_code=postal_code) if postal_code else Location.objects.all()
    return [
        Similar(
            f"{row.name} · {row.address}".strip(" ·"), _("gleiche Anschrift"), "directory:location", row.code
        )
        for row in rows
        if wanted and _street(row.address_1) == wanted
    ][:MOST]


def _with_number(phones: Iterable[str], owner: str) -> list[tuple[str, str]]:
    """Code and name of entries that have one of these numbers; the last eight digits tell them apart well enough."""
    wanted = {digits[-8:] for phone in phones if len(digits := re.sub(r"\D", "", phone)) >= 6}
    if not wanted:
        return []
    rows = Phone.objects.filter(**{f"{owner}__isnull": False})
    return [
        (code, name)
        for number, code, name in rows.values_list("number", f"{owner}__code", f"{owner}__name")
        if re.sub(r"\D", "", number)[-8:] in wanted
    ]


def _alike(wanted: frozenset[str], other: str) -> float:
    known = _triples(other)
    return 2 * len(wanted & known) / (len(wanted) + len(known)) if wanted and known else 0.0


@lru_cache(maxsize=20_000)
def _triples(name: str) -> frozenset[str]:
    """Triples of letters of each word, as pg_trgm has them."""
    words = re.findall(r"\w+", name.lower())
    return frozenset(f"  {word} "[n : n + 3] for word in words for n in range(len(word) + 1))


def _street(text: str) -> str:
    """A street and number without the ways of writing it: „Beispielstr. 1 a“ and „Beispielstraße 1a“ are one."""
    return re.sub(r"[\s.\-]", "", re.sub(r"str(?:\.|asse|aße)?(?=[\s\d]|$)", "str", text.lower()))
