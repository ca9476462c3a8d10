"""What the page of an entry shows: its plain value in parts, each a heading and lines."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from stafette.directory import data as d
from stafette.directory.models import Location, Organization, Service, ServiceText
from stafette.directory.reading import location_data, organization_data, service_data
from stafette.directory.showing import (
    Fact,
    access_text,
    contact_text,
    facts,
    phone_text,
    schedule_text,
)
from stafette.directory.words import LANGUAGES, TEXT_LANGUAGES, yes_no


@dataclass(frozen=True)
class Part:
    """A card of the page."""

    title: str
    facts: list[Fact]


@dataclass(frozen=True)
class PlaceView:
    """A place of a service, with what one must know to go there."""

    code: str
    name: str
    address: str
    facts: list[Fact]


@dataclass(frozen=True)
class TextView:
    """The words in one language: missing, draft, approved or outdated."""

    language: str
    name: str
    state: str
    word: str


@dataclass(frozen=True)
class EntryPage:
    """An entry with its parts; `row` is what templates link and ask for days."""

    row: Any
    parts: list[Part]
    places: list[PlaceView]
    texts: list[TextView]


def service_page(row: Service) -> EntryPage:
    """A service for the eyes of whoever advises."""
    entry = service_data(row)
    parts = [
        Part(
            _("Worum es geht"),
            facts(entry, ("description", "topics", "application_process", "alternate_name")),
        ),
        Part(_("Wann"), facts(entry, ("schedules",))),
        Part(_("Kontakt"), _contact(row, entry)),
        Part(_("Sprachen"), facts(entry, ("languages", "interpretation_services"))),
        Part(_("Für wen"), _for_whom(entry)),
        Part(_("Kosten und Unterlagen"), _costs(entry)),
        Part(_("Plätze"), facts(entry, ("capacities", "waiting_weeks"))),
        Part(_("Weiteres"), facts(entry, ("funding", "accreditations", "leika_keys", "origin"))),
    ]
    return EntryPage(row, [one for one in parts if one.facts], _places(row, entry), text_views(row))


def organization_page(row: Organization) -> EntryPage:
    """A provider."""
    entry = organization_data(row)
    names = {unit.code: unit.name for unit in (row.keeper, row.unit) if unit}
    parts = [
        Part(_("Wer es ist"), facts(entry, ("kind", "description", "alternate_name", "legal_status",
                                            "year_incorporated"))),
        Part(_("Kontakt"), facts(entry, ("phones", "email", "website", "contacts"))),
        Part(_("Weiteres"), [
            *(Fact(one.label, names.get(one.value, one.value)) for one in facts(entry, ("keeper", "unit"))),
            *facts(entry, ("funding", "origin")),
        ]),
    ]  # fmt: skip
    return EntryPage(row, [one for one in parts if one.facts], [], [])


def location_page(row: Location) -> EntryPage:
    """A place."""
    entry = location_data(row)
    parts = [
        Part(_("Wo"), [
            *([Fact(_("Anschrift"), row.address)] if row.address else []),
            *facts(entry, ("district", "transportation", "description", "url", "kind")),
        ]),
        Part(_("Wann geöffnet ist"), facts(entry, ("schedules",))),
        Part(_("Kontakt"), facts(entry, ("phones", "contacts"))),
        Part(_("Hineinkommen"), facts(entry, ("accessibility", "languages"))),
    ]  # fmt: skip
    return EntryPage(row, [one for one in parts if one.facts], [], [])


def _contact(row: Service, entry: d.ServiceData) -> list[Fact]:
    """The service's own numbers, or else those of its provider, which are then said to be such."""
    own = facts(entry, ("phones", "email", "website", "contacts"))
    if entry.phones:
        return own
    phones = "\n".join(phone_text(one) for one in row.organization.phones.all())
    return [*([Fact(_("Telefon des Trägers"), phones)] if phones else []), *own]


def _for_whom(entry: d.ServiceData) -> list[Fact]:
    found = facts(entry, ("target_groups", "statuses", "minimum_age", "maximum_age", "eligibility", "areas"))
    said = {one.label for one in found}
    everybody = not (entry.target_groups or entry.statuses)
    return (
        [Fact(_("Zielgruppen"), _("alle")), *found] if everybody and _("Zielgruppen") not in said else found
    )


def _costs(entry: d.ServiceData) -> list[Fact]:
    free = [Fact(_("Kostenlos"), yes_no(entry.is_free))] if entry.is_free is not None else []
    return [*free, *facts(entry, ("fees", "costs", "documents"))]


def _places(row: Service, entry: d.ServiceData) -> list[PlaceView]:
    """Each place with its own hours, or else those of the house."""
    by_code = {one.location.code: one.location for one in row.places.all()}
    return [_place(by_code[one.location], one) for one in entry.places]


def _place(location: Location, place: d.PlaceData) -> PlaceView:
    house = location_data(location)
    own, theirs = schedule_text(place.schedules), schedule_text(house.schedules)
    phones = place.phones or house.phones
    lines = [
        (_("Hinweis"), place.description),
        (_("Zeiten an diesem Ort"), own),
        (_("Zeiten des Hauses"), "" if own else theirs),
        (_("Telefon"), "\n".join(map(phone_text, phones))),
        (_("Ansprechstellen"), "\n".join(map(contact_text, place.contacts))),
        (_("Haltestelle, Weg"), location.transportation),
        (_("Barrierefreiheit"), "\n".join(map(access_text, house.accessibility))),
    ]
    return PlaceView(
        location.code, str(location), location.address, [Fact(title, text) for title, text in lines if text]
    )


def text_views(row: Service) -> list[TextView]:
    """How it stands with the words in each language."""
    known = {one.language: one for one in row.texts.all()}
    return [_text(row, code, known.get(code)) for code in TEXT_LANGUAGES]


def _text(row: Service, code: str, text: ServiceText | None) -> TextView:
    name = str(LANGUAGES[code])
    if text is None:
        return TextView(code, name, "missing", _("fehlt"))
    if text.made_for != row.german_digest:
        return TextView(code, name, "outdated", _("veraltet"))
    return TextView(code, name, text.state, str(text.get_state_display()))
