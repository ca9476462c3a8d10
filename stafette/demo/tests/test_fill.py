"""A small town filled through the real commands, and what must hold in it."""

from pathlib import Path

import pytest
from django.core.management import call_command

from stafette.accounts.models import Unit
from stafette.arrivals.models import ArrivalRow
from stafette.audit.queries import verify_chain
from stafette.demo.fill import fill
from stafette.intake.models import Interview, ShortContact
from stafette.kernel.testing import as_owner
from stafette.people.models import Household
from stafette.referrals.models import Finding, Referral

BLUEPRINT = Path(__file__).parents[3] / "blueprints" / "weissenfels.toml"


@pytest.fixture
def town(db):
    with as_owner():
        call_command("blueprint", "apply", "--yes", str(BLUEPRINT), verbosity=0)
    fill(talks=16)
    with as_owner():
        yield


def test_the_town_has_talks_findings_referrals_contacts_and_a_list_to_decide_on(town):
    assert Interview.objects.filter(state="finished").count() == 16
    assert Finding.objects.exists()
    assert Referral.objects.exclude(state__in=["draft", "checked"]).exists()
    assert ShortContact.objects.count() > 100
    assert set(ArrivalRow.objects.values_list("outcome", flat=True)) >= {"new", "possible_duplicate", "rejected"}


def test_accepted_referrals_became_records_of_the_receiver(town):
    accepted = Referral.objects.filter(accepted_at__isnull=False, subject="persons")
    assert accepted.exists()
    for referral in accepted:
        assert Household.objects.get(pk=referral.received_household_id).unit_id == referral.to_unit_id


def test_every_open_referral_has_somebody_and_a_date(town):
    for referral in Referral.objects.exclude(state__in=["done", "settled", "withdrawn"]):
        assert referral.next_on
        assert referral.escalation_unit_id


def test_the_log_of_the_whole_quarter_is_whole(town):
    report = verify_chain(using="default")
    assert report.checked > 300
    assert report.faults == []


def test_units_are_those_of_the_blueprint(town):
    assert Unit.objects.filter(code="clearing", kind="CL").exists()
