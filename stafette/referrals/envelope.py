"""What travels: one function makes the snapshot, one shows it, one turns it into the receiver's own data.

The snapshot holds the categories that the flow rule allows plus those that people agreed to, per person, and nothing
else. What a category holds beyond people's records (school, work, insurance, housing) comes from rooms above through
`register_source`, called in config/wiring.py.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from stafette.kernel.actor import Actor
from stafette.people.birthdates import BirthDate
from stafette.people.data import AddressData, PersonData
from stafette.people.languages import language_name
from stafette.people.models import Household, HouseholdMember, Person
from stafette.people.models.households import Relation
from stafette.people.models.persons import Channel
from stafette.people.queries import current_members
from stafette.protection.data import Category
from stafette.web.marks import marks_for

VERSION = 1
Line = tuple[str, str]
Source = Callable[[Actor, UUID, UUID | None], list[Line]]
_sources: dict[str, Source] = {}

_EXTRA = (Category.HOUSING, Category.SCHOOL, Category.WORK, Category.INSURANCE)
NAMES = ("given_names", "family_name", "former_names", "patronymic", "original_script")


def register_source(category: str, source: Source) -> None:
    """Name the function that knows what a category holds for a household (person None) or a person.

    It returns pairs of label and value, both ready to be read. Raises ValueError for other categories.
    """
    if category not in _EXTRA:
        raise ValueError(category)
    _sources[category] = source


@dataclass(frozen=True)
class Content:
    """What goes into an envelope: the payload, the line by which lists show it, and what it really holds."""

    payload: dict[str, Any]
    label: str
    person_count: int
    categories: tuple[str, ...]
    missing: tuple[str, ...] = field(default_factory=tuple)


def for_building(*, actor: Actor, household: Household, indication: str) -> Content:
    """Address, indication and head count: no name, no informant, no household (flow rule F08)."""
    address = household.shown_address
    if address is None or not address.street:
        return Content({}, "", 0, (), missing=(Category.ADDRESS,))
    count = current_members(actor=actor).filter(household=household.pk).count()
    payload = {
        "version": VERSION,
        "indication": indication,
        "address": _address(address),
        "count_at_address": count,
    }
    return Content(payload, address.one_line, count, (Category.ADDRESS, Category.COUNT_AT_ADDRESS))


def for_persons(
    *,
    actor: Actor,
    household: Household,
    subject: Person | None,
    needs: list[str],
    free: Collection[str],
    agreed: Mapping[UUID, Collection[str]],
) -> Content:
    """Build the snapshot: `free` travels for whom the finding is about, `agreed` for whoever agreed to it."""
    members = list(current_members(actor=actor).filter(household=household.pk))
    people: list[tuple[HouseholdMember, set[str]]] = []
    for member in members:
        is_subject = subject is None or member.person_id == subject.pk
        granted = set(agreed.get(member.person_id, ())) | (set(free) if is_subject else set())
        if granted:
            people.append((member, granted))
    everything = set().union(*(granted for _member, granted in people)) if people else set()
    payload: dict[str, Any] = {"version": VERSION}
    payload["persons"] = [_person(actor, member, granted) for member, granted in people]
    if subject is not None:
        for (member, _granted), entry in zip(people, payload["persons"], strict=True):
            if member.person_id == subject.pk:
                entry["subject"] = True
    payload |= _shared(actor, household, members, everything, needs)
    held = _held(payload)
    return Content(
        payload=payload,
        label=_label(payload["persons"]),
        person_count=len(people),
        categories=tuple(category for category in Category.values if category in held),
        missing=tuple(category for category in Category.values if category in everything - held),
    )


def _person(actor: Actor, member: HouseholdMember, granted: set[str]) -> dict[str, Any]:
    person = member.person
    entry: dict[str, Any] = {}
    if Category.CORE in granted:
        names = {name: getattr(person, name) for name in NAMES if getattr(person, name)}
        entry["core"] = {**names, "birth": [person.birth_year, person.birth_month, person.birth_day]}
    if Category.CONTACT in granted and person.contact_value:
        parts = ("contact_channel", "contact_value", "contact_language", "safe_contact_note")
        entry["contact"] = {part: getattr(person, part) for part in parts if getattr(person, part)}
    if Category.LANGUAGE in granted:
        spoken = [[row.language, row.level] for row in person.languages.all()]
        if spoken:
            entry["language"] = spoken
    if Category.ARRIVAL in granted:
        entry["arrival"] = member.from_on.isoformat()
    if Category.FAMILY in granted and member.relation:
        entry["family"] = member.relation
    for category in _sources.keys() & granted:
        if lines := _sources[category](actor, member.household_id, person.pk):
            entry[category] = [list(line) for line in lines]
    if contested := _contested(person.pk, entry):
        entry["contested"] = contested
    return entry


def _contested(person_id: UUID, entry: Mapping[str, Any]) -> list[str]:
    """Which of the facts that travel the person contests: the receiver learns that with them (§ 84(2) SGB X)."""
    marks = marks_for("person_fields", [person_id]).get(person_id, [])
    return [
        word
        for found in marks
        for name, (word, _said) in found.items()
        if name in entry.get("core", {}) or name in entry.get("contact", {})
    ]


def _shared(
    actor: Actor, household: Household, members: list[HouseholdMember], granted: set[str], needs: list[str]
) -> dict[str, Any]:
    """What concerns the household as a whole; a locked address is physically absent (§§ 51, 52 BMG)."""
    found: dict[str, Any] = {}
    locked = household.address_locked or any(member.person.address_locked for member in members)
    address = None if locked else household.shown_address
    if Category.ADDRESS in granted and address is not None and address.lines:
        found["address"] = _address(address)
    if Category.FAMILY in granted:
        found["family"] = {"persons": len(members)}
    if Category.NEEDS in granted and needs:
        found["needs"] = needs
    for category in _sources.keys() & granted:
        if lines := _sources[category](actor, household.pk, None):
            found[category] = [list(line) for line in lines]
    return found


def _address(address: AddressData) -> dict[str, str]:
    parts = ("street", "house_number", "postal_code", "town", "district")
    return {part: getattr(address, part) for part in parts if getattr(address, part)}


def _held(payload: Mapping[str, Any]) -> set[str]:
    """Which categories a payload really holds."""
    keys = set(payload) | {key for person in payload.get("persons", ()) for key in person}
    return keys & set(Category.values)


def _label(persons: list[dict[str, Any]]) -> str:
    families = dict.fromkeys(
        entry["core"].get("family_name") or entry["core"].get("given_names", "")
        for entry in persons
        if "core" in entry
    )
    return " / ".join(families)[:200]


def without(payload: Mapping[str, Any], categories: Collection[str]) -> dict[str, Any]:
    """Take categories out of a snapshot: what nobody agrees to any more is gone, not hidden."""
    rest = {key: value for key, value in payload.items() if key not in categories and key != "persons"}
    if "persons" in payload:
        kept = [{k: v for k, v in entry.items() if k not in categories} for entry in payload["persons"]]
        rest["persons"] = [entry for entry in kept if set(entry) - {"subject", "contested"}]
    return rest


@dataclass(frozen=True)
class Block:
    """One part of an envelope as people read it: a heading and its lines."""

    heading: str
    lines: tuple[Line, ...]


def shown(payload: Mapping[str, Any]) -> list[Block]:
    """Put the whole snapshot into words: the preview and the receiver's page show exactly this."""
    blocks = [
        Block(_person_heading(entry, number), tuple(_person_lines(entry)))
        for number, entry in enumerate(payload.get("persons", ()), start=1)
    ]
    lines: list[Line] = []
    if "address" in payload:
        lines.append((str(Category.ADDRESS.label), AddressData(**payload["address"]).one_line))
    if "count_at_address" in payload:
        lines.append((str(Category.COUNT_AT_ADDRESS.label), str(payload["count_at_address"])))
    if "family" in payload:
        lines.append((_("Personen im Haushalt"), str(payload["family"]["persons"])))
    lines += [(str(Category.NEEDS.label), need) for need in payload.get("needs", ())]
    for category in _EXTRA:
        lines += [(label, value) for label, value in payload.get(category, ())]
    if lines:
        blocks.append(Block(_("Anschrift") if "count_at_address" in payload else _("Haushalt"), tuple(lines)))
    return blocks


