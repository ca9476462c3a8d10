"""The arrival talk and the counter, with the keyboard alone, at phone and at desk width."""

import os
from pathlib import Path

import pytest
from django.test import Client

from stafette.accounts.roles import Role
from stafette.accounts.tests.factories import MembershipFactory
from stafette.intake.models import Answer, Interview, ShortContact
from stafette.intake.tests.factories import FormVersionFactory
from stafette.kernel.testing import as_owner
from stafette.people.tests.factories import HouseholdFactory, HouseholdMemberFactory, PersonFactory
from tests.journeys.browsing import expect_good_page

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


@pytest.fixture
def clerk(server, context):
    """A clerk with a published form and a Bulgarian family in the books; returns unit and household."""
    unit = FormVersionFactory().unit
    client = Client()
    client.force_login(MembershipFactory(unit=unit, role=Role.CLERK).user, backend=BACKEND)
    context.add_cookies([{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": server}])
    household = HouseholdFactory(unit=unit, label="Dimitrova")
    names = [("Elena", 1988), ("Petar", 2015), ("Nikol", 2023)]
    for given, year in names:
        person = PersonFactory(
            unit=unit, given_names=given, family_name="Dimitrova", birth_year=year, contact_language="bg"
        )
        HouseholdMemberFactory(household=household, person=person)
    return household


def look(page, name):
    """Keep pictures of both widths where LOOK names a folder."""
    if folder := os.environ.get("LOOK"):
        for width in (360, 1280):
            page.set_viewport_size({"width": width, "height": 900})
            page.screenshot(path=Path(folder) / f"{name}-{width}.png", full_page=True)
            for block in page.locator(".st-talk__block").all()[:9] if name == "talk" else []:
                block.screenshot(path=Path(folder) / f"{name}-{block.get_attribute('id')}-{width}.png")
    expect_good_page(page)


def stored(household, question):
    with as_owner():
        found = Answer.objects.filter(interview__household=household, question=question)
        return [(answer.status, answer.value) for answer in found]


def test_talk_from_search_to_saved_draft(page, clerk):
    page.goto("/gespraeche/neu/")
    page.keyboard.type("Димитрова")
    page.keyboard.press("Enter")
    page.get_by_role("link", name="Gespräch beginnen Dimitrova, Elena").wait_for()
    look(page, "search")
    page.goto(f"/gespraeche/neu/?household={clerk.pk}")
    look(page, "start")
    page.get_by_label("Übersetzungsgerät").check()
    page.get_by_label("Ja, wir beginnen").check()
    page.get_by_role("button", name="Weiter").click()
    page.get_by_role("heading", name="A Ankunft").wait_for()
    look(page, "talk")

    rooms = page.locator('[name="rooms.h"]')
    rooms.focus()
    page.keyboard.type("2")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.type("6")
    with page.expect_response(lambda answer: answer.request.method == "POST") as saved:
        page.get_by_text("Noch nicht gespeichert").wait_for()
    assert saved.value.status == 204
    page.get_by_text("Entwurf gespeichert um").wait_for()
    assert stored(clerk, "rooms") == [("answered", 2)] and stored(clerk, "people_in_dwelling") == [
        ("answered", 6)
    ]

    page.reload()
    assert page.locator('[name="rooms.h"]').input_value() == "2"
    page.locator('[name="area_m2.h"]').fill("viel")
    page.get_by_role("button", name="Speichern", exact=True).click()
    page.get_by_text("Geben Sie eine Zahl ein, zum Beispiel 48 oder 48,5.").first.wait_for()


def test_finished_talk_shows_what_follows(page, clerk):
    page.goto(f"/gespraeche/neu/?household={clerk.pk}")
    page.get_by_label("Übersetzungsgerät").check()
    page.get_by_label("Ja, wir beginnen").check()
    page.get_by_role("button", name="Weiter").click()
    with as_owner():
        petar = Interview.objects.get(household=clerk).participants.get(person__given_names="Petar").pk
    page.locator(f'[name="school_place.{petar}"][value="no"]').check()
    page.locator('[name="landlord_certificate.h"][value="no"]').check()
    page.locator('[name="rent_eur.h.declined"]').check()
    page.get_by_label("Ankunftsmappe").check()
    page.get_by_role("button", name="Abschließen: Was folgt?").click()
    page.get_by_role("heading", name="Was folgt aus dem Gespräch?").wait_for()
    assert page.get_by_text("Kein Schulplatz. Schulpflichtig").is_visible()
    look(page, "outcome")
    page.get_by_role("link", name="Gespräch", exact=True).click()
    look(page, "ended")
    page.goto("/gespraeche/")
    look(page, "list")


def test_short_contact_takes_three_keys(page, clerk):
    page.goto("/gespraeche/kurzkontakt/")
    look(page, "contact")
    page.locator('[name="topics"]').first.focus()
    page.keyboard.press("Space")
    page.keyboard.press("Enter")
    page.get_by_text("Gezählt.").wait_for()
    look(page, "contact-counted")
    with as_owner():
        assert ShortContact.objects.filter(unit=clerk.unit).count() == 1
    page.get_by_role("button", name="Letzten zurücknehmen").click()
    page.get_by_text("Zurückgenommen.").wait_for()
