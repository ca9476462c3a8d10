"""From the small form of a provider to a whole entry that editors can compare with what stands there."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import override

from stafette.directory import data as d
from stafette.directory.hours import parse_hours
from stafette.directory.plain import to_plain
from stafette.kernel.clock import today

SIMPLE = ("email", "website", "fees", "description", "languages")
MOST_NOTE = 400


def changed_entry(entry: d.ServiceData, changes: dict[str, Any]) -> tuple[dict[str, Any], str]:
    """Return the entry as the provider wants it, and a note with what has no field here.

    `changes` holds the fields that were changed, and nothing else. Numbers and hours go to where they stand: at the
    first place of the service, or at the service. A new address is for the editors: a place may belong to several.
    What a provider looked at counts as confirmed when an editor takes it over.
    """
    plain = {name: changes[name] for name in SIMPLE if name in changes}
    entry = replace(entry, **plain, assured_at=today(), assured_by=provider_word())
    if "documents" in changes:
        entry = replace(entry, documents=_documents(entry, changes["documents"]))
    if "phone" in changes:
        entry = _with_phone(entry, changes["phone"])
    if "hours" in changes:
        entry = _with_hours(entry, changes["hours"])
    return to_plain(entry), _note(changes)


def new_entry(organization: str, values: dict[str, Any]) -> tuple[dict[str, Any], str]:
    """Return a service that is to be added, whole, and the note with its address."""
    entry = d.ServiceData(code="", organization=organization, name=values["name"], summary=values["summary"])
    return changed_entry(entry, {name: value for name, value in values.items() if value})


def ended_entry(entry: d.ServiceData) -> dict[str, Any]:
    """The entry as one that is no more."""
    return to_plain(replace(entry, status="defunct"))


def provider_word() -> str:
    """How a confirmation by a provider is called in the entry, whatever language the page had."""
    with override("de"):
        return _("Träger")


def _documents(entry: d.ServiceData, lines: list[str]) -> tuple[d.DocumentData, ...]:
    known = {one.document: one for one in entry.documents}
    return tuple(known.get(line) or d.DocumentData(document=line) for line in lines)


def _with_phone(entry: d.ServiceData, number: str) -> d.ServiceData:
    place = entry.places[0] if entry.places else None
    if place is not None and place.phones:
        return replace(entry, places=(replace(place, phones=_first(place.phones, number)), *entry.places[1:]))
    return replace(entry, phones=_first(entry.phones, number))


def _first(phones: tuple[d.PhoneData, ...], number: str) -> tuple[d.PhoneData, ...]:
    rest = phones[1:]
    if not number:
        return rest
    return (replace(phones[0], number=number) if phones else d.PhoneData(number=number, kind="voice"), *rest)


def _with_hours(entry: d.ServiceData, text: str) -> d.ServiceData:
    place = entry.places[0] if entry.places else None
    hours = parse_hours(text)
    if place is not None and place.schedules:
        return replace(entry, places=(replace(place, schedules=hours), *entry.places[1:]))
    return replace(entry, schedules=hours)


def _note(changes: dict[str, Any]) -> str:
    lines = []
    with override("de"):
        if changes.get("address"):
            lines.append(_("Neue Anschrift: {address}").format(address=changes["address"]))
    if changes.get("note"):
        lines.append(changes["note"])
    return "\n".join(lines)[:MOST_NOTE]
