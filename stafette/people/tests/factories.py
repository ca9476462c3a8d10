"""Synthetic persons and households for tests; keys are worked out as the commands do it."""

from datetime import date

import factory

from stafette.accounts.tests.factories import UnitFactory
from stafette.kernel.testing import OwnedFactory
from stafette.people.birthdates import BirthDate
from stafette.people.data import PersonData
from stafette.people.making import sort_name
from stafette.people.models import Household, HouseholdMember, Person, PersonLanguage
from stafette.people.names.keys import folded_names, person_keys
from stafette.people.queries.search import names_of


def _data(row):
    names = ("given_names", "family_name", "former_names", "patronymic", "original_script")
    return PersonData(**{name: getattr(row, name, "") for name in names})


class PersonFactory(OwnedFactory[Person]):
    class Meta:
        model = Person

    unit = factory.SubFactory(UnitFactory)
    given_names = "Maria"
    family_name = factory.Sequence(lambda n: f"Georgieva-{'abcdefghij'[n % 10]}")
    birth_year, birth_month, birth_day = 1985, 2, 1
    source_date = date(2026, 1, 1)
    sort_name = factory.LazyAttribute(lambda o: sort_name(o.family_name, o.given_names))

    @factory.lazy_attribute
    def folded_names(self):
        return folded_names(names_of(_data(self)))

    @factory.lazy_attribute
    def search_keys(self):
        return person_keys(
            names_of(_data(self)), BirthDate(self.birth_year, self.birth_month, self.birth_day)
        )


class PersonLanguageFactory(OwnedFactory[PersonLanguage]):
    class Meta:
        model = PersonLanguage

    person = factory.SubFactory(PersonFactory)
    unit = factory.SelfAttribute("person.unit")
    language = "bg"
    level = "mother"


class HouseholdFactory(OwnedFactory[Household]):
    class Meta:
        model = Household

    unit = factory.SubFactory(UnitFactory)
    label = "Georgieva"
    street, house_number, postal_code, town = "Musterstraße", "5", "06667", "Musterstadt"
    source_date = date(2026, 1, 1)


class HouseholdMemberFactory(OwnedFactory[HouseholdMember]):
    class Meta:
        model = HouseholdMember

    household = factory.SubFactory(HouseholdFactory)
    unit = factory.SelfAttribute("household.unit")
    person = factory.SubFactory(PersonFactory, unit=factory.SelfAttribute("..household.unit"))
    relation = "head"
    from_on = date(2026, 1, 1)
