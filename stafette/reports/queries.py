"""Which papers somebody may read, and how often hints to free text were shown."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import F, QuerySet, Sum
from django.utils.translation import gettext_lazy as _

from stafette.accounts.models import Mandate, Unit
from stafette.kernel.actor import Actor
from stafette.kernel.clock import today
from stafette.kernel.permissions import Permission
from stafette.kernel.rules.watchwords import watchwords
from stafette.reports import papers
from stafette.reports.access import READERS, readable_units, sheet_units
from stafette.reports.models import WatchCount
from stafette.reports.paper import Paper

__all__ = ["FOR_ALL", "PER_UNIT", "READERS"]
MONTHS = 12
WITHOUT_CLIENTS = (Mandate.OVERSEEING, Mandate.OPERATING)


@dataclass(frozen=True)
class Kind:
    """A paper as the list of papers names it."""

    code: str
    title: Any
    law: str
    sentence: Any


PER_UNIT: dict[str, tuple[Kind, Callable[[Unit, date], Paper]]] = {
    "verzeichnis": (
        Kind(
            "verzeichnis",
            _("Verzeichnis von Verarbeitungstätigkeiten"),
            "Art. 30 DSGVO",
            _("Was die Stelle verarbeitet, warum, wie lange, wer es bekommt."),
        ),
        papers.record_of_processing,
    ),
    "folgenabschaetzung": (
        Kind(
            "folgenabschaetzung",
            _("Datenschutz-Folgenabschätzung"),
            "Art. 35 DSGVO",
            _("Risiken, Maßnahmen und die Prüfungen, die sie belegen."),
        ),
        papers.assessment,
    ),
    "auftragsverarbeitung": (
        Kind(
            "auftragsverarbeitung",
            _("Vertrag zur Auftragsverarbeitung"),
            "Art. 28 DSGVO, § 80 SGB X",
            _("Vorlage mit den Daten der Stelle und den Maßnahmen, die laufen."),
        ),
        papers.contract,
    ),
}
FOR_ALL: dict[str, tuple[Kind, Callable[[date], Paper]]] = {
    "loeschkonzept": (
        Kind(
            "loeschkonzept", _("Löschkonzept"), "DIN 66398", _("Jeder Datentyp mit Klasse, Frist und Beginn.")
        ),
        papers.deletion,
    ),
    "gemeinsam": (
        Kind(
            "gemeinsam",
            _("Gemeinsame Verantwortung"),
            "Art. 26 DSGVO",
            _("Wer wofür verantwortlich ist und wer welche Pflicht übernimmt."),
        ),
        papers.joint,
    ),
}


def units_with_papers(*, actor: Actor) -> QuerySet[Unit]:
    """Units whose papers the actor may read; those that hold no client's data have none."""
    return readable_units(actor).exclude(mandate__in=WITHOUT_CLIENTS).order_by("name")


def units_with_sheets(*, actor: Actor) -> QuerySet[Unit]:
    """Units whose information sheets the actor may print: all of them, people are sent from one to the other."""
    return sheet_units(actor).exclude(mandate__in=[*WITHOUT_CLIENTS, Mandate.STEERING]).order_by("name")


def paper_of(*, actor: Actor, code: str, unit_code: str) -> Paper | None:
    """Make a unit's paper; None where it does not exist for the actor."""
    unit = units_with_papers(actor=actor).filter(code=unit_code).first()
    if unit is None or code not in PER_UNIT:
        return None
    return PER_UNIT[code][1](unit, today())


def paper_for_all(*, code: str) -> Paper | None:
    """Make a paper of the whole installation."""
    return FOR_ALL[code][1](today()) if code in FOR_ALL else None


def sheet_of(*, actor: Actor, unit_code: str, language: str) -> Paper | None:
    """Make the information sheet of a unit in a language."""
    unit = units_with_sheets(actor=actor).filter(code=unit_code).first()
    return papers.information(unit, language, today()) if unit is not None else None


@dataclass(frozen=True)
class WatchLine:
    """What was counted for one unit, form and ground in the last months."""

    unit: str
    form: str
    ground: str
    shown: int
    kept: int
    changed: int

    @property
    def share(self) -> int:
        """How many of the hints were followed, in percent."""
        return round(100 * self.changed / self.shown) if self.shown else 0


def watch_lines(*, actor: Actor) -> list[WatchLine]:
    """Return what was counted in twelve months, the most often overridden first.

    What belongs to no unit is for officers: it could tell a head how much partners write to others.
    """
    since = _months_ago(today(), MONTHS)
    units: set[UUID] = set(readable_units(actor).values_list("pk", flat=True))
    grounds = watchwords(today()).grounds
    rows = (
        WatchCount.objects.filter(month_on__gte=since)
        .values("unit_id", "form", "ground", name=F("unit__name"))
        .annotate(all_shown=Sum("shown"), all_kept=Sum("kept"), all_changed=Sum("changed"))
        .order_by("-all_kept", "form", "ground")
    )
    return [
        WatchLine(
            unit=row["name"] or str(_("Partnerseite (Link)")),
            form=row["form"],
            ground=grounds[row["ground"]].label if row["ground"] in grounds else row["ground"],
            shown=row["all_shown"],
            kept=row["all_kept"],
            changed=row["all_changed"],
        )
        for row in rows
        if _is_seen(row["unit_id"], units, actor)
    ]


def _is_seen(unit_id: UUID | None, units: set[UUID], actor: Actor) -> bool:
    return actor.may(Permission.DISCLOSURE_VIEW) if unit_id is None else unit_id in units


def _months_ago(day: date, months: int) -> date:
    number = day.year * 12 + day.month - 1 - months
    return date(number // 12, number % 12 + 1, 1)
