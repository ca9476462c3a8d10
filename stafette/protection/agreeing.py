"""What the page of an agreement shows and what the command needs besides the form."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from stafette.kernel.actor import Actor
from stafette.kernel.clock import today
from stafette.people.models import Household
from stafette.people.queries import current_members
from stafette.protection import printing
from stafette.protection.ages import is_minor
from stafette.protection.kinds import BOXES, OWN_USE, Kind
from stafette.protection.life import LifeValue, Span, life_value
from stafette.protection.queries import receivers_for
from stafette.protection.wording import GERMAN, purposes
from stafette.web.sheets import LANGUAGES

PURPOSES = {
    Kind.EXTRA: "Bessere Beratung der Familie",
    Kind.SECRECY: "Gespräch zwischen Fachkräften",
    Kind.CONFERENCE: "Gemeinsame Beratung mehrerer Stellen",
    Kind.VISIT: "Wohnung ansehen und Mängel festhalten",
    Kind.MATCHING: "Vermittlung einer Wohnung",
    Kind.MENTORING: "Hilfe durch eine Patin oder einen Paten",
}


@dataclass(frozen=True)
class Asked:
    """One sheet, ready to be read together."""

    kind: Kind
    german: printing.Reading
    foreign: printing.Reading | None
    language: str
    languages: list[tuple[str, str]]
    choices: dict[str, list[tuple[str, Any]]]
    initial: dict[str, Any]
    lasts: LifeValue


def asked(actor: Actor, household: Household, kind: Kind, language: str) -> Asked:
    """Put the sheet together in the language asked for, else in the one that the household speaks."""
    members = list(current_members(actor=actor).filter(household=household.pk))
    spoken = [one.person.contact_language for one in members if one.person.contact_language in LANGUAGES]
    chosen = language if language in LANGUAGES else next(iter(spoken), GERMAN)
    persons = [(str(one.person_id), one.person.full_name) for one in members]
    adults = [
        (str(one.person_id), one.person.full_name)
        for one in members
        if not is_minor(one.person.birth, today())
    ]
    return Asked(
        kind=kind,
        german=printing.reading(kind, GERMAN),
        foreign=printing.reading(kind, chosen) if chosen != GERMAN else None,
        language=chosen,
        languages=list(LANGUAGES.items()),
        choices={
            "receiver_ids": list(receivers_for(household.unit, kind)),
            "categories": list(BOXES[kind]),
            "purpose": [(one, one) for one in sorted(purposes()) if one not in PURPOSES.values()],
            "person_ids": list(persons),
            "guardian_ids": list(adults),
        },
        initial={
            "language": chosen,
            "person_ids": [key for key, _name in persons],
            "purpose": "Unterstützung der Familie",
        },
        lasts=life_value(Span.SECRECY if kind is Kind.SECRECY else Span.LASTS, on=today()),
    )


def arguments(sheet: Asked, household: Household, values: dict[str, Any]) -> dict[str, Any]:
    """What the command needs: the form's answers, whose books, which words were read."""
    own = {"receiver_ids": [household.unit_id]} if sheet.kind in OWN_USE else {}
    return {
        "unit_id": household.unit_id,
        "household_id": household.pk,
        "kind": sheet.kind.value,
        "text_version": printing.paper_version(),
        "purpose": PURPOSES.get(sheet.kind, ""),
        **values,
        **own,
    }
