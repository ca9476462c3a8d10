"""The columns: what each is called, how a service says it in a cell, and how a cell is read.

A cell that says the same as the entry changes nothing, so that an exported table that comes back leaves all as it was,
also what no cell can say (identifiers, rules for single months, what a foreign file said besides).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from stafette.directory import data as d
from stafette.directory.hours import (
    exceptions_text,
    hours_text,
    parse_exceptions,
    parse_hours,
    with_exceptions,
)
from stafette.directory.showing import CHOICES
from stafette.directory.words import LANGUAGES, STATUSES, TARGET_GROUPS, topic_words
from stafette.kernel.clock import today

YES, NO = {"ja", "j", "x", "1", "wahr", "true", "yes"}, {"nein", "n", "0", "falsch", "false", "no"}


class Unreadable(ValueError):
    """A cell says something that cannot be used; the text tells what to write instead."""


@dataclass(frozen=True)
class Names:
    """What codes are called, read once per table."""

    topics: Mapping[str, str] = field(default_factory=topic_words)
    organizations: Mapping[str, str] = field(default_factory=dict)
    places: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Column:
    """`write` makes the cell of an entry, `read` gives the values of a cell; `others` are further headings."""

    heading: str
    write: Callable[[d.ServiceData, Names], str]
    read: Callable[[str, d.ServiceData, Names], dict[str, Any]]
    others: tuple[str, ...] = ()


def pieces(cell: str) -> list[str]:
    """Several values in one cell, kept apart by a semicolon or a line end."""
    return [one for one in (part.strip() for part in re.split(r"[;\n]", cell)) if one]


def one_cell(value: str) -> str:
    """A value that stands among others in a cell."""
    return " ".join(value.replace(";", ",").split())


def _text(name: str, heading: str, *others: str) -> Column:
    def write(entry: d.ServiceData, _names: Names) -> str:
        return str(getattr(entry, name))

    return Column(heading, write, lambda cell, _entry, _names: {name: cell}, others)


def _number(name: str, heading: str, *others: str) -> Column:
    def read(cell: str, entry: d.ServiceData, _names: Names) -> dict[str, Any]:
        if cell and not cell.isdigit():
            raise Unreadable(_("„{cell}“ ist keine ganze Zahl.").format(cell=cell))
        empty = entry.confirm_days if name == "confirm_days" else None
        return {name: int(cell) if cell else empty}

    def write(entry: d.ServiceData, _names: Names) -> str:
        value = getattr(entry, name)
        return "" if value is None else str(value)

    return Column(heading, write, read, others)


def _yes_no(name: str, heading: str, *others: str) -> Column:
    def read(cell: str, entry: d.ServiceData, _names: Names) -> dict[str, Any]:
        word = cell.casefold()
        if word and word not in YES | NO:
            raise Unreadable(_("„{cell}“: Schreiben Sie ja oder nein.").format(cell=cell))
        empty = None if name == "is_free" else getattr(entry, name)
        return {name: word in YES if word else empty}

    def write(entry: d.ServiceData, _names: Names) -> str:
        value = getattr(entry, name)
        return "" if value is None else "ja" if value else "nein"

    return Column(heading, write, read, others)


def _codes(name: str, heading: str, words: Callable[[Names], Mapping[Any, Any]], *others: str) -> Column:
    def write(entry: d.ServiceData, names: Names) -> str:
        known = words(names)
        return "; ".join(one_cell(str(known.get(code, code))) for code in getattr(entry, name))

    def read(cell: str, entry: d.ServiceData, names: Names) -> dict[str, Any]:
        known = words(names)
        by_word = {one_cell(str(word)).casefold(): code for code, word in known.items()}
        by_word |= {str(code).casefold(): code for code in (*known, *getattr(entry, name))}
        return {name: tuple(dict.fromkeys(_code(one, by_word) for one in pieces(cell.replace(",", ";"))))}

    def careful(cell: str, entry: d.ServiceData, names: Names) -> dict[str, Any]:
        """Words may hold commas themselves: first by semicolons only."""
        try:
            by_word = {one_cell(str(word)).casefold(): code for code, word in words(names).items()}
            return {name: tuple(dict.fromkeys(by_word[one_cell(one).casefold()] for one in pieces(cell)))}
        except KeyError:
            return read(cell, entry, names)

    return Column(heading, write, careful, others)


def _code(text: str, by_word: Mapping[str, Any]) -> Any:
    found = by_word.get(text.casefold())
    if found is None:
        near = [word for word in by_word if word.startswith(text.casefold()[:4]) and len(word) > 2]
        hint = _(" Meinen Sie „{word}“?").format(word=near[0]) if near else ""
        raise Unreadable(_("„{text}“ ist nicht bekannt.").format(text=text) + hint)
    return found


def _choice(name: str, heading: str, *others: str) -> Column:
    def read(cell: str, entry: d.ServiceData, _names: Names) -> dict[str, Any]:
        if not cell:
            return {name: getattr(entry, name)}
        by_word = {str(word).casefold(): code for code, word in CHOICES[name].items()}
        return {name: _code(cell, by_word | {code: code for code in CHOICES[name]})}

    return Column(heading, lambda entry, _names: str(CHOICES[name][getattr(entry, name)]), read, others)


def _rows(name: str, heading: str, key: str, make: Callable[[str], Any], *others: str) -> Column:
    """Details that are one text each; a row that stays keeps what no cell says."""

    def write(entry: d.ServiceData, _names: Names) -> str:
        return "; ".join(one_cell(getattr(one, key)) for one in getattr(entry, name))

    def read(cell: str, entry: d.ServiceData, _names: Names) -> dict[str, Any]:
        known = {one_cell(getattr(one, key)): one for one in getattr(entry, name)}
        return {name: tuple(known.get(one_cell(one)) or make(one) for one in pieces(cell))}

    return Column(heading, write, read, others)


def _phone(one: d.PhoneData) -> str:
    return one_cell(f"{one.number} ({one.description})" if one.description else one.number)


def _write_phones(entry: d.ServiceData, _names: Names) -> str:
    return "; ".join(map(_phone, entry.phones))


def _read_phones(cell: str, entry: d.ServiceData, _names: Names) -> dict[str, Any]:
    known = {_phone(one): one for one in entry.phones}
    found = []
    for text in pieces(cell):
        parts = re.fullmatch(r"(\+?[\d\s()/.\-–]*\d)\s*(?:\((.*)\))?", text)
        if one_cell(text) not in known and parts is None:
            raise Unreadable(
                _("„{text}“ ist keine Rufnummer. Beispiel: 0341 23125 001 (Anmeldung)").format(text=text)
            )
        found.append(
            known.get(one_cell(text)) or d.PhoneData(number=parts[1], description=parts[2] or "")  # type: ignore[index]
        )
    return {"phones": tuple(found)}


def _read_hours(cell: str, entry: d.ServiceData, _names: Names) -> dict[str, Any]:
    exceptions, _wrong = parse_exceptions(exceptions_text(entry.schedules), today())
    return {"schedules": with_exceptions(parse_hours(cell), exceptions)}


def _write_exceptions(entry: d.ServiceData, _names: Names) -> str:
    return "; ".join(exceptions_text(entry.schedules).splitlines())


def _read_exceptions(cell: str, entry: d.ServiceData, _names: Names) -> dict[str, Any]:
    found, wrong = parse_exceptions(cell, today())
    if wrong:
        example = _("„{line}“ ist nicht lesbar. Beispiel: 24.12.–01.01. geschlossen")
        raise Unreadable(example.format(line=wrong[0]))
    return {"schedules": with_exceptions(entry.schedules or (d.ScheduleData(),), found)}


def _read_day(cell: str, _entry: d.ServiceData, _names: Names) -> dict[str, Any]:
    parts = re.fullmatch(r"(\d{1,2})\.(\d{1,2})\.(\d{4})", cell)
    iso = re.fullmatch(r"(\d{4})-(\d{2})-(\d{2})", cell)
    try:
        if parts:
            return {"assured_at": date(int(parts[3]), int(parts[2]), int(parts[1]))}
        if iso:
            return {"assured_at": date(int(iso[1]), int(iso[2]), int(iso[3]))}
    except ValueError:
        pass
    if cell:
        raise Unreadable(_("„{cell}“ ist kein Tag. Beispiel: 31.12.2026").format(cell=cell))
    return {"assured_at": None}


def _read_keys(cell: str, _entry: d.ServiceData, _names: Names) -> dict[str, Any]:
    keys = tuple(re.split(r"[;,\s]+", cell)) if cell else ()
    if wrong := next((key for key in keys if not re.fullmatch(r"\d{14}", key)), None):
        raise Unreadable(_("„{key}“ hat keine 14 Ziffern.").format(key=wrong))
    return {"leika_keys": keys}


CODE = Column("Code", lambda entry, _names: entry.code, lambda _cell, _entry, _names: {}, ("Schlüssel", "ID"))
PROVIDER = Column(
    "Träger",
    lambda entry, names: names.organizations.get(entry.organization, entry.organization),
    lambda _cell, _entry, _names: {},
    ("Organisation", "Anbieter", "Einrichtung", "Institution", "Verein"),
)
PLACES = Column(
    "Orte",
    lambda entry, names: "; ".join(
        one_cell(names.places.get(one.location, one.location)) for one in entry.places
    ),
    lambda _cell, _entry, _names: {},
    ("Anschrift", "Adresse", "Standort", "Standorte", "Wo"),
)
STREET = ("Straße", "Strasse", "Straße und Hausnummer", "Straße, Hausnummer", "Straße Nr")
POSTAL_CODE = ("PLZ", "Postleitzahl")
CITY = ("Ort", "Stadt")
COLUMNS: tuple[Column, ...] = (
    CODE,
    _text("name", "Name", "Angebot", "Titel", "Bezeichnung", "Name des Angebots"),
    PROVIDER,
    _text("summary", "Wofür", "Kurzbeschreibung", "Kurztext", "Zweck"),
    _text("description", "Beschreibung", "Inhalt", "Erläuterung"),
    _text("alternate_name", "Auch bekannt als", "Kurzname", "Abkürzung"),
    _codes("topics", "Themen", lambda names: names.topics, "Thema", "Kategorie", "Kategorien"),
    _codes("languages", "Sprachen", lambda _names: LANGUAGES, "Sprache", "Beratungssprachen"),
    _text("interpretation_services", "Dolmetschen", "Dolmetscher", "Sprachmittlung"),
    _codes("target_groups", "Zielgruppen", lambda _names: TARGET_GROUPS, "Zielgruppe", "Für wen"),
    _codes("statuses", "Aufenthaltsstatus", lambda _names: STATUSES),
    _text("eligibility", "Voraussetzungen", "Bedingungen"),
    _number("minimum_age", "Ab Alter", "Mindestalter", "Alter ab"),
    _number("maximum_age", "Bis Alter", "Höchstalter", "Alter bis"),
    _text("application_process", "So kommt man hin", "Anmeldung", "Zugang"),
    _yes_no("is_free", "Kostenlos", "Kostenfrei"),
    _text("fees", "Kosten", "Kosten in Worten", "Gebühren", "Preis"),
    Column("Telefon", _write_phones, _read_phones, ("Tel", "Telefonnummer", "Rufnummer", "Fon")),
    _text("email", "E-Mail", "Mail", "E-Mail-Adresse"),
    _text("website", "Seite im Netz", "Website", "Webseite", "Homepage", "Internet", "URL"),
    PLACES,
    Column(
        "Zeiten", lambda entry, _names: hours_text(entry.schedules), _read_hours,
        ("Öffnungszeiten", "Sprechzeiten", "Wann"),
    ),
    Column("Ausnahmen", _write_exceptions, _read_exceptions, ("Schließtage", "Geschlossen")),
    _rows("documents", "Mitbringen", "document", lambda text: d.DocumentData(document=text), "Unterlagen"),
    _rows("areas", "Einzugsgebiet", "name", lambda text: d.AreaData(name=text), "Gebiet", "Stadtteile"),
    _rows("funding", "Förderung", "source", lambda text: d.FundingData(source=text), "Finanzierung"),
    _choice("room", "Aufnahme", "Kapazität"),
    _number("waiting_weeks", "Wartezeit in Wochen", "Wartezeit"),
    _text("alert", "Wichtiger Hinweis", "Hinweis"),
    _text("accreditations", "Zulassungen", "Zulassung"),
    Column("LeiKa-Schlüssel", lambda entry, _names: "; ".join(entry.leika_keys), _read_keys, ("LeiKa",)),
    _yes_no("is_public", "Öffentlich", "Öffentlich zeigen"),
    _choice("status", "Stand", "Status"),
    Column(
        "Bestätigt am", lambda entry, _names: f"{entry.assured_at:%d.%m.%Y}" if entry.assured_at else "", _read_day,
        ("Stand vom", "Geprüft am"),
    ),
    _text("assured_by", "Bestätigt von", "Geprüft von"),
    _number("confirm_days", "Bestätigen alle Tage", "Rhythmus in Tagen"),
)  # fmt: skip
