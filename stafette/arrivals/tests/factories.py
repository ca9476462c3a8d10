"""Arrivals for tests."""

from __future__ import annotations

from datetime import date

import factory

from stafette.accounts.tests.factories import UnitFactory
from stafette.arrivals.models import Arrival, ArrivalImport
from stafette.kernel.testing import OwnedFactory
from stafette.people.models import Household


class HomeFactory(OwnedFactory[Household]):
    class Meta:
        model = Household

    unit = factory.SubFactory(UnitFactory)
    label = factory.Sequence(lambda n: f"Familie {n}")
    street = "Röntgenweg"
    house_number = "1"
    postal_code = "06667"
    town = "Weißenfels"
    source = "register"
    source_date = date(2026, 1, 1)


class ArrivalFactory(OwnedFactory[Arrival]):
    class Meta:
        model = Arrival

    household = factory.SubFactory(HomeFactory)
    unit = factory.SelfAttribute("household.unit")
    language = "ro"
    next_on = date(2026, 1, 10)


class ImportFactory(OwnedFactory[ArrivalImport]):
    class Meta:
        model = ArrivalImport

    unit = factory.SubFactory(UnitFactory)
    file_name = "liste.csv"
    digest = "0" * 64
    actor_label = "Clearing 1"
