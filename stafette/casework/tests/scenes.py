"""A counselling unit with an author, a colleague and a family; every key lies in a folder of the test."""

from dataclasses import dataclass

import pytest

from stafette.accounts.models import Mandate, Unit, UnitKind, User
from stafette.accounts.queries import actor_for
from stafette.accounts.roles import Role
from stafette.accounts.tests.factories import MembershipFactory, UnitFactory
from stafette.casework.commands import create_key, write_note
from stafette.kernel.actor import Actor
from stafette.kernel.ids import new_id
from stafette.kernel.permissions import Permission
from stafette.kernel.scope import acting
from stafette.people.models import Household, Person
from stafette.people.tests.factories import HouseholdFactory, HouseholdMemberFactory, PersonFactory

MARKER = "Quittenbaumgeheimnis"
TITLE = "Schneckenhausthema"


def keeper_of(*units: Unit) -> Actor:
    return Actor(new_id(), "Technik", frozenset((Permission.KEY_ADMIN, unit.pk) for unit in units))


@dataclass
class Scene:
    unit: Unit
    author: User
    colleague: User
    household: Household
    person: Person
    keeper: Actor

    @property
    def writer(self) -> Actor:
        return actor_for(self.author)

    @property
    def other(self) -> Actor:
        return actor_for(self.colleague)

    def write(self, *, ground="entrusted", title=TITLE, body=MARKER, person=True, actor=None):
        return write_note(
            actor=actor or self.writer,
            household_id=self.household.pk,
            person_id=self.person.pk if person else None,
            ground=ground,
            title=title,
            body=body,
        )


def make_scene(*, with_key=True) -> Scene:
    unit = UnitFactory(kind=UnitKind.OUTREACH, mandate=Mandate.HELPING, name="Aufsuchende Sozialarbeit")
    author = MembershipFactory(unit=unit, role=Role.OUTREACH).user
    colleague = MembershipFactory(unit=unit, role=Role.OUTREACH).user
    household = HouseholdFactory(unit=unit)
    person = PersonFactory(unit=unit)
    HouseholdMemberFactory(household=household, person=person)
    scene = Scene(unit, author, colleague, household, person, keeper_of(unit))
    if with_key:
        with acting(scene.keeper):
            create_key(actor=scene.keeper, unit_id=unit.pk)
    return scene


@pytest.fixture
def folder(settings, tmp_path):
    settings.STAFETTE_KEYS = tmp_path / "keys"
    return settings.STAFETTE_KEYS


@pytest.fixture
def scene(db, folder):
    return make_scene()
