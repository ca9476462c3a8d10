"""What the pages of this room say: facts in German words, ready for the components."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from stafette.audit.wording import word_for
from stafette.kernel.actor import Actor
from stafette.kernel.errors import NotAllowed
from stafette.kernel.permissions import Permission
from stafette.people import queries
from stafette.people.choices import Channel, Relation, Sex, Source
from stafette.people.data import PersonData
from stafette.people.languages import language_name
from stafette.people.nationalities import nationality_name
from stafette.web.marks import marks_for
from stafette.web.requests import StaffRequest

Notes = Mapping[str, str]
NO_NOTES: Notes = {}

FIELDS = {
    "family_name": lazy("Familienname"), "given_names": lazy("Vornamen"), "former_names": lazy("Frühere Namen"),
    "patronymic": lazy("Vatersname"), "original_script": lazy("Name in eigener Schrift"), "birth": lazy("Geburtsdatum"),
    "sex": lazy("Geschlecht"), "nationalities": lazy("Staatsangehörigkeiten"), "contact_channel": lazy("Kontaktweg"),
    "contact_value": lazy("Kontakt"), "contact_language": lazy("Sprache für den Kontakt"),
    "safe_contact_note": lazy("Sicherer Kontakt"),
}  # fmt: skip


def person_url(person: Any) -> str:
    """The address of a person's page; worked out once, because a list asks fifty times."""
    return f"{_list_url()}{person.pk}/"


@cache
def _list_url() -> str:
    return reverse("people:list")


def nationalities_of(person: Any) -> str:
    """All nationalities in words."""
    return ", ".join(nationality_name(key) for key in person.nationalities) or "–"


def address_of(person: Any) -> str:
    """The address for a line of a list; where a lock hides it, the list says so and nothing else."""
    if person.address_locked:
        return _("Auskunftssperre")
    for member in person.homes:
        address = member.household.shown_address
        return address.one_line or "–" if address else _("Auskunftssperre")
    return "–"


def units_to_write(request: StaffRequest) -> list[tuple[UUID, str]]:
    """The units in which the actor may create persons, one's own first."""
    allowed = request.actor.units(Permission.PERSON_EDIT)
    known = {m.unit_id: m.unit.name for m in getattr(request, "memberships", [])}
    return [(unit, name) for unit, name in known.items() if unit in allowed]


def require_units(units: Sequence[Any]) -> None:
    """Say it plainly when somebody may read only."""
    if not units:
        raise NotAllowed(_("Personen anlegen dürfen nur Mitarbeitende einer Stelle, die Menschen aufnimmt."))


def found_rows(found: Sequence[queries.Match]) -> list[dict[str, Any]]:
    """Hits of a search with the reasons in words."""
    return [
        {"match": m, "url": reverse("people:person", args=[m.id]), "why": ", ".join(m.reasons)} for m in found
    ]


def similar_rows(
    actor: Actor, unit: UUID, data: PersonData, *, but: UUID | None = None
) -> list[dict[str, Any]]:
    """Known persons who may be this one, each with the facts side by side."""
    matches = queries.possible_duplicates(actor=actor, unit=unit, person=data, limit=5, but=but)
    known = {p.pk: p for p in queries.persons_by_id(actor=actor, ids=[m.id for m in matches])}
    return [
        {
            "match": match,
            "why": ", ".join(match.reasons),
            "url": reverse("people:person", args=[match.id]),
            "lines": queries.comparison(data, queries.data_of(known[match.id])),
        }
        for match in matches
        if match.id in known
    ]


def notes_of(person_id: UUID) -> Notes:
    """What another room says beside single facts of a person: that one is contested."""
    notes: dict[str, str] = {}
    for found in marks_for("person_fields", [person_id]).get(person_id, []):
        notes |= {field: f"({said})" for field, (_word, said) in found.items()}
    return notes


def facts_of(person: Any, notes: Notes = NO_NOTES) -> list[dict[str, Any]]:
    """Who somebody is; what is not known is left out, what is contested says so."""
    named = {"given_names", "family_name"} & set(notes)
    rows = [
        (
            "given_names" if "given_names" in named else "family_name",
            _("Name"),
            person.full_name if named else "",
        ),
        (
            "original_script",
            _("In Originalschrift"),
            person.original_script if "original_script" in notes else "",
        ),
        ("birth", _("Geburtsdatum"), str(person.birth)),
        ("sex", _("Geschlecht"), str(Sex(person.sex).label) if person.sex else ""),
        (
            "nationalities",
            _("Staatsangehörigkeiten"),
            nationalities_of(person) if person.nationalities else "",
        ),
        ("patronymic", _("Vatersname"), person.patronymic),
        ("former_names", _("Frühere und andere Namen"), person.former_names),
        ("", _("Angaben von"), f"{source_word(person.source)}, {_('Stand')} {person.source_date:%d.%m.%Y}"),
    ]
    return [
        {"label": label, "value": value, "note": notes.get(field, "")}
        for field, label, value in rows
        if value
    ]


def contact_of(person: Any, notes: Notes = NO_NOTES) -> list[dict[str, Any]]:
    """How somebody is reached; the safe-contact note stands before this on every page."""
    channel = str(Channel(person.contact_channel).label) if person.contact_channel else ""
    language = language_name(person.contact_language) if person.contact_language else ""
    rows = [
        ("", _("Erreichbar über"), channel),
        ("contact_value", _("Nummer oder Adresse"), person.contact_value),
        ("contact_language", _("Sprache"), language),
    ]
    return [
        {"label": label, "value": value, "note": notes.get(field, "")}
        for field, label, value in rows
        if value
    ]


def source_word(code: str) -> str:
    """The German word for a source; codes of other rooms stay as they are."""
    return str(Source(code).label) if code in Source.values else code


def relation_word(code: str) -> str:
    """The German word for what somebody is in a household."""
    return str(Relation(code).label) if code in Relation.values else code


def corrections_of(actor: Actor, person_id: UUID) -> list[dict[str, Any]]:
    """What was corrected, with old and new value, source and date."""
    return [
        {
            "label": FIELDS.get(row.field, row.field),
            "old": _value(row.field, row.old),
            "new": _value(row.field, row.new),
            "source": source_word(row.source),
            "source_date": row.source_date,
            "at": row.created_at,
            "by": row.actor_label,
        }
        for row in queries.corrections(actor=actor, person_id=person_id)[:50]
    ]


def _value(field: str, value: str) -> str:
    if field == "nationalities":
        return ", ".join(nationality_name(key) for key in value.split())
    if field == "contact_language":
        return language_name(value)
    words = {"contact_channel": Channel, "sex": Sex}.get(field)
    return str(words(value).label) if words and value in words.values else value


def timeline_of(actor: Actor, household_id: UUID) -> list[dict[str, Any]]:
    """What happened in a household, newest first, in words."""
    events = queries.timeline(actor=actor, household_id=household_id)
    return [{"at": e["at"], "title": word_for(e["kind"]), "by": e["by"]} for e in events]
