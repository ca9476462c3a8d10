"""Entries of the directory for tests."""

import factory

from stafette.directory.models import Location, Organization, Service, ServiceAtLocation
from stafette.kernel.testing import OwnedFactory


class OrganizationFactory(OwnedFactory[Organization]):
    class Meta:
        model = Organization

    code = factory.Sequence(lambda n: f"traeger-{n}")
    name = factory.Sequence(lambda n: f"Träger {n}")


class LocationFactory(OwnedFactory[Location]):
    class Meta:
        model = Location

    code = factory.Sequence(lambda n: f"ort-{n}")
    name = factory.Sequence(lambda n: f"Haus {n}")
    address_1 = factory.Sequence(lambda n: f"Beispielstraße {n + 1}")
    postal_code = "04109"
    city = "Leipzig"


class ServiceFactory(OwnedFactory[Service]):
    class Meta:
        model = Service

    code = factory.Sequence(lambda n: f"dienst-{n}")
    name = factory.Sequence(lambda n: f"Beratungsdienst {n}")
    organization = factory.SubFactory(OrganizationFactory)
    languages = ["de", "bg"]
    topics = ["gesundheit"]


class ServiceAtLocationFactory(OwnedFactory[ServiceAtLocation]):
    class Meta:
        model = ServiceAtLocation

    service = factory.SubFactory(ServiceFactory)
    location = factory.SubFactory(LocationFactory)
