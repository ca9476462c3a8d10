"""Words of the codes that sheets and work aids carry; the codes are those of the directory."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

TARGET_GROUPS: dict[str, Any] = {
    "everybody": _("alle"),
    "families": _("Familien"),
    "children": _("Kinder"),
    "youth": _("Jugendliche"),
    "women": _("Frauen"),
    "men": _("Männer"),
    "seniors": _("Ältere Menschen"),
    "students": _("Studierende"),
    "workers": _("Beschäftigte"),
    "skilled_workers": _("Fachkräfte"),
    "refugees": _("Geflüchtete"),
    "eu_citizens": _("EU-Bürgerinnen und EU-Bürger"),
    "disabled": _("Menschen mit Behinderung"),
    "lgbtiq": _("LSBTIQ-Personen"),
    "volunteers": _("Ehrenamtliche"),
    "employers": _("Arbeitgeber"),
}
STATUSES: dict[int, Any] = {  # domain.md 9.2
    1: _("Deutsche"),
    2: _("EU, EWR, Schweiz: Freizügigkeit"),
    3: _("EU: Daueraufenthaltsrecht"),
    4: _("Familie von EU-Bürgern (Aufenthaltskarte)"),
    5: _("Visum"),
    6: _("Aufenthaltserlaubnis zur Ausbildung"),
    7: _("Aufenthaltserlaubnis zur Arbeit, Blaue Karte"),
    8: _("Aufenthaltserlaubnis humanitär (§§ 22–26)"),
    9: _("Aufenthaltserlaubnis für Familie"),
    10: _("Aufenthaltserlaubnis sonstige"),
    11: _("Niederlassungserlaubnis, Daueraufenthalt-EU"),
    12: _("Fiktionsbescheinigung"),
    13: _("Ankunftsnachweis"),
    14: _("Aufenthaltsgestattung"),
    15: _("Duldung (§ 60a)"),
    16: _("Duldung (§ 60b)"),
    17: _("Ausbildungsduldung (§ 60c)"),
    18: _("Beschäftigungsduldung (§ 60d)"),
}
LANGUAGE_WORDS: dict[str, Any] = {
    "de": _("Deutsch"),
    "ls": _("Leichte Sprache"),
    "en": _("Englisch"),
    "bg": _("Bulgarisch"),
    "ro": _("Rumänisch"),
    "pl": _("Polnisch"),
    "uk": _("Ukrainisch"),
    "tr": _("Türkisch"),
    "ar": _("Arabisch"),
    "ru": _("Russisch"),
    "fr": _("Französisch"),
    "es": _("Spanisch"),
    "fa": _("Persisch"),
    "mul": _("mehrere Sprachen"),
}
