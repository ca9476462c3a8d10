"""Create and correct persons; lock their address."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from stafette.audit.record import record
from stafette.kernel.actor import Actor
from stafette.kernel.command import command
from stafette.kernel.errors import RuleBroken
from stafette.kernel.permissions import Permission
from stafette.people.birthdates import BirthDate
from stafette.people.data import PersonData
from stafette.people.making import NAMES, PLAIN, fill, new_languages, new_person
from stafette.people.models import Household, Person, PersonChange, PersonLanguage


@command
def create_person(*, actor: Actor, unit: UUID, data: PersonData, source: str, source_date: date) -> Person:
    """Take a person into the unit's books.

    Nothing is compared here: the screen searches before it creates, and a list import matches by itself.
    """
    actor.require(Permission.PERSON_EDIT, unit=unit)
    person = new_person(unit, data, source, source_date)
    person.save(force_insert=True)
    PersonLanguage.objects.bulk_create(new_languages(person, data))
    record(actor, "person.created", person, unit=unit, source=source)
    return person


@command
def change_person(
    *,
    actor: Actor,
    person_id: UUID,
    data: PersonData,
    source: str,
    source_date: date,
    about: UUID | None = None,
) -> Person:
    """Correct a person: each changed fact keeps its old value, the source and the date of the new one.

    `about` names the household whose timeline shows the correction. An address lock is set, never
    lifted here: lifting has a command of its own.
    """
    person = Person.objects.select_for_update(of=("self",)).get(pk=person_id)
    actor.require(Permission.PERSON_EDIT, unit=person.unit_id)
    if person.merged_into_id:
        raise RuleBroken(_("Diese Person wurde zusammengeführt. Bitte ändern Sie die verbliebene Person."))
    before = _values(person)
    languages_changed = _change_languages(person, data)
    fill(person, data)
    changed = {name: (before[name], new) for name, new in _values(person).items() if before[name] != new}
    if changed or languages_changed:
        person.source, person.source_date = source, source_date
        person.save()
        PersonChange.objects.bulk_create(_changes(actor, person, changed))
    if data.address_locked and not person.address_locked:
        _lock(person)
    fields = sorted(changed) + (["languages"] if languages_changed else [])
    record(actor, "person.changed", person, unit=person.unit_id, about=about, fields=fields, source=source)
    return person


@command
def lock_address(*, actor: Actor, person_id: UUID, locked: bool, about: UUID | None = None) -> Person:
    """Set or lift the lock of §§ 51, 52 BMG; it covers every household in which the person lives now.

    When one lock is lifted, the household stays locked as long as another member has one.
    """
    person = Person.objects.select_for_update(of=("self",)).get(pk=person_id)
    actor.require(Permission.PERSON_EDIT, unit=person.unit_id)
    if locked:
        _lock(person)
    else:
        Person.objects.filter(pk=person.pk).update(address_locked=False)
        for household in Household.objects.filter(members__person=person, members__until_on=None):
            still = household.members.filter(until_on=None, person__address_locked=True).exists()
            Household.objects.filter(pk=household.pk).update(address_locked=still)
    person.address_locked = locked
    record(actor, "person.address_locked", person, unit=person.unit_id, about=about, locked=locked)
    return person


def _lock(person: Person) -> None:
    Person.objects.filter(pk=person.pk).update(address_locked=True)
    living = Household.objects.filter(members__person=person, members__until_on=None)
    Household.objects.filter(pk__in=living.values("pk")).update(address_locked=True)
    person.address_locked = True


def _values(person: Person) -> dict[str, str]:
    values: dict[str, Any] = {name: getattr(person, name) for name in (*NAMES, *PLAIN)}
    birth = BirthDate(person.birth_year, person.birth_month, person.birth_day)
    return {**values, "birth": str(birth), "nationalities": " ".join(person.nationalities)}


def _changes(actor: Actor, person: Person, changed: dict[str, tuple[str, str]]) -> list[PersonChange]:
    return [
        PersonChange(
            unit_id=person.unit_id,
            person=person,
            field=name,
            old=old,
            new=new,
            source=person.source,
            source_date=person.source_date,
            actor_id=actor.id,
            actor_label=actor.label,
        )
        for name, (old, new) in changed.items()
    ]


def _change_languages(person: Person, data: PersonData) -> bool:
    kept = {row.language: row.level for row in person.languages.all()}
    wanted = dict(data.languages)
    if kept == wanted:
        return False
    person.languages.all().delete()
    PersonLanguage.objects.bulk_create(new_languages(person, data))
    return True
