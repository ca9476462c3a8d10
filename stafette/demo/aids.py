"""What lies in the drawer of the welcome centre: an overview, a list, a scanned leaflet, one out of date."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

from stafette.kernel.actor import Actor
from stafette.kernel.clock import today
from stafette.kernel.scope import acting
from stafette.materials.commands import AidData, add_aid
from stafette.materials.scanning import scan
from stafette.web import pdf

FLYER = Path(__file__).with_name("flyer.typ")
DOTS = 150  # per inch: what a copier in an office makes, and enough to be read by a machine
HEAD = "Leitung Willkommenszentrum"

HOUSING = """Wohnung suchen: Wohnungshilfe Schlüssel, mit Dolmetschen.
Städtische Wohnungen: Wohnungs- und Baugesellschaft, Bewerbung im Netz oder im Kundenzentrum.
Wohnberechtigungsschein und Wohngeld: Wohngeldstelle.
Ärger mit Miete, Kündigung, Nebenkosten: Mieterverein, donnerstags auch bei uns an Platz 3.
Räumung droht: Wohnungssicherung im Sozialamt, am selben Tag anrufen.
Heute Nacht ohne Dach: Tagestreff Oase, Notübernachtung."""
STUDENTS = """Zulassung und Bewerbung: Universität, Zugang und Bewerbung.
Forschende und Promovierende: Welcome Centre der Universität.
BAföG, Wohnheim, Sozialberatung: Studentenwerk.
Aufenthalt zum Studium, Wechsel in Arbeit: Ausländerbehörde, nur mit Termin.
Krankenversicherung für Studierende: Krankenkasse, Beratung in vielen Sprachen."""
CAFE = (
    "Deutsch sprechen, Leute treffen, Tee trinken.",
    "Jeden Mittwoch von 16 bis 18 Uhr",
    "Stadtbibliothek, Raum Oase, zweiter Stock",
    "Kostenlos, ohne Anmeldung. Kinder können mitkommen.",
)
SUMMER = (
    "Sechs Wochen Deutsch am Vormittag, Stufen A1 bis B1.",
    "Montag bis Donnerstag, 9 bis 12 Uhr",
    "Anmeldung: Volkshochschule, mit Einstufungstest",
    "90 Euro, ermäßigt 45 Euro",
)


def fill_drawer(editor: Actor, unit: UUID) -> None:
    """Put in four work aids as the editor of a house does, each with its date and whoever keeps it true."""
    cafe = _leaflet("Sprachcafé", CAFE, "Stadtbibliothek", _ago(75))
    photo = scan(pdf.draw(FLYER, cafe, dots=DOTS), "de")
    courses = scan(
        pdf.render(FLYER, _leaflet("Sommerkurse Deutsch", SUMMER, "Volkshochschule", _ago(190))), "de"
    )
    with acting(editor):
        add_aid(
            actor=editor,
            unit_id=unit,
            data=AidData(
                "Wohnen: wer hilft wobei?", "overview", _ago(40), "Vom Suchen bis zur Räumung, nach Anliegen.",
                topics=("housing", "tenancy", "benefits"), target_groups=("everybody",),
                valid_until=_ago(-325), owner_function=HEAD, text=HOUSING,
            ),
        )  # fmt: skip
        add_aid(
            actor=editor,
            unit_id=unit,
            data=AidData(
                "Anlaufstellen für Studierende und Forschende", "list", _ago(95), "Liste nach Zielgruppe.",
                topics=("training", "residence", "health_insurance"), target_groups=("students", "skilled_workers"),
                owner_function="Schalter im Willkommenszentrum", text=STUDENTS,
            ),
        )  # fmt: skip
        add_aid(
            actor=editor,
            unit_id=unit,
            data=AidData(
                "Sprachcafé in der Stadtbibliothek", "scan", _ago(75), "Aushang der Bibliothek, eingescannt.",
                topics=("language", "leisure"), target_groups=("everybody",), owner_function=HEAD,
                text="" if photo.text else "\n".join(("Sprachcafé", *CAFE)),  # no machine here that reads pictures
            ),
            file=photo,
        )  # fmt: skip
        add_aid(
            actor=editor,
            unit_id=unit,
            data=AidData(
                "Sommerkurse Deutsch: Zeiten und Preise", "flyer", _ago(190), "Für Menschen ohne Integrationskurs.",
                topics=("language",), target_groups=("workers", "eu_citizens"), valid_until=_ago(70),
                owner_function="Redaktion des Referats",
            ),
            file=courses,
        )  # fmt: skip


def _ago(days: int) -> date:
    return today() - timedelta(days=days)


def _leaflet(title: str, lines: tuple[str, ...], sender: str, dated: date) -> dict[str, Any]:
    return {"title": title, "lines": lines, "sender": sender, "dated": f"Stand {dated:%d.%m.%Y}"}
