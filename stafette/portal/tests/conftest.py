"""A town with one service that everybody may see, and a fresh memory of the pages for each test."""

from datetime import date, time

import pytest

from stafette.accounts.models import Topic, Town
from stafette.accounts.tests.factories import UnitFactory
from stafette.directory.indexing import reindex
from stafette.directory.models import Phone, Schedule
from stafette.directory.tests.factories import OrganizationFactory, ServiceAtLocationFactory, ServiceFactory
from stafette.kernel.testing import as_owner
from stafette.portal import public
from stafette.portal.queries import stamp


@pytest.fixture(autouse=True)
def nothing_kept():
    public.forget()
    stamp.ask_again()
    yield
    public.forget()
    stamp.ask_again()


@pytest.fixture
def town(db):
    unit = UnitFactory(
        name="Koordination Neustadt", phone="030 23125 100", email="koordination@stadt.example"
    )
    with as_owner():
        Town.objects.create(code="neustadt", name="Neustadt", way="Weg", coordination=unit)
        Topic.objects.get_or_create(code="kindergarten", defaults={"label": "Kita"})
    return unit


@pytest.fixture
def service(town):
    with as_owner():
        provider = OrganizationFactory(name="Verein Beispiel", website="https://verein.example")
        row = ServiceFactory(
            code="kitaberatung",
            name="Kita-Beratung",
            summary="Hilft bei der Suche nach einem Kita-Platz.",
            description="Wir suchen mit Ihnen.",
            organization=provider,
            topics=["kindergarten"],
            languages=["de", "bg"],
            is_free=True,
            assured_at=date(2026, 11, 1),
        )
        Schedule.objects.create(service=row, byday="MO,TU", opens_at=time(9), closes_at=time(16))
        Phone.objects.create(service=row, number="030 23125 111")
        row.documents.create(document="Geburtsurkunde")
        ServiceAtLocationFactory(service=row, location__latitude=51.34, location__longitude=12.37)
        reindex([row.pk])
    return row
