"""Who answers for what (Art. 26 GDPR): the table for the offices, and its essence for everybody in nine languages."""

from __future__ import annotations

from datetime import date

from stafette.accounts.models import JointProcessing, Town, Unit
from stafette.reports import wording
from stafette.reports.configured import as_of, joint_processings, officers_of
from stafette.reports.paper import Paper
from stafette.reports.rules import duties, relations
from stafette.web.sheets import Bullets, Fields, Section, Table, Text


def joint(on: date) -> Paper:
    """Write the table: each processing with its controllers, and who does what where several answer together."""
    units = list(Unit.objects.select_related("authority").order_by("code"))
    rows = [
        (
            one.name,
            "; ".join(f"{unit.name} ({unit.authority.name})" for unit in units if unit.kind in one.kinds)
            or "in dieser Einrichtung keine Stelle",
            one.relation,
            f"{one.head.source} ({one.head.status.label})",
        )
        for one in relations()
        if one.head.holds_on(on)
    ]
    shared = [_shared(processing, units, on) for processing in joint_processings()]
    town = Town.objects.first()
    none_yet = "Die Blaupause nennt keine gemeinsame Verarbeitung ([[joint_processing]])."
    sections = [
        Section(
            "Wer ist verantwortlich?",
            [Table(("Verarbeitung", "Stelle", "Verhältnis", "Quelle"), rows, (3, 4, 4, 2))],
        ),
        *(shared or [Section("Gemeinsam", [Text(none_yet)])]),
    ]
    return Paper(
        "gemeinsam",
        "Gemeinsame Verantwortung (Art. 26 DSGVO)",
        town.name if town else "",
        "Wer für welche Verarbeitung verantwortlich ist und wie sich gemeinsam Verantwortliche die Pflichten teilen.",
        sections,
        as_of(on),
    )


def _shared(processing: JointProcessing, units: list[Unit], on: date) -> Section:
    known = {duty.id for duty in duties()}
    rows = [
        (
            duty.label,
            processing.duties.get(duty.id) or duty.default,
            "Blaupause" if processing.duties.get(duty.id) else f"Vorschlag ({duty.head.status.label})",
        )
        for duty in duties()
        if duty.head.holds_on(on)
    ]
    rows += [(code, text, "Blaupause") for code, text in processing.duties.items() if code not in known]
    names = [unit.name for unit in units if unit.code in processing.units]
    return Section(
        processing.label,
        [
            Fields([("Gemeinsam verantwortlich", ", ".join(names) or ", ".join(processing.units))]),
            Table(("Pflicht", "Wer", "Woher"), rows, (2, 5, 2)),
        ],
    )


def essence(language: str, on: date) -> Paper:
    """Tell people the essence of the arrangement in their language (Art. 26(2) sentence 2)."""
    say = wording.texts(language)["joint"]
    blocks: list[Section] = [
        Section("", [Text(say["what"]), Bullets([say["choose"], say["own"], say["forward"]])])
    ]
    units = {unit.code: unit for unit in Unit.objects.select_related("authority")}
    for processing in joint_processings():
        partners = [units[code] for code in processing.units if code in units]
        rows = [(one.name, " · ".join(filter(None, (one.place, one.phone, one.email)))) for one in partners]
        officers = {other.pk: other for one in partners for other in officers_of(one)}
        rows += [(one.name, " · ".join(filter(None, (one.phone, one.email)))) for one in officers.values()]
        blocks.append(Section(processing.label, [Text(say["who"]), Fields(rows)]))
    if len(blocks) == 1:
        blocks.append(Section("", [Text(say["none"])]))
    town = Town.objects.first()
    return Paper(
        "gemeinsam", say["title"], town.name if town else "", say["lead"], blocks, as_of(on), language
    )
