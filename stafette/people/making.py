"""Records in the making: unsaved persons with everything that is worked out from their names."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from anyascii import anyascii
from django.utils.translation import gettext as _

from stafette.kernel.errors import BadInput
from stafette.people.data import PersonData
from stafette.people.models import Person, PersonLanguage
from stafette.people.names.keys import folded_names, person_keys
from stafette.people.names.letters import clean_name
from stafette.people.nationalities import nationalities
from stafette.people.queries.search import names_of

NAMES = ("given_names", "family_name", "former_names", "patronymic", "original_script")
PLAIN = ("sex", "contact_channel", "contact_value", "contact_language", "safe_contact_note")


def new_person(unit: UUID, data: PersonData, source: str, source_date: date) -> Person:
    """An unsaved person with keys and sort name worked out; for commands that insert many at once."""
    person = Person(unit_id=unit, source=source, source_date=source_date, address_locked=data.address_locked)
    fill(person, data)
    return person


def new_languages(person: Person, data: PersonData) -> list[PersonLanguage]:
    """Unsaved languages of a person."""
    pairs = dict(data.languages)
    return [
        PersonLanguage(unit_id=person.unit_id, person=person, language=c, level=v) for c, v in pairs.items()
    ]


def fill(person: Person, data: PersonData) -> None:
    """Write plain values into a person, cleaned, with keys and sort name; BadInput where it is no person."""
    for name in NAMES:
        setattr(person, name, clean_name(getattr(data, name)))
    for name in PLAIN:
        setattr(person, name, getattr(data, name).strip())
    if not person.given_names and not person.family_name:
        raise BadInput(_("Es fehlt ein Name. Bitte tragen Sie Familienname oder Vornamen ein."))
    unknown = [key for key in data.nationalities if key not in nationalities()]
    if unknown:
        raise BadInput(_("Unbekannte Staatsangehörigkeit: {keys}").format(keys=", ".join(unknown)))
    person.nationalities = list(dict.fromkeys(data.nationalities))
    person.birth_year, person.birth_month, person.birth_day = (
        data.birth.year,
        data.birth.month,
        data.birth.day,
    )
    person.sort_name = sort_name(person.family_name, person.given_names)
    person.search_keys = person_keys(names_of(data), data.birth)
    person.folded_names = folded_names(names_of(data))


def sort_name(family: str, given: str) -> str:
    """The key by which lists sort: as a German directory does, without regard to marks and capitals."""
    return " ".join(anyascii(f"{family} {given}").lower().split())[:120]


def household_label(persons: Sequence[Person]) -> str:
    """The family names of those who live there; never the address, which may be locked."""
    names = dict.fromkeys(p.family_name or p.given_names for p in persons)
    return " / ".join(names)[:200]
