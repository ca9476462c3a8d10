"""Terms for the processor (Art. 28 GDPR, § 80 SGB X): a template with the town's data and the measures that run."""

from __future__ import annotations

import tomllib
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from stafette.accounts.models import Unit
from stafette.oversight.supervision import authority_of
from stafette.reports.configured import activities_of, as_of, officers_of, operators
from stafette.reports.measures import measures, subprocessors
from stafette.reports.paper import Paper
from stafette.web.sheets import Bullets, Fields, Section, Signatures, Table, Text

FILE = Path(__file__).parents[1] / "texts" / "contract.toml"


@cache
def _terms() -> dict[str, Any]:
    return tomllib.loads(FILE.read_text(encoding="utf-8"))


def contract(unit: Unit, on: date) -> Paper:
    """Fill the terms in for one controlling unit and those who run the program."""
    done = activities_of(unit, on)
    runs = operators()
    parties = [
        ("Verantwortliche Stelle", f"{unit.name}, {unit.authority.name}"),
        ("Auftragsverarbeiter", "; ".join(f"{one.name}, {one.authority.name}" for one in runs)),
        ("Datenschutzbeauftragte", ", ".join(one.name for one in officers_of(unit))),
        ("Aufsicht", authority_of(unit.authority.land)),
        ("Anzeige nach § 80 Abs. 1 SGB X am", ""),
    ]
    subject = [
        ("Gegenstand", "; ".join(activity.name for activity, _held in done)),
        ("Betroffene", "; ".join(dict.fromkeys(one for activity, _held in done for one in activity.people))),
        ("Daten", "; ".join(dict.fromkeys(one for activity, _held in done for one in activity.data))),
        ("Dauer", "solange das Programm betrieben wird"),
        ("Ort", "Deutschland; kein Drittland"),
    ]
    names = subprocessors() or ["keine"]
    sections = [
        Section("Vertragsparteien", [Fields(parties)]),
        Section("Gegenstand und Umfang", [Fields(subject)]),
        *(Section(part["heading"], [Bullets(part["terms"])]) for part in _terms()["part"]),
        Section("Unterauftragsverarbeiter", [Bullets(names), Text(_terms()["subprocessors"])]),
        Section(
            "Anlage: technische und organisatorische Maßnahmen",
            [Table(("Ziel", "Maßnahme", "Stand"), [(m.goal, m.measure, m.state) for m in measures()])],
        ),
        Section("Unterschriften", [Signatures(["Verantwortliche Stelle", "Auftragsverarbeiter"])]),
    ]
    return Paper(
        "auftragsverarbeitung",
        "Vertrag zur Auftragsverarbeitung (Art. 28 DSGVO, § 80 SGB X)",
        f"{unit.authority.name}, {unit.name}",
        "Vorlage mit den Daten des Ortes. Vor der Unterschrift rechtlich prüfen.",
        sections,
        as_of(on),
    )
