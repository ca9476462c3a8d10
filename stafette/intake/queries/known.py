"""What is known before the talk, as answers that only need to be confirmed (W-03: capture once)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from uuid import UUID

from stafette.intake.data import Known
from stafette.intake.known import known_from_others
from stafette.kernel.actor import Actor
from stafette.people.access import visible_to as persons_visible_to
from stafette.people.models import Person

CHANNELS = {
    "phone": "phone",
    "mobile": "phone",
    "messenger": "messenger",
    "email": "email",
    "letter": "letter",
    "visit": "visit",
}


def known_answers(*, actor: Actor, household_id: UUID, person_ids: Sequence[UUID]) -> list[Known]:
    """Answers from the persons' own records and from rooms that config/wiring.py ties in."""
    found = [
        Known(code, None, value) for code, value in known_from_others(actor, household_id).items() if value
    ]
    persons = persons_visible_to(actor).filter(pk__in=person_ids).prefetch_related("languages")
    return found + [known for person in persons for known in _of_person(person)]


def _of_person(person: Person) -> Iterator[Known]:
    levels = {row.language: row.level for row in person.languages.all()}
    mother = next((language for language, level in levels.items() if level == "mother"), "")
    values = {
        "mother_tongue": mother,
        "german_level": levels.get("de", "") if levels.get("de") != "mother" else "",
        "contact_channel": CHANNELS.get(person.contact_channel, ""),
        "contact_value": person.contact_value,
        "contact_language": person.contact_language,
    }
    return (Known(code, person.pk, value) for code, value in values.items() if value)
