"""Consents for tests."""

from datetime import date

import factory

from stafette.accounts.tests.factories import UnitFactory
from stafette.kernel.testing import OwnedFactory
from stafette.people.tests.factories import HouseholdFactory
from stafette.protection.models import Consent


class ConsentFactory(OwnedFactory[Consent]):
    class Meta:
        model = Consent

    household = factory.SubFactory(HouseholdFactory)
    unit = factory.SelfAttribute("household.unit")
    receiver = factory.SubFactory(UnitFactory)
    purpose = "Unterstützung der Familie"
    categories = ["core"]
    text_version = "weitergabe 1"
    language = "bg"
    form = "written"
    given_on = date(2026, 1, 1)
    expires_on = date(2099, 1, 1)
