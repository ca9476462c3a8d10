"""A small town filled through the real commands, and what must hold in it."""

from pathlib import Path

import pytest
from django.core.management import call_command

from stafette.arrivals.models import ArrivalRow
from stafette.audit.queries import verify_chain
from stafette.demo.fill import fill
from stafette.intake.models import Interview, ShortContact
from stafette.kernel.testing import as_owner
from stafette.referrals.models import Finding, Referral

BLUEPRINT = Path(__file__).parents[3] / "blueprints" / "weissenfels.toml"


@pytest.fixture
def town(db):
    with as_owner():
        call_command("blueprint", "apply", "--yes", str(BLUEPRINT), verbosity=0)
    fill(talks=20)
    with as_owner():
        yield


def test_the_town_holds_together(town):
    assert Interview.objects.filter(state="finished").count() == 20
    assert Finding.objects.exists()
    assert ShortContact.objects.count() > 100
    assert set(ArrivalRow.objects.values_list("outcome", flat=True)) >= {
        "new",
        "possible_duplicate",
        "rejected",
    }

    accepted = Referral.objects.filter(received_household__isnull=False)
    assert accepted.exists()
    for referral in accepted.select_related("received_household"):
        assert referral.received_household.unit_id == referral.to_unit_id

    for referral in Referral.objects.exclude(state__in=["done", "settled", "withdrawn"]):
        assert referral.next_on
        assert referral.responsible_user_id
        assert referral.escalation_unit_id

    report = verify_chain(using="default")
    assert report.checked > 300
    assert report.faults == []