def _person_heading(entry: Mapping[str, Any], number: int) -> str:
    core = entry.get("core", {})
    name = ", ".join(part for part in (core.get("family_name"), core.get("given_names")) if part)
    return name or _("Person {number}").format(number=number)


def _person_lines(entry: Mapping[str, Any]) -> list[Line]:
    core, contact = entry.get("core", {}), entry.get("contact", {})
    pairs = [
        (_("Anlass"), _("Um diese Person geht es") if entry.get("subject") else ""),
        (_("Geburtsdatum"), str(BirthDate(*core["birth"])) if "birth" in core else ""),
        (_("In Originalschrift"), core.get("original_script", "")),
        (_("Früherer Name"), core.get("former_names", "")),
        (_("Vatersname"), core.get("patronymic", "")),
        (_("Stellung im Haushalt"), _word(Relation, entry.get("family", ""))),
        (_("Sprachen"), ", ".join(_language(*pair) for pair in entry.get("language", ()))),
        (_channel(contact.get("contact_channel", "")), contact.get("contact_value", "")),
        (_("Sprache für den Kontakt"), language_name(contact.get("contact_language", ""))),
        (_("Vorsicht beim Kontakt"), contact.get("safe_contact_note", "")),
        (_("Bestritten"), ", ".join(entry.get("contested", ()))),
        (_("Ankunft"), f"{date.fromisoformat(entry['arrival']):%d.%m.%Y}" if "arrival" in entry else ""),
    ]
    pairs += [(label, value) for category in _EXTRA for label, value in entry.get(category, ())]
    return [(label, value) for label, value in pairs if value]


def _word(choices: Any, code: str) -> str:
    return str(choices(code).label) if code and code in choices.values else code


def _channel(code: str) -> str:
    return str(Channel(code).label) if code and code in Channel.values else _("Kontakt")


def _language(code: str, level: str) -> str:
    return f"{language_name(code)} ({level})" if level and level != "mother" else language_name(code)


def subject_in(payload: Mapping[str, Any]) -> tuple[str, str, int | None] | None:
    """Given names, family name and year of birth of whom it is about; None where it is about the household."""
    for entry in payload.get("persons", ()):
        if entry.get("subject") and "core" in entry:
            core = entry["core"]
            return core.get("given_names", ""), core.get("family_name", ""), core["birth"][0]
    return None


def persons_in(payload: Mapping[str, Any]) -> list[PersonData]:
    """The people of an envelope as the receiver takes them into its own books; who has no name is left out."""
    found = []
    for entry in payload.get("persons", ()):
        core, contact = entry.get("core", {}), entry.get("contact", {})
        if not (core.get("given_names") or core.get("family_name")):
            continue
        names = {name: core.get(name, "") for name in NAMES}
        found.append(
            PersonData(
                **names,
                birth=BirthDate(*core["birth"]),
                languages=tuple((code, level) for code, level in entry.get("language", ())),
                relation=entry.get("family", ""),
                **contact,
            )
        )
    return found


def address_in(payload: Mapping[str, Any]) -> AddressData | None:
    """The address of an envelope, where one travels."""
    return AddressData(**payload["address"]) if "address" in payload else None
