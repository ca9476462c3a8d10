"""Data protection impact assessment (Art. 35 GDPR): a template in which measures name what proves them."""

from __future__ import annotations

from datetime import date

from stafette.accounts.models import Unit
from stafette.kernel.rules.deadline_rules import retention_classes
from stafette.protection.flow import flow_rules
from stafette.reports.configured import activities_of, as_of, kinds, officers_of
from stafette.reports.measures import measures
from stafette.reports.paper import Paper
from stafette.reports.rules import Risk, risks
from stafette.web.sheets import Bullets, Fields, Section, Signatures, Table, Text

WHY = (
    "schutzbedürftige Menschen (Neuzugewanderte, Kinder, Menschen in Not)",
    "besondere Kategorien von Daten können vorkommen (Art. 9 DSGVO)",
    "Angaben mehrerer Stellen werden zusammengeführt, auch über Behördengrenzen",
)
NEEDED = (
    "Zweck: Familien kommen bei der richtigen Hilfe an, ohne alles mehrfach zu erzählen.",
    "Erforderlich: Weitergegeben wird je Fall nur, was eine Flussregel oder die Einwilligung erlaubt.",
    "Milderes Mittel geprüft: Der Zettel mit der Adresse bleibt möglich (Verweis ohne Daten).",
    "Keine Bewertung von Menschen: Es gibt keinen Punktwert und keine Rangfolge von Personen (T18).",
)


def assessment(unit: Unit, on: date) -> Paper:
    """Fill in what the program knows; the town's own judgement stays to be written."""
    found = [one for one in risks() if one.head.holds_on(on)]
    sections = [
        Section("Warum eine Folgenabschätzung", [Bullets(WHY)]),
        Section("Was verarbeitet wird", [Fields(_figures(unit, on))]),
        Section("Notwendigkeit und Verhältnismäßigkeit", [Bullets(NEEDED)]),
        Section(
            "Risiken und Maßnahmen",
            [
                Table(
                    ("Risiko", "vorher", "Maßnahme", "Beleg", "nachher", "bleibt zu tun"),
                    [_row(one) for one in found],
                    (3, 1, 4, 4, 1, 3),
                ),
                Text("„vorher“ und „nachher“ sind Vorschläge; die Stelle bewertet selbst."),
            ],
        ),
        Section(
            "Technische und organisatorische Maßnahmen",
            [
                Table(
                    ("Ziel", "Maßnahme", "Stand", "zu sehen in"),
                    [(m.goal, m.measure, m.state, m.seen) for m in measures()],
                )
            ],
        ),
        Section(
            "Ergebnis",
            [
                Fields(
                    [
                        ("Stellungnahme der Datenschutzbeauftragten", ""),
                        ("Sicht der Betroffenen (Art. 35 Abs. 9)", ""),
                        ("Restrisiko", ""),
                        ("nächste Überprüfung", ""),
                    ]
                ),
                Signatures(["Leitung der Stelle", "Datenschutzbeauftragte"]),
            ],
        ),
    ]
    lead = "Vorlage, aus den Einstellungen des Programms gefüllt. Jede Maßnahme nennt die Prüfung, die sie belegt."
    return Paper(
        "folgenabschaetzung",
        "Datenschutz-Folgenabschätzung (Art. 35 DSGVO)",
        f"{unit.authority.name}, {unit.name}",
        lead,
        sections,
        as_of(on),
    )


def _figures(unit: Unit, on: date) -> list[tuple[str, str]]:
    done = activities_of(unit, on)
    held = [kind for _activity, several in done for kind in several]
    sensitive = sum(len(kind.sensitive) for kind in held)
    running = [rule for rule in flow_rules() if rule.head.holds_on(on)]
    forbidden = sum(rule.mode == "forbidden" for rule in running)
    officers = ", ".join(one.name for one in officers_of(unit))
    return [
        ("Tätigkeiten", "; ".join(activity.name for activity, _held in done)),
        ("Datentypen mit Angaben zu Personen", f"{len(held)} von {len(kinds())}"),
        ("Felder mit besonderem Schutz", str(sensitive)),
        ("Flussregeln", f"{len(running)}, davon {forbidden} Verbote"),
        ("Löschklassen", ", ".join(retention_classes())),
        ("Beteiligt", officers),
    ]


def _row(risk: Risk) -> tuple[str, ...]:
    proof = [*risk.proof, *risk.settings]
    return risk.risk, risk.before, risk.measure, "\n".join(proof), risk.after, risk.rest or "–"
