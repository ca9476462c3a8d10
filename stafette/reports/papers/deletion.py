"""Deletion concept (DIN 66398): every kind of data with class, start, period and source; how deletion goes about it."""

from __future__ import annotations

from datetime import date

from stafette.accounts.models import Town
from stafette.kernel.rules.deadline_rules import retention_classes
from stafette.reports.configured import as_of, begins, kinds, period
from stafette.reports.paper import Paper
from stafette.reports.rules import purge_limits
from stafette.web.sheets import Bullets, Section, Table, Text

STEPS = (
    "Jede Nacht wird für jeden Datensatz der Tag errechnet, an dem er gehen muss: Beginn + Frist seiner Löschklasse.",
    "Vorher wird der Stelle die Liste angekündigt. Aufhalten geht nur mit Grund und Ende.",
    "Zuerst werden Zahlen ohne Personenbezug geschrieben, dann werden Datensätze und ihre Anhängsel gelöscht.",
    "Zurück bleibt eine Löschmarke ohne Namen. Eine eingespielte Sicherung wird damit nachgelöscht.",
    "Der Bericht zeigt je Klasse: fällig, gelöscht, aufgehalten, überfällig. Ziel: überfällig = 0.",
    "Vor dem Löschen wird dem Archiv angeboten, was das Archivgesetz des Landes verlangt (Sperre mit Grund).",
)


def deletion(on: date) -> Paper:
    """Write the concept for the whole installation: the periods are the same for all units."""
    everything = kinds()
    classes = retention_classes()
    by_class: dict[str, list[str]] = {}
    for kind in everything:
        by_class.setdefault(kind.retention, []).append(kind.label)
    rules = [
        (
            rule.code,
            rule.data,
            rule.start_event,
            period(rule),
            "ja" if rule.is_held_here else "nein: gehört nicht in Stafette",
            f"{rule.head.source} ({rule.head.status.label})",
            rule.head.note,
        )
        for rule in classes.values()
    ]
    rows = [(k.label, k.purpose, k.retention or "–", _period_of(k.retention), begins(k)) for k in everything]
    limits = [
        (one.label, f"{one.count} {one.word}", f"{one.head.source} ({one.head.status.label})")
        for one in purge_limits()
    ]
    town = Town.objects.first()
    sections = [
        Section("So wird gelöscht", [Bullets(STEPS), Table(("Wert", "Dauer", "Quelle"), limits)]),
        Section(
            "Löschklassen",
            [
                Table(
                    ("Klasse", "Daten", "Beginn", "Frist", "in Stafette", "Quelle", "Hinweis"),
                    rules,
                    (1, 3, 3, 2, 2, 3, 3),
                )
            ],
        ),
        Section(
            "Datentypen",
            [
                Table(("Datentyp", "Zweck", "Klasse", "Frist", "Beginn"), rows, (3, 4, 1, 2, 4)),
                Text(f"{len(everything)} Datentypen, {len([c for c in by_class if c])} Klassen in Gebrauch."),
            ],
        ),
    ]
    return Paper(
        "loeschkonzept",
        "Löschkonzept nach DIN 66398",
        town.name if town else "",
        "Aus dem Programm erzeugt: jeder Datentyp nennt selbst Klasse und Beginn seiner Frist.",
        sections,
        as_of(on),
    )


def _period_of(code: str) -> str:
    rule = retention_classes().get(code)
    return period(rule) if rule else "–"
