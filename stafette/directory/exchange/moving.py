"""From a file to a plan, and from the directory to a file: the two ways of an exchange in one place each."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any
from uuid import UUID

from stafette.accounts.models import Unit
from stafette.directory.exchange.hsds.read import Entry, Reader, gather
from stafette.directory.exchange.hsds.standard import version
from stafette.directory.exchange.hsds.tables import pack
from stafette.directory.exchange.hsds.terms import Words, made_id
from stafette.directory.exchange.hsds.write import Style, location, organization_alone, service
from stafette.directory.exchange.loading import kind_of, load
from stafette.directory.exchange.plan import Plan, plan
from stafette.directory.exchange.texts import translations
from stafette.directory.exchange.xzufi import read as xzufi_read
from stafette.directory.exchange.xzufi import write as xzufi_write
from stafette.directory.models import Location, Organization, Service
from stafette.directory.queries.whole import whole_entries, whole_locations, whole_organizations
from stafette.directory.words import topic_words
from stafette.kernel.clock import now

READ: dict[str, Any] = {
    "organization": (Organization, whole_organizations),
    "location": (Location, whole_locations),
    "service": (Service, whole_entries),
}


def plan_of(content: bytes, *, provider: str = "") -> Plan:
    """What a file would change here; `provider` is the code of the organisation for services that name none.

    Raises BadInput where the file cannot be read at all.
    """
    return compared(entries_of(content, provider=provider))


def entries_of(content: bytes, *, provider: str = "") -> list[Entry]:
    """The entries of a file, HSDS or XZuFi."""
    if kind_of(content) == "xml":
        return xzufi_read.entries(content, known=known_codes(), provider=provider)
    return Reader(gather(load(content)), known_codes(), provider=provider).entries()


def compared(entries: Iterable[Entry]) -> Plan:
    """Entries beside those of the directory with the same code."""
    found = list(entries)
    existing = {}
    for name, (model, read) in READ.items():
        codes = {one.code for one in found if one.kind == name}
        codes |= _named_in(found, name)
        ids = list(model.objects.filter(code__in=codes).values_list("pk", flat=True))
        existing[name] = {one.data.code: one.data for one in read(ids)}
    texts = {
        one.data.code: translations(one.data, one.texts, with_state=True)
        for one in whole_entries([one.id for one in existing["service"].values()], texts="all")
    }
    return plan(found, existing, texts=texts, units=Unit.objects.values_list("code", flat=True))


def _named_in(entries: Iterable[Entry], name: str) -> set[str]:
    """Codes of organisations and places that entries of the file stand on."""
    if name == "organization":
        return {code for one in entries if (code := getattr(one.data, "organization", ""))}
    if name == "location":
        return {place.location for one in entries for place in getattr(one.data, "places", ())}
    return set()


def known_codes() -> dict[str, dict[str, str]]:
    """The code of each entry here by its identifier."""
    return {
        name: {str(pk): code for pk, code in model.objects.values_list("pk", "code")}
        for name, (model, _read) in READ.items()
    }


def document() -> dict[str, Any]:
    """The whole directory as lists of organisations, places and services after HSDS, with all that we know."""
    style = Style(words=Words(topics=topic_words()))
    organizations = {one.data.code: one.data for one in whole_organizations()}
    locations = {one.data.code: one.data for one in whole_locations()}
    by_id = {code: organization_alone(one, style) for code, one in organizations.items()}
    return {
        "version": version(),
        "organizations": list(by_id.values()),
        "locations": [
            location(one, style, organization_id=by_id[one.organization]["id"] if one.organization else "")
            for one in locations.values()
        ],
        "services": [
            service(
                one.data,
                organizations.get(one.data.organization),
                locations,
                style,
                changed_at=one.changed_at,
                texts=translations(one.data, one.texts, with_state=True),
            )
            for one in whole_entries(texts="all")
        ],
    }


def as_json() -> bytes:
    """The directory as one JSON file."""
    return json.dumps(document(), ensure_ascii=False, indent=1).encode()


def as_xzufi() -> bytes:
    """The directory as one XZuFi message."""
    made_at = now()
    return xzufi_write.document(
        [one.data for one in whole_organizations()],
        [one.data for one in whole_locations()],
        whole_entries(texts="approved"),
        message=UUID(made_id("message", made_at.isoformat())),
        made_at=made_at,
        sender="Stafette",
    )


def as_zip() -> bytes:
    """The directory as tables in a zip."""
    return pack(document())
