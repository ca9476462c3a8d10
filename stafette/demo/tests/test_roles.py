"""What each role of the demo finds: every one its mails, a partner nothing but the questions to its house."""

from uuid import uuid4

import pytest
from django.urls import reverse

from stafette.accounts.roles import ROLES, Role
from stafette.accounts.tests.factories import UnitFactory
from stafette.config.wiring import connect
from stafette.demo.roles import DEMO_ROLES
from stafette.kernel.actor import Actor
from stafette.partners.commands import prepare_request, send_request
from stafette.partners.tests.scenes import PartnerFactory, make_story
from stafette.web import navigation


@pytest.fixture
def demo(settings, monkeypatch):
    settings.DEMO = True
    monkeypatch.setattr(navigation, "_entries", {})
    monkeypatch.setattr(navigation, "_search", {})
    connect()


def addresses(role):
    grants = frozenset((permission, uuid4()) for permission in ROLES[role].permissions)
    actor = Actor(id=uuid4(), label="K", grants=grants)
    return [item.url for item in navigation.items_for(actor, "/")]


def test_the_demo_shows_a_partner_with_an_account():
    [partner] = [one for one in DEMO_ROLES if one.role is Role.PARTNER]
    assert partner.label == "Sekretariat Grundschule"


def test_a_partner_finds_the_questions_to_it_and_its_entries_and_nothing_else(demo, db):
    assert addresses(Role.PARTNER) == [reverse("partners:inbox"), reverse("upkeep:own")]


@pytest.mark.parametrize("role", [role for role in Role if role != Role.PARTNER])
def test_whoever_works_for_the_town_finds_the_mails_in_the_demo(demo, db, role):
    assert reverse("outbox:list") in addresses(role)


def test_a_partner_begins_with_the_questions_of_all_units(demo, db, logged_in):
    story = make_story()
    school = UnitFactory(kind="SCH")
    partner = PartnerFactory(keeper=story.town.clearing, unit=school)
    client = logged_in(Role.PARTNER, school)
    assert client.get("/")["Location"] == reverse("partners:inbox")
    asked = story.sent(partner_id=partner.pk)
    story.consented(("core", "language"), partner)
    other = prepare_request(
        actor=story.clerk, household_id=story.town.household.pk, partner_id=partner.pk,
        question="attends", person_id=story.town.child.pk,
    )  # fmt: skip
    send_request(actor=story.clerk, request_id=other.pk)
    page = client.get(reverse("partners:inbox")).content.decode()
    assert asked.number in page and other.number in page
    assert story.town.school.name in page and story.town.clearing.name in page
    assert "Petrowa" not in page
