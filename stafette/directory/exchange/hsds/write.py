"""Our entries as objects of HSDS.

`Style` says for whom: the public interface tells only what is public and uses our identifiers; an export for another
installation tells everything and gives back each identifier and field that came in from elsewhere.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from stafette.directory import data as d
from stafette.directory.exchange.hsds.codecs import Codec
from stafette.directory.exchange.hsds.kinds import (
    INTERNAL,
    Kind,
    Mapped,
    address_fields,
    kind,
)
from stafette.directory.exchange.hsds.terms import Words, attribute, made_id
from stafette.directory.plain import to_plain
from stafette.directory.words import LANGUAGES

Object = dict[str, Any]


@dataclass(frozen=True)
class Style:
    """How much is told: `is_public` for everybody, otherwise all."""

    is_public: bool = False
    words: Words = field(default_factory=Words)


def ident(one: Any, style: Style, *parts: object) -> str:
    """The identifier of an object: as it came, or ours."""
    if not style.is_public and one.extra.get("id"):
        return str(one.extra["id"])
    return str(one.id) if one.id else made_id("row", *parts, getattr(one, "code", ""))


def service(
    data: d.ServiceData,
    organization: d.OrganizationData | None,
    locations: Mapping[str, d.LocationData],
    style: Style,
    *,
    changed_at: datetime | None = None,
    texts: list[Object] | None = None,
) -> Object:
    """A service with everything that hangs on it, its organisation and its places."""
    found = _object(data, kind("service"), style)
    _stand_in(data, found, style)
    if organization is not None:
        found["organization"] = organization_alone(organization, style)
        found["organization_id"] = found["organization"]["id"]
    for place, written in zip(data.places, found.get("service_at_locations", ()), strict=False):
        where = locations.get(place.location)
        written["service_id"] = found["id"]
        if where is not None:
            written["location"] = location(where, style)
            written["location_id"] = written["location"]["id"]
    if changed_at is not None:
        found["last_modified"] = changed_at.isoformat(timespec="milliseconds")
    return found | ({"translations": texts} if texts else {})


def service_row(
    data: d.ServiceData, organization: Object | None, style: Style, changed_at: datetime | None
) -> Object:
    """A service as lists show it: only what there is once."""
    found = _object(data, kind("service"), style, lists=False)
    if not found.get("description") and data.summary:
        found["description"] = data.summary
    if organization:
        found |= {"organization_id": organization["id"], "organization": organization}
    if changed_at is not None:
        found["last_modified"] = changed_at.isoformat(timespec="milliseconds")
    return found


def organization_alone(data: d.OrganizationData, style: Style) -> Object:
    """An organisation without its places and services."""
    found = _object(data, kind("organization"), style)
    found.setdefault("description", "")  # the standard does not do without
    if not style.is_public:
        for name in ("keeper", "unit"):
            if value := getattr(data, name):
                _attributes(found).append(
                    attribute(found["id"], "organization", "fields", name, style.words, value)
                )
    return found


def organization_row(data: d.OrganizationData, style: Style) -> Object:
    """An organisation as lists show it."""
    found = _object(data, kind("organization"), style, lists=False)
    found.setdefault("description", "")
    return found


def location_row(data: d.LocationData, style: Style) -> Object:
    """A place as lists show it."""
    return _object(data, kind("location"), style, lists=False)


def location(data: d.LocationData, style: Style, *, organization_id: str = "") -> Object:
    """A place with its address."""
    found = _object(data, kind("location"), style)
    if addresses := _addresses(data, found["id"], style):
        found["addresses"] = addresses
    return found | ({"organization_id": organization_id} if organization_id else {})


def _object(one: Any, kind: Kind, style: Style, *parts: object, lists: bool = True) -> Object:
    found: Object = {"id": ident(one, style, *parts)}
    extra = dict(one.extra)
    extra.pop("id", None)
    unfit = extra.pop("unfit", {})
    if kind.thing.name == "location":
        extra = {name: value for name, value in extra.items() if name not in ("address", "addresses")}
    for mapped in kind.fields:
        raw = extra.pop(mapped.theirs, None)
        if (value := written(getattr(one, mapped.ours), mapped, raw)) is not None:
            found[mapped.theirs] = value
        elif mapped.theirs in unfit and not style.is_public:
            found[mapped.theirs] = unfit[mapped.theirs]
    if not lists:
        return found
    _add_lists(one, kind, style, found, extra)
    _add_own(one, kind, style, found)
    foreign = extra.pop("attributes", [])
    if foreign and not style.is_public:
        _attributes(found).extend(foreign)
    return found | {name: value for name, value in _known(extra, kind, style).items() if name not in found}


def _add_lists(one: Any, kind: Kind, style: Style, found: Object, extra: Object) -> None:
    if kind.has_languages:
        raw = extra.pop("languages", None)
        if said := languages(one.languages, found["id"], None if style.is_public else raw):
            found["languages"] = said
    for ours, (theirs, inner) in kind.rows.items():
        unread = extra.pop(theirs, [])
        rows = [_row(row, inner, style, found["id"], n) for n, row in enumerate(getattr(one, ours))]
        if rows or (unread and not style.is_public):
            found[theirs] = rows + ([] if style.is_public else unread)
    if kind.thing.name == "service_capacity":
        found["unit"] = _unit(one.unit, extra.pop("unit", None), style)


def _row(one: Any, name: str, style: Style, owner: str, number: int) -> Object:
    found = _object(one, kind(name), style, owner, name, number)
    if (
        name == "contact" and style.is_public
    ):  # functions and numbers; who sits there is nobody else's business
        found = {key: value for key, value in found.items() if key not in ("name", "email")}
    if name == "phone" and isinstance(found.get("extension"), str):
        _number_or_attribute(found, style)
    if name == "schedule" and one.exceptions:
        _write_exceptions(one, found, style)
    return found


def written(value: Any, mapped: Mapped, raw: Any) -> Any:
    """The value to write, or None for none; the spelling in which it came in wins while it says the same."""
    if raw is not None and means(raw, mapped.codec, mapped.empty) == value:
        return raw
    is_said = value != mapped.empty or (mapped.ours in ALWAYS and value not in ("", None))
    return mapped.codec.write(value) if is_said else None


def means(raw: Any, codec: Codec, empty: Any) -> Any:
    """What a raw value says to us; one that does not fit says nothing."""
    try:
        return codec.read(raw)
    except (ValueError, TypeError, OverflowError):
        return empty


ALWAYS = {"name", "status", "kind", "freq", "interval", "attending", "currency", "country", "available"}


def _known(extra: Object, kind: Kind, style: Style) -> Object:
    """What a foreign file said beyond our fields; the public interface tells of it what the standard knows."""
    if not style.is_public:
        return extra
    return {name: value for name, value in extra.items() if name in kind.thing.fields}


def _attributes(found: Object) -> list[Object]:
    attributes: list[Object] = found.setdefault("attributes", [])
    return attributes


def _add_own(one: Any, kind: Kind, style: Style, found: Object) -> None:
    """Words of our taxonomies, and values that HSDS has no field for."""
    name = kind.thing.name
    for ours, taxonomy in kind.classes.items():
        for code in _codes(getattr(one, ours), ours, kind):
            _attributes(found).append(attribute(found["id"], name, taxonomy, code, style.words))
    for mapped in kind.own:
        value = getattr(one, mapped.ours)
        if value == mapped.empty or (style.is_public and mapped.ours in INTERNAL):
            continue
        said = str(mapped.codec.write(value))
        _attributes(found).append(attribute(found["id"], name, "fields", mapped.ours, style.words, said))


def _codes(value: Any, ours: str, kind: Kind) -> Iterator[str]:
    if isinstance(value, tuple):
        yield from map(str, value)
    elif value != next(one.default for one in _dataclass_fields(kind.data) if one.name == ours):
        yield str(value)


def _dataclass_fields(data: type[Any]) -> tuple[Any, ...]:
    return tuple(data.__dataclass_fields__.values())


def languages(codes: tuple[str, ...], owner: str, raw: Any = None) -> list[Object]:
    """Codes of languages as objects; what a foreign file said of a language stays with it."""
    kept = [one for one in raw or [] if not _code_of(one) or _code_of(one) in codes]
    there = {_code_of(one) for one in kept}
    return kept + [
        {
            "id": made_id("language", owner, code),
            "name": str(LANGUAGES.get(code, code)),
            "code": code,
        }
        for code in codes
        if code not in there
    ]


def _code_of(one: Any) -> str:
    return str(one.get("code") or "").lower()[:8] if isinstance(one, dict) else ""


def _unit(name: str, raw: Any, style: Style) -> Object:
    if raw is not None and not style.is_public and raw.get("name", "")[:100] == name:
        found: Object = raw
        return found
    return {"id": made_id("unit", name), "name": name}


def _number_or_attribute(found: Object, style: Style) -> None:
    """The standard wants an extension as a number; „0-12“ goes along as an attribute."""
    said = found.pop("extension")
    if said.isdigit() and str(int(said)) == said:
        found["extension"] = int(said)
    else:
        _attributes(found).append(attribute(found["id"], "phone", "fields", "extension", style.words, said))


def _write_exceptions(one: d.ScheduleData, found: Object, style: Style) -> None:
    """HSDS knows no days off: they go along as an attribute for programs and as a note for people."""
    said = json.dumps([to_plain(each) for each in one.exceptions], ensure_ascii=False)
    _attributes(found).append(attribute(found["id"], "schedule", "fields", "exceptions", style.words, said))
    found.setdefault("notes", exceptions_text(one))


def exceptions_text(one: d.ScheduleData) -> str:
    """The days off as people write them."""
    return "; ".join(_exception_text(each) for each in one.exceptions)


def _exception_text(one: d.ExceptionData) -> str:
    days = f"{one.starts_on:%d.%m.%Y}" + (f"–{one.ends_on:%d.%m.%Y}" if one.ends_on != one.starts_on else "")
    open_at = f"{one.opens_at:%H:%M}–{one.closes_at:%H:%M} Uhr" if one.opens_at and one.closes_at else ""
    return f"{days}: {open_at or 'geschlossen'}" + (f" ({one.note})" if one.note else "")


def _stand_in(data: d.ServiceData, found: Object, style: Style) -> None:
    """HSDS has no summary; where there is no description it stands in for one, and says so."""
    if data.summary and not data.description and "description" not in found:
        found["description"] = data.summary
        _attributes(found).append(
            attribute(found["id"], "service", "fields", "description_is_summary", style.words, "true")
        )


def _addresses(data: d.LocationData, owner: str, style: Style) -> list[Object]:
    """The address of a place, and the further ones that a foreign file gave."""
    kept = {} if style.is_public else data.extra.get("address", {})
    further = [] if style.is_public else data.extra.get("addresses", [])
    found: Object = {}
    for mapped in address_fields():
        if (value := written(getattr(data, mapped.ours), mapped, kept.get(mapped.theirs))) is not None:
            found[mapped.theirs] = value
    if not kept and set(found) <= {"country"}:
        return list(further)
    rest = {name: value for name, value in kept.items() if name not in found}
    first = {
        "id": made_id("address", owner),
        **dict.fromkeys(("address_1", "city", "state_province", "postal_code", "country"), ""),
        "address_type": "postal" if data.kind == "postal" else "physical",
    }
    return [{**first, **found, **rest}, *further]
