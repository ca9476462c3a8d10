"""Entries in words: each field of a plain value as lines for people, for pages, comparisons and tables."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Any

from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from stafette.directory import data as d
from stafette.directory.hours import exceptions_text, hours_text
from stafette.directory.models import Accessibility, Location, OrganizationKind, Service, Status
from stafette.directory.words import FIELDS, LANGUAGES, STATUSES, TARGET_GROUPS, named, topic_words, yes_no

CHOICES: dict[str, Mapping[Any, Any]] = {
    "room": dict(Service.Room.choices),
    "status": dict(Status.choices),
}
KINDS: dict[type[Any], Mapping[Any, Any]] = {
    d.OrganizationData: dict(OrganizationKind.choices),
    d.LocationData: dict(Location.Kind.choices),
}
ACCESS: dict[str, Any] = dict(Accessibility.Kind.choices)
HIDDEN = ("id", "extra", "code")


@dataclass(frozen=True)
class Fact:
    """One line of an entry: its German label, the value in words, and where it leads."""

    label: str
    value: str
    url: str = ""
    lang: str = ""
    note: str = ""


def texts(entry: Any, names: Mapping[str, str] | None = None) -> dict[str, str]:
    """All that an entry says, in words by field; `names` gives organisations and places for their codes."""
    topics = topic_words() if getattr(entry, "topics", ()) else {}
    return {
        one.name: _text(entry, one.name, getattr(entry, one.name), topics, names or {})
        for one in fields(entry)
        if one.name not in HIDDEN
    }


def label(name: str) -> str:
    """The German name of a field."""
    return str(FIELDS.get(name, name))


def _text(entry: Any, name: str, value: Any, topics: Mapping[str, str], names: Mapping[str, str]) -> str:
    words: Mapping[str, Mapping[Any, Any]] = {
        "topics": topics,
        "languages": LANGUAGES,
        "target_groups": TARGET_GROUPS,
        "statuses": STATUSES,
    }
    if name in words:
        return named(value, words[name])
    if name == "kind":
        return str(KINDS[type(entry)].get(value, value))
    if name in CHOICES:
        return str(CHOICES[name].get(value, value))
    if name == "schedules":
        return schedule_text(value)
    if name in LINES:
        return "\n".join(LINES[name](one) for one in value)
    if name == "places":
        return "\n".join(place_text(one, names) for one in value)
    if name in ("organization", "location"):
        return names.get(value, value or "")
    return plain_text(value)


def plain_text(value: Any) -> str:
    """Numbers, days, yes and no as Germans write them."""
    if value is None or value == "":
        return ""
    if isinstance(value, bool):
        return yes_no(value)
    if isinstance(value, tuple | list):
        return ", ".join(map(str, value))
    return f"{value:%d.%m.%Y}" if hasattr(value, "strftime") else str(value)


def schedule_text(schedules: Any) -> str:
    """Hours, and below them the days on which they do not hold."""
    closed = exceptions_text(schedules)
    return "\n".join(filter(None, (hours_text(schedules), closed)))


def phone_text(one: Any) -> str:
    """The number with what it is for."""
    said = "; ".join(filter(None, (one.description, named(one.languages, LANGUAGES))))
    extension = _(" Durchwahl {number}").format(number=one.extension) if one.extension else ""
    return f"{one.number}{extension}{f' ({said})' if said else ''}"


def contact_text(one: Any) -> str:
    """Whom to ask for, and how."""
    who = ", ".join(filter(None, (one.name, one.title, one.department)))
    phones = one.phones if isinstance(one.phones, tuple) else one.phones.all()
    return " · ".join(filter(None, (who, one.email, *(phone_text(phone) for phone in phones))))


def cost_text(one: Any) -> str:
    """What it costs."""
    amount = f"{one.amount:.2f}".replace(".", ",") + f" {one.currency}" if one.amount is not None else ""
    said = " – ".join(filter(None, (amount, one.amount_description)))
    text = ": ".join(filter(None, (one.option, said)))
    until = _("bis {day}").format(day=f"{one.valid_to:%d.%m.%Y}") if one.valid_to else ""
    since = _("ab {day}").format(day=f"{one.valid_from:%d.%m.%Y}") if one.valid_from else ""
    dates = " ".join(filter(None, (since, until)))
    return f"{text} ({dates})" if dates else text


def capacity_text(one: Any) -> str:
    """How much is free, and when that was so."""
    free = _("{free} von {all} {unit} frei") if one.maximum is not None else _("{free} {unit} frei")
    text = free.format(free=one.available, all=one.maximum, unit=one.unit)
    when = _("Stand {day}").format(day=f"{localtime(one.updated_at):%d.%m.%Y}")
    return f"{text} ({when}){f', {one.description}' if one.description else ''}"


def area_text(one: Any) -> str:
    """Where it is for."""
    return f"{one.name} ({one.description})" if one.description else str(one.name)


def access_text(one: Any) -> str:
    """How one gets in."""
    word = str(ACCESS.get(one.kind, one.kind))
    return ": ".join(filter(None, (word, ", ".join(filter(None, (one.description, one.details))))))


def document_text(one: Any) -> str:
    """What to bring, and where the form lies."""
    return f"{one.document} ({one.uri})" if one.uri else str(one.document)


def place_text(one: d.PlaceData, names: Mapping[str, str]) -> str:
    """A place with what holds only there."""
    said = [names.get(one.location, one.location), one.description, schedule_text(one.schedules)]
    more = [phone_text(phone) for phone in one.phones] + [contact_text(contact) for contact in one.contacts]
    return " · ".join(filter(None, [*said, *more]))


LINES: dict[str, Any] = {
    "phones": phone_text,
    "contacts": contact_text,
    "documents": document_text,
    "costs": cost_text,
    "capacities": capacity_text,
    "funding": lambda one: one.source,
    "areas": area_text,
    "accessibility": access_text,
}


def facts(entry: Any, wanted: tuple[str, ...], names: Mapping[str, str] | None = None) -> list[Fact]:
    """The fields that say something, as lines with their label; addresses lead where they point."""
    said = texts(entry, names)
    return [Fact(label(name), said[name], _url(name, said[name])) for name in wanted if said.get(name)]


def _url(name: str, value: str) -> str:
    if name == "email":
        return f"mailto:{value}"
    return value if name in ("website", "url") and value.startswith(("http://", "https://")) else ""
