"""Make households, let people move in and out, change the address."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from django.utils.translation import gettext as _

from stafette.audit.record import record
from stafette.kernel.actor import Actor
from stafette.kernel.command import command
from stafette.kernel.errors import BadInput, RuleBroken
from stafette.kernel.permissions import Permission
from stafette.people.data import AddressData, PersonData
from stafette.people.making import household_label, new_languages, new_person
from stafette.people.models import Household, HouseholdMember, Person, PersonLanguage


@command
def create_household(
    *,
    actor: Actor,
    unit: UUID,
    members: Sequence[PersonData],
    address: AddressData | None,
    source: str,
    source_date: date,
) -> Household:
    """Take a whole household into the unit's books at once: persons, languages, who lives there, where.

    A lock of one member or of the address hides the address of all (§§ 51, 52 BMG).
    """
    actor.require(Permission.PERSON_EDIT, unit=unit)
    if not members:
        raise BadInput(_("Ein Haushalt braucht mindestens eine Person."))
    persons = [new_person(unit, data, source, source_date) for data in members]
    locked = any(data.address_locked for data in members)
    household = _new_household(unit, persons, address, locked=locked, source=source, source_date=source_date)
    household.save(force_insert=True)
    Person.objects.bulk_create(persons)
    pairs = list(zip(persons, members, strict=True))
    PersonLanguage.objects.bulk_create([row for p, data in pairs for row in new_languages(p, data)])
    HouseholdMember.objects.bulk_create(
        HouseholdMember(
            unit_id=unit, household=household, person=p, relation=data.relation, from_on=source_date
        )
        for p, data in pairs
    )
    ids = [p.pk for p in persons]
    record(actor, "household.created", household, unit=unit, about=household.pk, persons=ids, source=source)
    return household


@command
def add_member(
    *, actor: Actor, household_id: UUID, person_id: UUID, relation: str = "", from_on: date
) -> HouseholdMember:
    """Let a person of the same unit live in a household; an address lock comes along with the person."""
    household = Household.objects.select_for_update(of=("self",)).get(pk=household_id)
    actor.require(Permission.PERSON_EDIT, unit=household.unit_id)
    person = Person.objects.filter(pk=person_id, unit=household.unit_id, merged_into=None).first()
    if person is None:
        raise BadInput(_("Diese Person gibt es in Ihrer Stelle nicht. Bitte suchen Sie sie erneut."))
    if household.members.filter(person=person, until_on=None).exists():
        raise RuleBroken(_("Diese Person gehört schon zum Haushalt."))
    member = HouseholdMember(
        unit_id=household.unit_id, household=household, person=person, relation=relation, from_on=from_on
    )
    member.save(force_insert=True)
    if person.address_locked and not household.address_locked:
        Household.objects.filter(pk=household.pk).update(address_locked=True)
    record(actor, "member.added", household, unit=household.unit_id, about=household.pk, person=person.pk)
    return member


@command
def end_membership(*, actor: Actor, member_id: UUID, until_on: date) -> HouseholdMember:
    """Let somebody leave a household; the time in it stays in its history."""
    member = HouseholdMember.objects.select_for_update(of=("self",)).get(pk=member_id)
    actor.require(Permission.PERSON_EDIT, unit=member.unit_id)
    if member.until_on:
        raise RuleBroken(_("Diese Person ist schon ausgezogen."))
    if until_on < member.from_on:
        raise BadInput(_("Der Auszug liegt vor dem Einzug. Bitte prüfen Sie das Datum."))
    member.until_on = until_on
    member.save(update_fields=["until_on"])
    record(actor, "member.left", member.household, unit=member.unit_id, about=member.household_id,
           person=member.person_id, until_on=until_on)  # fmt: skip
    return member


@command
def move_household(
    *, actor: Actor, household_id: UUID, address: AddressData, source: str, source_date: date
) -> Household:
    """Give a household another address; a lock that stands is kept, also when the new address names none."""
    household = Household.objects.select_for_update(of=("self",)).get(pk=household_id)
    actor.require(Permission.PERSON_EDIT, unit=household.unit_id)
    household.address_locked = household.address_locked or address.locked
    _set_address(household, address)
    household.source, household.source_date = source, source_date
    household.save()
    record(actor, "household.moved", household, unit=household.unit_id, about=household.pk, source=source)
    return household


def _new_household(
    unit: UUID,
    persons: list[Person],
    address: AddressData | None,
    *,
    locked: bool,
    source: str,
    source_date: date,
) -> Household:
    household = Household(
        unit_id=unit, label=household_label(persons), source=source, source_date=source_date
    )
    if address is not None:
        _set_address(household, address)
    household.address_locked = locked or (address is not None and address.locked)
    return household


def _set_address(household: Household, address: AddressData) -> None:
    for name in ("street", "house_number", "postal_code", "town", "district"):
        setattr(household, name, getattr(address, name).strip())
