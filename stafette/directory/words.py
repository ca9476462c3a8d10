"""The German words of the directory: languages, groups, statuses, and what each field of an entry is called."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from stafette.accounts.queries import topics

LANGUAGES: dict[str, Any] = {
    "de": gettext_lazy("Deutsch"),
    "ls": gettext_lazy("Leichte Sprache"),
    "dgs": gettext_lazy("Gebärdensprache"),
    "en": gettext_lazy("Englisch"),
    "bg": gettext_lazy("Bulgarisch"),
    "ro": gettext_lazy("Rumänisch"),
    "pl": gettext_lazy("Polnisch"),
    "uk": gettext_lazy("Ukrainisch"),
    "ru": gettext_lazy("Russisch"),
    "tr": gettext_lazy("Türkisch"),
    "ar": gettext_lazy("Arabisch"),
    "fa": gettext_lazy("Persisch (Farsi, Dari)"),
    "ku": gettext_lazy("Kurdisch"),
    "ps": gettext_lazy("Paschtu"),
    "ti": gettext_lazy("Tigrinya"),
    "so": gettext_lazy("Somali"),
    "fr": gettext_lazy("Französisch"),
    "es": gettext_lazy("Spanisch"),
    "it": gettext_lazy("Italienisch"),
    "pt": gettext_lazy("Portugiesisch"),
    "el": gettext_lazy("Griechisch"),
    "hu": gettext_lazy("Ungarisch"),
    "cs": gettext_lazy("Tschechisch"),
    "sk": gettext_lazy("Slowakisch"),
    "sq": gettext_lazy("Albanisch"),
    "sr": gettext_lazy("Serbisch"),
    "rom": gettext_lazy("Romanes"),
    "vi": gettext_lazy("Vietnamesisch"),
    "zh": gettext_lazy("Chinesisch"),
    "hi": gettext_lazy("Hindi"),
    "ur": gettext_lazy("Urdu"),
    "ka": gettext_lazy("Georgisch"),
    "hy": gettext_lazy("Armenisch"),
}
TEXT_LANGUAGES = ("ls", "en", "bg", "ro", "pl", "uk", "ru", "tr", "ar")
RIGHT_TO_LEFT = {"ar", "fa", "ku", "ps", "ur"}

TARGET_GROUPS: dict[str, Any] = {
    "everybody": gettext_lazy("alle"),
    "families": gettext_lazy("Familien"),
    "children": gettext_lazy("Kinder"),
    "youth": gettext_lazy("Jugendliche"),
    "women": gettext_lazy("Frauen"),
    "men": gettext_lazy("Männer"),
    "seniors": gettext_lazy("Ältere Menschen"),
    "students": gettext_lazy("Studierende"),
    "workers": gettext_lazy("Beschäftigte"),
    "skilled_workers": gettext_lazy("Fachkräfte"),
    "refugees": gettext_lazy("Geflüchtete"),
    "eu_citizens": gettext_lazy("EU-Bürgerinnen und EU-Bürger"),
    "disabled": gettext_lazy("Menschen mit Behinderung"),
    "lgbtiq": gettext_lazy("LSBTIQ-Personen"),
    "volunteers": gettext_lazy("Ehrenamtliche"),
    "employers": gettext_lazy("Arbeitgeber"),
}

STATUSES: dict[int, Any] = {  # domain.md 9.2; who is without papers is never asked for it
    1: gettext_lazy("Deutsche"),
    2: gettext_lazy("EU, EWR, Schweiz: Freizügigkeit"),
    3: gettext_lazy("EU: Daueraufenthaltsrecht"),
    4: gettext_lazy("Familie von EU-Bürgern (Aufenthaltskarte)"),
    5: gettext_lazy("Visum"),
    6: gettext_lazy("Aufenthaltserlaubnis zur Ausbildung"),
    7: gettext_lazy("Aufenthaltserlaubnis zur Arbeit, Blaue Karte"),
    8: gettext_lazy("Aufenthaltserlaubnis humanitär (§§ 22–26)"),
    9: gettext_lazy("Aufenthaltserlaubnis für Familie"),
    10: gettext_lazy("Aufenthaltserlaubnis sonstige"),
    11: gettext_lazy("Niederlassungserlaubnis, Daueraufenthalt-EU"),
    12: gettext_lazy("Fiktionsbescheinigung"),
    13: gettext_lazy("Ankunftsnachweis"),
    14: gettext_lazy("Aufenthaltsgestattung"),
    15: gettext_lazy("Duldung (§ 60a)"),
    16: gettext_lazy("Duldung (§ 60b)"),
    17: gettext_lazy("Ausbildungsduldung (§ 60c)"),
    18: gettext_lazy("Beschäftigungsduldung (§ 60d)"),
}

FIELDS: dict[str, Any] = {
    "code": gettext_lazy("Code"),
    "organization": gettext_lazy("Träger"),
    "name": gettext_lazy("Name"),
    "alternate_name": gettext_lazy("Auch bekannt als"),
    "summary": gettext_lazy("Wofür, in einem Satz"),
    "description": gettext_lazy("Beschreibung"),
    "status": gettext_lazy("Stand"),
    "topics": gettext_lazy("Themen"),
    "leika_keys": gettext_lazy("LeiKa-Schlüssel"),
    "languages": gettext_lazy("Sprachen"),
    "interpretation_services": gettext_lazy("Dolmetschen"),
    "target_groups": gettext_lazy("Zielgruppen"),
    "statuses": gettext_lazy("Aufenthaltsstatus"),
    "eligibility": gettext_lazy("Voraussetzungen"),
    "minimum_age": gettext_lazy("Ab Alter"),
    "maximum_age": gettext_lazy("Bis Alter"),
    "application_process": gettext_lazy("So kommt man hin"),
    "fees": gettext_lazy("Kosten in Worten"),
    "is_free": gettext_lazy("Kostenlos"),
    "accreditations": gettext_lazy("Zulassungen"),
    "email": gettext_lazy("E-Mail"),
    "website": gettext_lazy("Seite im Netz"),
    "room": gettext_lazy("Aufnahme"),
    "waiting_weeks": gettext_lazy("Wartezeit in Wochen"),
    "alert": gettext_lazy("Wichtiger Hinweis"),
    "is_public": gettext_lazy("Öffentlich zeigen"),
    "is_active": gettext_lazy("Besteht"),
    "assured_at": gettext_lazy("Bestätigt am"),
    "assured_by": gettext_lazy("Bestätigt von"),
    "confirm_days": gettext_lazy("Bestätigen alle … Tage"),
    "places": gettext_lazy("Orte"),
    "location": gettext_lazy("Ort"),
    "schedules": gettext_lazy("Zeiten"),
    "phones": gettext_lazy("Telefon"),
    "contacts": gettext_lazy("Ansprechstellen"),
    "documents": gettext_lazy("Mitbringen"),
    "costs": gettext_lazy("Kosten"),
    "capacities": gettext_lazy("Plätze"),
    "funding": gettext_lazy("Förderung"),
    "areas": gettext_lazy("Einzugsgebiet"),
    "accessibility": gettext_lazy("Barrierefreiheit"),
    "kind": gettext_lazy("Art"),
    "legal_status": gettext_lazy("Rechtsform"),
    "year_incorporated": gettext_lazy("Gegründet"),
    "language": gettext_lazy("Sprache"),
    "keeper": gettext_lazy("Gepflegt von"),
    "unit": gettext_lazy("Eigene Stelle"),
    "transportation": gettext_lazy("Haltestelle, Weg"),
    "url": gettext_lazy("Adresse im Netz"),
    "address_1": gettext_lazy("Straße und Hausnummer"),
    "address_2": gettext_lazy("Zusatz"),
    "postal_code": gettext_lazy("Postleitzahl"),
    "city": gettext_lazy("Ort"),
    "district": gettext_lazy("Stadtteil"),
    "state": gettext_lazy("Land"),
    "country": gettext_lazy("Staat"),
    "latitude": gettext_lazy("Breite"),
    "longitude": gettext_lazy("Länge"),
    "origin": gettext_lazy("Herkunft"),
    "origin_id": gettext_lazy("Nummer dort"),
    "extra": gettext_lazy("Weiteres aus der Herkunft"),
}

SOURCES: dict[str, Any] = {
    "desk": gettext_lazy("von Hand"),
    "provider": gettext_lazy("Vorschlag des Trägers"),
    "import": gettext_lazy("aus einer Datei"),
    "blueprint": gettext_lazy("aus der Blaupause"),
}


def topic_words() -> dict[str, str]:
    """The German word of each topic."""
    return dict(topics().values_list("code", "label"))


def named(codes: Any, words: Mapping[Any, Any]) -> str:
    """Codes as words; an unknown one stands for itself."""
    return ", ".join(str(words.get(one, one)) for one in codes)


def yes_no(value: bool | None) -> str:
    """Ja, nein, or nothing where nobody knows."""
    return "" if value is None else _("ja") if value else _("nein")
