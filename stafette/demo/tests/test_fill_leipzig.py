"""The welcome centre of Leipzig filled with a fortnight: what its counter, its head and the office find."""

from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from django.core.management import call_command
from django.urls import reverse

from stafette.demo.door_opener import fill_leipzig
from stafette.demo.queries import demo_account
from stafette.directory.models import Service
from stafette.intake.models import ShortContact
from stafette.kernel.clock import today, travel
from stafette.kernel.testing import as_owner
from stafette.materials.queries import published_sheets
from stafette.partners.models import CooperationAgreement
from stafette.partners.queries.agreements import ending_soon, presences

BLUEPRINT = Path(__file__).parents[3] / "blueprints" / "leipzig.toml"
SUNDAY = datetime(2026, 11, 22, 10, tzinfo=ZoneInfo("Europe/Berlin"))  # the same service days on every day
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


@pytest.fixture
def town(db):
    with travel(SUNDAY):
        with as_owner():
            call_command("blueprint", "apply", "--yes", str(BLUEPRINT), verbosity=0)
        fill_leipzig(days=14)
        yield


def test_the_welcome_centre_holds_together(town, client):
    """One town for all: filling it takes longer than looking at it."""
    with as_owner():
        _the_counter_gave_services_and_sheets()
        _partners_sit_at_their_desks()
    _the_pages_answer(client)


def _the_counter_gave_services_and_sheets():
    assert Service.objects.filter(is_public=True).count() > 50
    assert published_sheets("de")
    contacts = ShortContact.objects.all()
    assert contacts.count() > 40
    assert contacts.exclude(services=[]).exists()
    assert contacts.exclude(sheets=[]).exists()
    assert set(contacts.values_list("counted_on__iso_week_day", flat=True)) <= {1, 2, 4}


def _partners_sit_at_their_desks():
    running = CooperationAgreement.objects.filter(state="running", unit__code="wzl")
    assert set(running.values_list("partner__organization__code", flat=True)) == {
        *("mbe-nord", "jmd", "gewerkschaft", "mieterverein"),
    }
    services = {code for one in running for code in one.services}
    assert Service.objects.filter(code__in=services).count() == 4

    monday = today() + timedelta(days=1)
    week = presences(monday + timedelta(days=n) for n in range(5))
    assert [(one.day.isoweekday(), one.opens_at.hour, one.desk) for one in week] == [
        (1, 10, 2), (2, 14, 3), (4, 9, 2), (4, 14, 3),
    ]  # fmt: skip
    [next_to_end] = ending_soon()
    assert next_to_end.partner.organization.code == "mieterverein"


def _the_pages_answer(client):
    client.force_login(demo_account("koordination"), backend=BACKEND)
    page = client.get(reverse("evaluation:index"))
    assert page.status_code == 200
    assert "Willkommenszentrum" in page.content.decode()
    client.force_login(demo_account("wzl-leitung"), backend=BACKEND)
    assert "Mieterverein" in client.get(reverse("partners:agreements")).content.decode()
