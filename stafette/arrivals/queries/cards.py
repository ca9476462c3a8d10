"""What the clerk sees before deciding: columns with samples, rows beside the records they may be."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from stafette.arrivals import reading
from stafette.arrivals.access import rows_visible_to
from stafette.arrivals.models import ArrivalImport, ArrivalRow
from stafette.arrivals.models.imports import Outcome
from stafette.arrivals.queries.lists import content_of, rows_of
from stafette.kernel.actor import Actor
from stafette.kernel.errors import RuleBroken
from stafette.people.birthdates import BirthDate
from stafette.people.models import Person
from stafette.people.models.persons import Sex
from stafette.people.nationalities import nationality_name
from stafette.people.queries import household_of

PAGE = 25


@dataclass(frozen=True)
class ColumnCard:
    """One column of the file, with what it seems to mean."""

    key: str
    heading: str
    meaning: str
    samples: tuple[str, ...]
    sureness: str
    hint: str


@dataclass(frozen=True)
class DecisionCard:
    """A row beside the record, or the other row, that it may be."""

    number: int
    title: str
    other_title: str
    decision: str
    lines: list[dict[str, Any]]
    remarks: list[str]
    person_id: UUID | None
    is_applied: bool


def column_cards(
    *, actor: Actor, upload: ArrivalImport, sheet: str = ""
) -> tuple[list[ColumnCard], list[str], str, list[str]]:
    """The columns of a list, the names of all sheets, the chosen one, and other sheets that hold people too."""
    content = content_of(actor=actor, import_id=upload.pk)
    if not content:
        raise RuleBroken(
            _("Diese Liste ist abgeschlossen, ihre Datei gelöscht. Lesen Sie die Datei bei Bedarf neu ein.")
        )
    remembered = upload.sender.mapping if upload.sender else None
    look = reading.look_at(content, remembered=remembered, sheet=sheet or upload.sheet)
    chosen = upload.mapping if not sheet or sheet == upload.sheet else {}
    cards = [_column(column, chosen) for column in look.columns if column.heading or column.samples]
    return cards, look.sheets, look.grid.name, look.others_with_data


def _column(column: reading.Column, chosen: dict[str, str]) -> ColumnCard:
    meaning = chosen.get(column.key, str(column.meaning))
    if column.reason == "remembered":
        sureness, hint = "success", _("wie beim letzten Mal")
    elif meaning == reading.Field.IGNORED:
        sureness, hint = "neutral", _("wird nicht gebraucht")
    elif column.confidence >= 0.8:
        sureness, hint = "success", _("erkannt")
    else:
        sureness, hint = "warning", _("bitte prüfen")
    heading = column.heading or _("Spalte {number}").format(number=column.index + 1)
    return ColumnCard(column.key, heading, meaning, column.samples, sureness, hint)


def decision_cards(
    *, actor: Actor, upload: ArrivalImport, outcome: str, after: int = 0
) -> list[DecisionCard]:
    """One page of possible duplicates or changes, and one more as a sign that there are further ones."""
    rows = list(
        rows_of(actor=actor, import_id=upload.pk, outcome=outcome).filter(number__gt=after)[: PAGE + 1]
    )
    twins = _twins(actor, upload, rows)
    return [_card(actor, row, twins.get(row.twin_number or 0)) for row in rows]


def _twins(actor: Actor, upload: ArrivalImport, rows: Sequence[ArrivalRow]) -> dict[int, ArrivalRow]:
    numbers = [row.twin_number for row in rows if row.twin_number is not None]
    return {row.number: row for row in rows_visible_to(actor).filter(source=upload, number__in=numbers)}


def _card(actor: Actor, row: ArrivalRow, twin: ArrivalRow | None) -> DecisionCard:
    if row.person is not None:
        other, other_title = _facts_of_person(actor, row.person), _("Bei uns")
    elif twin is not None:
        other, other_title = _facts_of_row(twin), _("Zeile {number} der Liste").format(number=twin.number)
    else:
        other, other_title = {}, _("Bei uns (nicht mehr vorhanden)")
    ours = _facts_of_row(row)
    if row.outcome == Outcome.CHANGED:
        ours = {label: value for label, value in ours.items() if value}
    return DecisionCard(
        number=row.number,
        title=_("Zeile {number} der Liste").format(number=row.number),
        other_title=other_title,
        decision=row.decision,
        lines=[
            {
                "label": label,
                "left": other.get(label, ""),
                "right": value,
                "differs": other.get(label, "") != value,
            }
            for label, value in ours.items()
        ],
        remarks=[reading.remark(code) for code in row.remarks],
        person_id=row.person_id,
        is_applied=row.is_applied,
    )


def _facts_of_row(row: ArrivalRow) -> dict[str, str]:
    born = str(BirthDate(row.birth_year, row.birth_month, row.birth_day))
    address = f"{row.street} {row.house_number}, {row.postal_code} {row.town}".strip(" ,")
    return _facts(
        row.family_name,
        row.given_names,
        born,
        row.sex,
        row.nationalities,
        _hidden(address, row.address_locked),
    )


def _facts_of_person(actor: Actor, person: Person) -> dict[str, str]:
    home = household_of(actor=actor, person_id=person.pk)
    shown = home.shown_address if home else None
    address = _hidden(shown.one_line if shown else "", bool(home and home.address_locked))
    return _facts(
        person.family_name, person.given_names, str(person.birth), person.sex, person.nationalities, address
    )


def _hidden(address: str, locked: bool) -> str:
    return _("gesperrt") if locked else address


def _facts(
    family: str, given: str, born: str, sex: str, nations: Sequence[str], address: str
) -> dict[str, str]:
    return {
        _("Familienname"): family,
        _("Vornamen"): given,
        _("Geburtsdatum"): born,
        _("Geschlecht"): str(Sex(sex).label) if sex else "",
        _("Staatsangehörigkeit"): ", ".join(nationality_name(key) for key in nations),
        _("Anschrift"): address,
    }
