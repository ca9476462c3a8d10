"""A small town filled through the real commands, and what must hold in it."""

from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from django.core.management import call_command

from stafette.accounts.models import Unit
from stafette.accounts.queries import actor_for
from stafette.arrivals.models import ArrivalRow
from stafette.audit.queries import verify_chain
from stafette.demo.fill import fill
from stafette.demo.queries import demo_account
from stafette.intake.models import Interview, ShortContact
from stafette.kernel.clock import travel
from stafette.kernel.scope import acting
from stafette.kernel.testing import as_owner
from stafette.outbox.models import Message, Note
from stafette.partners.models import AnswerLink, Partner, PartnerContent, PartnerRequest
from stafette.partners.queries import inbox
from stafette.referrals.models import Finding, FollowUp, Notice, Referral
from stafette.retention.run import run_retention

BLUEPRINT = Path(__file__).parents[3] / "blueprints" / "weissenfels.toml"
SUNDAY = datetime(2026, 11, 22, 10, tzinfo=ZoneInfo("Europe/Berlin"))  # the same few families on every day


@pytest.fixture
def town(db):
    with travel(SUNDAY):
        with as_owner():
            call_command("blueprint", "apply", "--yes", str(BLUEPRINT), verbosity=0)
        fill(talks=20)
        with as_owner():
            yield


def test_the_town_holds_together(town):
    """One town for all: filling it takes longer than looking at it."""
    _the_books_hold_together()
    _partners_are_asked_and_answer()
    _dates_are_watched_and_mails_lie_in_the_outbox()
    _nothing_is_overdue()


def _the_books_hold_together():
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


def _partners_are_asked_and_answer():
    asked = PartnerRequest.objects.select_related("partner", "unit")
    states = set(asked.values_list("state", flat=True))
    assert states >= {"draft", "sent", "answered", "closed"}
    assert set(Partner.objects.values_list("code", flat=True)) >= {"grundschule", "kinderarzt"}
    assert not Partner.objects.filter(code=None).exists()

    for request in asked.filter(is_open=True):
        assert request.next_on and request.responsible_user_id and request.escalation_unit_id
    for request in asked.filter(state__in=["answered", "closed"]):
        assert request.answer and PartnerContent.objects.get(request=request).own_number
        assert AnswerLink.objects.get(request=request).used_at

    secretary = actor_for(demo_account("grundschule"))
    with acting(secretary):
        waiting = list(inbox(actor=secretary))
        assert {one.unit.code for one in waiting} == {"clearing", "schulteam-stadt"}
        assert {one.partner_unit_id for one in waiting} == {Unit.objects.get(code="grundschule").pk}


def _dates_are_watched_and_mails_lie_in_the_outbox():
    assert FollowUp.objects.filter(is_open=True).exists()
    assert Notice.objects.exists()
    assert Note.objects.filter(message__isnull=False).exists()

    mails = Message.objects.all()
    assert set(mails.values_list("kind", flat=True)) >= {"partner_link", "digest"}
    links = mails.filter(kind="partner_link")
    assert links.filter(state="sent").exists()
    assert all(mail.address.endswith(".example.org") for mail in links)
    numbers = set(PartnerRequest.objects.exclude(state="draft").values_list("number", flat=True))
    assert set(links.values_list("reference", flat=True)) == numbers


def _nothing_is_overdue():
    """The quarter is younger than anything that must be deleted."""
    assert not run_retention(dry=True).totals().get("due")
