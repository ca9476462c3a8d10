"""Record of processing activities (Art. 30 GDPR), one per controlling unit."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from stafette.accounts.models import Unit
from stafette.oversight.supervision import authority_of
from stafette.protection.data import Mode
from stafette.protection.words import category_words
from stafette.reports.configured import (
    Kind,
    activities_of,
    as_of,
    begins,
    classes_of,
    flows_of,
    officers_of,
    operators,
    period,
    receivers,
)
from stafette.reports.measures import measures, subprocessors
from stafette.reports.paper import Paper
from stafette.reports.rules import Activity, land_law, processors
from stafette.web.sheets import Fields, Section, Table, Text

THIRD_COUNTRIES = "keine; alle Daten bleiben auf dem Server des Betriebs"
COLUMNS = (
    "Tätigkeit",
    "Zwecke",
    "Rechtsgrundlage",
    "Betroffene",
    "Datenkategorien",
    "Löschfristen",
    "Status",
)


def record_of_processing(unit: Unit, on: date) -> Paper:
    """Write down what the unit processes, why, for how long, who receives it, and how it is protected."""
    done = activities_of(unit, on)
    sections = [
        Section("Verantwortliche Stelle", [Fields(_responsible(unit, on))]),
        Section("Tätigkeiten", [Table(COLUMNS, [_row(*one) for one in done], (3, 3, 3, 2, 3, 2, 1))]),
        Section(
            "Empfänger", [Table(("Regel", "Empfänger", "Grundlage", "Daten"), _flows(unit, on), (1, 3, 2, 4))]
        ),
        Section(
            "Auftragsverarbeiter und Drittländer",
            [
                Table(("Wer", "Wofür", "Grundlage"), _processors(on)),
                Text(f"Übermittlung in Drittländer: {THIRD_COUNTRIES}."),
            ],
        ),
        Section(
            "Löschfristen im Einzelnen",
            [Table(("Klasse", "Daten", "Frist", "Beginn", "Quelle", "Status"), _periods(done))],
        ),
        Section(
            "Technische und organisatorische Maßnahmen (Art. 32 DSGVO)",
            [
                Table(
                    ("Ziel", "Maßnahme", "Stand"), [(one.goal, one.measure, one.state) for one in measures()]
                )
            ],
        ),
        Section(
            "Verzeichnis der Felder",
            [
                Table(
                    ("Datentyp", "Felder zu Personen", "besonders geschützt", "Klasse", "Beginn"),
                    _fields(done),
                )
            ],
        ),
    ]
    lead = (
        "Aus den Einstellungen des Programms erzeugt. Zwecke, Felder, Fristen und Wege stehen so im Programm."
    )
    return Paper(
        "verzeichnis",
        "Verzeichnis von Verarbeitungstätigkeiten (Art. 30 DSGVO)",
        f"{unit.authority.name}, {unit.name}",
        lead,
        sections,
        as_of(on),
    )


def _responsible(unit: Unit, on: date) -> list[tuple[str, str]]:
    law = land_law(unit.authority.land, on)
    officers = "; ".join(
        " · ".join(filter(None, (one.name, one.phone, one.email))) for one in officers_of(unit)
    )
    return [
        ("Stelle", f"{unit.name} (funktional verantwortlich, § 67 Abs. 4 Satz 2 SGB X)"),
        ("Behörde", unit.authority.name),
        ("Erreichbar", " · ".join(filter(None, (unit.place, unit.phone, unit.email)))),
        ("Aufgaben", "; ".join(unit.tasks)),
        ("Datenschutzbeauftragte", officers),
        ("Datenschutzgesetz", f"{law.law} ({law.head.status.label})"),
        ("Aufsicht", authority_of(unit.authority.land)),
    ]


def _row(activity: Activity, held: list[Kind]) -> tuple[str, ...]:
    purposes = list(dict.fromkeys(kind.purpose for kind in held))
    periods = [f"{rule.code}: {period(rule)}" for rule in classes_of(held)]
    return (
        activity.name,
        "; ".join(purposes),
        activity.basis,
        "; ".join(activity.people),
        "; ".join(activity.data),
        "; ".join(periods),
        activity.head.status.label,
    )


def _flows(unit: Unit, on: date) -> list[tuple[str, ...]]:
    rows: list[tuple[str, ...]] = []
    for rule in flows_of(unit, on):
        free, consented = category_words(rule.categories), category_words(rule.consent_categories)
        parts = [free, f"mit Einwilligung: {consented}" if consented else ""]
        data = "nichts" if rule.mode is Mode.FORBIDDEN else "; ".join(filter(None, parts)) or "nur Zahlen"
        rows.append((rule.id, receivers(rule), f"{rule.mode.label}: {rule.norm}", data))
    return rows


def _processors(on: date) -> list[tuple[str, str, str]]:
    service = next((one for one in processors() if one.head.holds_on(on)), None)
    if service is None:
        return []
    own = [(f"{one.name}, {one.authority.name}", service.service, service.basis) for one in operators()]
    return [*own, *((name, "Unterauftragsverarbeitung", service.basis) for name in subprocessors())]


def _periods(done: Iterable[tuple[Activity, list[Kind]]]) -> list[tuple[str, ...]]:
    found = classes_of(kind for _activity, held in done for kind in held)
    return [
        (rule.code, rule.data, period(rule), rule.start_event, str(rule.head.source), rule.head.status.label)
        for rule in found
    ]


def _fields(done: Iterable[tuple[Activity, list[Kind]]]) -> list[tuple[str, ...]]:
    held = [kind for _activity, several in done for kind in several]
    return [
        (
            kind.label,
            ", ".join(kind.personal) or "–",
            ", ".join(kind.sensitive) or "–",
            kind.retention,
            begins(kind),
        )
        for kind in held
    ]
