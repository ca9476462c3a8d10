"""Many households at once, for lists that registers send: the same records as one by one, in few statements."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from stafette.audit.record import record
from stafette.kernel.actor import Actor
from stafette.kernel.command import command
from stafette.kernel.permissions import Permission
from stafette.people.commands.households import _new_household
from stafette.people.data import AddressData, PersonData
from stafette.people.making import new_languages, new_person
from stafette.people.models import Household, HouseholdMember, Person, PersonLanguage

BATCH = 1_000


@dataclass(frozen=True)
class NewHousehold:
    """A household to be: who lives there, where, since when (the day of the source where that is not known)."""

    members: Sequence[PersonData]
    address: AddressData | None = None
    from_on: date | None = None


@command
def create_households(
    *, actor: Actor, unit: UUID, households: Sequence[NewHousehold], source: str, source_date: date
) -> list[tuple[Household, list[Person]]]:
    """Take the households of a list into the unit's books, in the order given; each with its persons.

    One event stands for all of them: the caller writes what each household's timeline should show. A lock of one
    member hides the address of all, as in create_household.
    """
    actor.require(Permission.PERSON_EDIT, unit=unit)
    made: list[tuple[Household, list[Person]]] = []
    members, languages = [], []
    for new in households:
        persons = [new_person(unit, data, source, source_date) for data in new.members]
        locked = any(data.address_locked for data in new.members)
        home = _new_household(
            unit, persons, new.address, locked=locked, source=source, source_date=source_date
        )
        made.append((home, persons))
        for person, data in zip(persons, new.members, strict=True):
            languages += new_languages(person, data)
            members.append(
                HouseholdMember(
                    unit_id=unit,
                    household=home,
                    person=person,
                    relation=data.relation,
                    from_on=new.from_on or source_date,
                )
            )
    Household.objects.bulk_create([home for home, _ in made], batch_size=BATCH)
    Person.objects.bulk_create([person for _, persons in made for person in persons], batch_size=BATCH)
    PersonLanguage.objects.bulk_create(languages, batch_size=BATCH)
    HouseholdMember.objects.bulk_create(members, batch_size=BATCH)
    if made:
        record(actor, "households.created", made[0][0], unit=unit, count=len(made), source=source)
    return made
