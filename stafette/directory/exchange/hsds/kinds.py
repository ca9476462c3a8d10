"""Which of our fields is which of theirs: one table for both directions.

A field of ours is a field of HSDS (`fields`), a word of a taxonomy (`classes`), a list of objects (`rows`), or an
attribute with a value (`own`), where HSDS has nothing of the kind.
"""

from __future__ import annotations

from dataclasses import MISSING, dataclass, field
from dataclasses import fields as fields_of
from functools import cache
from typing import Any

from django.db import models

from stafette.directory import data as d
from stafette.directory import models as m
from stafette.directory.exchange.hsds.codecs import Codec, codec_for
from stafette.directory.exchange.hsds.standard import Thing, thing

INTERNAL = {"assured_by", "origin", "origin_id", "keeper", "unit", "is_public", "is_active", "confirm_days"}
SPECIAL = {"id", "extra", "languages", "exceptions", "organization", "location", "keeper", "unit"}


@dataclass(frozen=True)
class Mapped:
    """One field of ours under their name; `empty` is what it says when nothing is said."""

    ours: str
    theirs: str
    codec: Codec
    empty: Any


@dataclass(frozen=True)
class Kind:
    """How one object of ours maps to one of theirs."""

    thing: Thing
    data: type[Any]
    fields: tuple[Mapped, ...]
    own: tuple[Mapped, ...]
    classes: dict[str, str] = field(default_factory=dict)
    rows: dict[str, tuple[str, str]] = field(default_factory=dict)
    has_languages: bool = False


def _default(one: Any) -> Any:
    if one.default is not MISSING:
        return one.default
    return one.default_factory() if one.default_factory is not MISSING else ""


def _kind(
    name: str,
    data: type[Any],
    model: type[models.Model],
    *,
    names: dict[str, str] | None = None,
    own: tuple[str, ...] = (),
    classes: dict[str, str] | None = None,
    rows: dict[str, tuple[str, str]] | None = None,
    unlike: tuple[str, ...] = (),
) -> Kind:
    names, classes, rows = names or {}, classes or {}, rows or {}
    left_out = SPECIAL | set(classes) | set(rows) | set(unlike)
    mapped = {
        one.name: Mapped(
            one.name, names.get(one.name, one.name), codec_for(model._meta.get_field(one.name)), _default(one)
        )
        for one in fields_of(data)
        if one.name not in left_out
    }
    return Kind(
        thing=thing(name),
        data=data,
        fields=tuple(one for one in mapped.values() if one.ours not in own),
        own=tuple(mapped[one] for one in own),
        classes=classes,
        rows=rows,
        has_languages=any(one.name == "languages" for one in fields_of(data)),
    )


PHONES, CONTACTS = {"phones": ("phones", "phone")}, {"contacts": ("contacts", "contact")}
REACH, HOURS = PHONES | CONTACTS, {"schedules": ("schedules", "schedule")}
FUNDING = {"funding": ("funding", "funding")}


@cache
def kinds() -> dict[str, Kind]:
    """All kinds of objects that we know, by their name in HSDS."""
    found = [
        _kind("phone", d.PhoneData, m.Phone, names={"kind": "type"}),
        _kind("contact", d.ContactData, m.Contact, rows=PHONES),
        _kind("schedule", d.ScheduleData, m.Schedule, names={"attending": "attending_type"}),
        _kind("required_document", d.DocumentData, m.RequiredDocument),
        _kind("cost_option", d.CostData, m.CostOption),
        _kind(
            "service_capacity",
            d.CapacityData,
            m.ServiceCapacity,
            names={"updated_at": "updated"},
            unlike=("unit",),
        ),
        _kind("funding", d.FundingData, m.Funding),
        _kind("service_area", d.AreaData, m.ServiceArea),
        _kind("accessibility", d.AccessData, m.Accessibility, classes={"kind": "accessibility"}),
        _kind("service_at_location", d.PlaceData, m.ServiceAtLocation, rows=REACH | HOURS),
        _kind(
            "organization",
            d.OrganizationData,
            m.Organization,
            own=("code", "language", "is_active", "is_public", "origin", "origin_id"),
            classes={"kind": "organization_kinds"},
            rows=REACH | FUNDING,
        ),
        _kind(
            "location",
            d.LocationData,
            m.Location,
            names={"kind": "location_type"},
            own=("code", "origin", "origin_id"),
            rows=REACH | HOURS | {"accessibility": ("accessibility", "accessibility")},
            unlike=ADDRESS,
        ),
        _kind(
            "service",
            d.ServiceData,
            m.Service,
            names={
                "website": "url",
                "eligibility": "eligibility_description",
                "fees": "fees_description",
                "assured_at": "assured_date",
            },
            own=(
                *("code", "summary", "is_free", "room", "waiting_weeks", "is_public", "assured_by"),
                *("confirm_days", "origin", "origin_id"),
            ),
            classes={
                "topics": "topics",
                "target_groups": "target_groups",
                "statuses": "statuses",
                "leika_keys": "leika",
            },
            rows={
                **REACH,
                **HOURS,
                **FUNDING,
                "documents": ("required_documents", "required_document"),
                "costs": ("cost_options", "cost_option"),
                "capacities": ("capacities", "service_capacity"),
                "areas": ("service_areas", "service_area"),
                "places": ("service_at_locations", "service_at_location"),
            },
        ),
    ]
    return {one.thing.name: one for one in found}


def kind(name: str) -> Kind:
    """One kind of objects."""
    return kinds()[name]


ADDRESS = ("address_1", "address_2", "postal_code", "city", "district", "state", "country")
ADDRESS_NAMES = {"district": "region", "state": "state_province"}


@cache
def address_fields() -> tuple[Mapped, ...]:
    """The fields of a location that stand in its first address."""
    return tuple(
        Mapped(
            one.name,
            ADDRESS_NAMES.get(one.name, one.name),
            codec_for(m.Location._meta.get_field(one.name)),
            _default(one),
        )
        for one in fields_of(d.LocationData)
        if one.name in ADDRESS
    )
