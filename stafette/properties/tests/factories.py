"""Hints for tests."""

from datetime import date

import factory

from stafette.accounts.models import UnitKind
from stafette.accounts.tests.factories import UnitFactory
from stafette.kernel.testing import OwnedFactory
from stafette.properties.models import Hint


class HintFactory(OwnedFactory[Hint]):
    class Meta:
        model = Hint

    unit = factory.SubFactory(UnitFactory, kind=UnitKind.HOUSING_CONTROL)
    street, house_number, postal_code, town = "Musterstraße", "5", "06667", "Musterstadt"
    indication = Hint.Indication.OVERCROWDING
    person_count = 9
    received_on = date(2026, 11, 2)
    due_on = date(2026, 11, 16)
