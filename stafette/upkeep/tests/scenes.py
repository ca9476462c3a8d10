"""Providers with entries, and the steps with which several tests begin."""

import re
from datetime import timedelta

import factory

from stafette.accounts.models import UnitKind
from stafette.accounts.tests.factories import UnitFactory
from stafette.directory.tests.factories import OrganizationFactory, ServiceFactory
from stafette.kernel.clock import today
from stafette.kernel.testing import OwnedFactory, as_owner
from stafette.outbox.models import Message
from stafette.upkeep.models import ConfirmationRound, EntryLink
from stafette.upkeep.watching import run_rounds

URL = re.compile(r"https?://[^/\s]+(/pflege/[\w-]+/)")


class RoundFactory(OwnedFactory[ConfirmationRound]):
    class Meta:
        model = ConfirmationRound

    organization = factory.SubFactory(OrganizationFactory)
    asked_on = factory.LazyFunction(today)
    next_on = factory.LazyFunction(today)


def provider(name="Caritas Beispiel", *, services=2, days=100, **facts):
    """A provider whose services were confirmed so many days ago."""
    with as_owner():
        unit = UnitFactory(kind=UnitKind.OPERATIONS)
    facts = {"name": name, "email": "info@caritas.example", "keeper": unit} | facts
    organization = OrganizationFactory(**facts)
    for number in range(services):
        assured_at = today() - timedelta(days=days) if days is not None else None
        ServiceFactory(organization=organization, name=f"Beratung {number + 1}", assured_at=assured_at)
    return organization


def mails():
    with as_owner():
        return list(Message.objects.order_by("created_at", "id"))


def path_in_mail(message=None):
    return URL.search((message or mails()[-1]).body).group(1)


def asked(**facts):
    """A provider that was asked, and the path in its mail."""
    organization = provider(**facts)
    run_rounds()
    return organization, path_in_mail()


def round_of(organization):
    return ConfirmationRound.objects.get(organization=organization)


def links():
    return EntryLink.objects.order_by("created_at", "id")
