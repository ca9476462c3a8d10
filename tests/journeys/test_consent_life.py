"""A consent in Arabic at the counter, its receipt, its withdrawal at another unit, and what the owner finds then."""

import json
import os
from pathlib import Path

import pytest
from django.test import Client

from stafette.accounts.roles import Role
from stafette.accounts.tests.factories import MembershipFactory, UnitFactory
from stafette.kernel.testing import as_owner
from stafette.people.tests.factories import HouseholdFactory, HouseholdMemberFactory, PersonFactory
from stafette.protection.models import Consent
from stafette.protection.reminding import follow_open_withdrawals
from stafette.referrals.models import Task
from tests.journeys.browsing import expect_good_page

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


@pytest.fixture
def family(town):
    """A family that reads Arabic, in the books of a clearing desk; a body to which much goes with consent only."""
    unit = UnitFactory(kind="CL", name="Clearingstelle Nord", short_name="Clearing Nord")
    household = HouseholdFactory(unit=unit, label="Haddad")
    for given, year in (("Layla", 1990), ("Sami", 2016)):
        person = PersonFactory(
            unit=unit, given_names=given, family_name="Haddad", birth_year=year, contact_language="ar"
        )
        HouseholdMemberFactory(household=household, person=person)
    return household


@pytest.fixture
def come_in(server, context):
    """Sign somebody in whose account belongs to a unit."""

    def enter(unit, role):
        user, client = MembershipFactory(unit=unit, role=role).user, Client()
        client.force_login(user, backend=BACKEND)
        cookie = {"name": "sessionid", "value": client.cookies["sessionid"].value, "url": server}
        context.clear_cookies()
        context.add_cookies([cookie])
        return user

    return enter


def look(page, name):
    """Keep pictures of both widths where LOOK names a folder."""
    if folder := os.environ.get("LOOK"):
        for width in (360, 1280):
            page.set_viewport_size({"width": width, "height": 900})
            page.screenshot(path=Path(folder) / f"{name}-{width}.png", full_page=True)
    expect_good_page(page)


def saved(page, link):
    with page.expect_download() as waiting:
        page.get_by_role("link", name=link).click()
    content = waiting.value.path().read_bytes()
    if folder := os.environ.get("LOOK"):
        (Path(folder) / waiting.value.suggested_filename).write_bytes(content)
    return content


def test_from_consent_in_arabic_to_withdrawal_at_another_unit(page, family, come_in):
    clerk = come_in(family.unit, Role.CLERK)
    page.goto(f"/schutz/haushalt/{family.pk}/")
    look(page, "household")
    page.get_by_role("link", name="Weitergabe von Angaben").click()
    assert page.locator("article[lang=ar][dir=rtl]").count() == 1
    look(page, "agree")
    page.get_by_label("Aufsuchende Sozialarbeit").check()
    page.get_by_label("Wer noch").fill("Praxis am Markt")
    page.get_by_label("Name und Geburtsdatum").check()
    page.get_by_label("Telefon oder andere").check()
    page.get_by_label("Zweck").select_option("Deutsch lernen")
    page.get_by_role("group", name="Wer stimmt für Kinder zu").get_by_label("Layla").check()
    page.get_by_role("button", name="Einwilligung festhalten").click()
    page.get_by_text("Geben Sie der Person den Beleg mit").wait_for()
    look(page, "consent")
    address = page.url
    with as_owner():
        given = list(Consent.objects.filter(household=family).order_by("id"))
    assert len(given) == 2
    assert {one.language for one in given} == {"ar"}
    assert saved(page, "Beleg drucken").startswith(b"%PDF-")
    assert saved(page, "Blatt zum Unterschreiben").startswith(b"%PDF-")
    record = json.loads(saved(page, "Beleg als Datei"))
    number = record["record"]["consent_number"]
    page.goto("/schutz/einwilligungen/")
    page.get_by_role("link", name=number).wait_for()
    look(page, "consents")
    page.goto("/schutz/formulare/")
    look(page, "papers")

    come_in(UnitFactory(kind="NB", name="Stadtteilzentrum Süd", short_name="Süd"), Role.COUNTER)
    page.goto(address)
    assert number not in page.content()
    page.goto("/personen/")
    page.get_by_role("contentinfo").get_by_role("link", name="Widerruf aufnehmen").click()
    look(page, "withdraw")
    page.get_by_label("Nummer auf dem Beleg").fill(number.replace("-", " ").lower())
    page.get_by_label("Sprache des Belegs").select_option("ar")
    page.get_by_role("button", name="Widerruf aufnehmen").click()
    page.get_by_role("heading", name="Der Widerruf ist aufgenommen").wait_for()
    look(page, "withdrawal")
    assert saved(page, "Beleg drucken").startswith(b"%PDF-")

    assert follow_open_withdrawals() == 1  # the worker's job
    with as_owner():
        ended = Consent.objects.get(number=number)
        task = Task.objects.get(unit=family.unit)
    assert ended.withdrawn_unit.name == "Stadtteilzentrum Süd"
    assert task.responsible_user_id == clerk.pk
    come_in(family.unit, Role.CLERK)
    page.goto(address)
    page.get_by_text("widerrufen", exact=True).first.wait_for()
    page.get_by_text("Süd, mündlich").wait_for()
    look(page, "ended")
    page.goto(f"/uebergaben/aufgaben/{task.pk}/")
    assert number in page.content()
