"""A child is hurt and nobody answers the phone: files of another unit opened for some hours, and reviewed."""

import pytest

from stafette.accounts.models import Unit
from stafette.kernel.testing import as_owner
from stafette.people.models import HouseholdMember
from tests.journeys.browsing import expect_good_page, screenshot, sign_in

REASON = (
    "Die Klinik ruft an: Ein Kind liegt dort allein, die Eltern sind nicht zu erreichen, Clearing auch nicht."
)


@pytest.fixture
def household(town):
    with as_owner():
        unit = Unit.objects.get(code="clearing")
        return HouseholdMember.objects.filter(unit=unit, until_on=None).order_by("id").first().household


def press(page, name):
    page.get_by_role("button", name=name, exact=True).first.click()


def test_files_are_opened_in_danger_read_shut_and_reviewed(page, household):
    page.set_default_timeout(30_000)
    sign_in(page, "stadtteil")
    there = f"/schutz/haushalt/{household.pk}/"
    assert page.goto(there).status == 404

    page.goto("/")
    page.locator("details.st-menu--user summary").click()
    page.get_by_role("link", name="Notfallzugriff", exact=True).click()
    page.get_by_role("heading", name="Was geschieht").wait_for()
    expect_good_page(page)
    screenshot(page, "notfallzugriff")
    page.locator("main").get_by_role("link", name="Weiter").first.click()
    page.get_by_label("Akten welcher Stelle?").select_option(label="Clearingstelle")
    page.get_by_label("Was ist geschehen?").fill("Notfall")
    page.get_by_label("Ich habe gelesen").check()
    press(page, "Akten jetzt öffnen")
    page.get_by_text("in eigenen Worten").first.wait_for()
    page.go_back()
    page.get_by_label("Akten welcher Stelle?").select_option(label="Clearingstelle")
    page.get_by_label("Was ist geschehen?").fill(REASON)
    page.get_by_label("Ich habe gelesen").check()
    expect_good_page(page)
    press(page, "Akten jetzt öffnen")

    page.get_by_text("Notfallzugriff auf „Clearingstelle“").wait_for()
    assert page.goto(there).status == 200
    page.get_by_text("Notfallzugriff auf „Clearingstelle“").wait_for()
    expect_good_page(page)
    screenshot(page, "notfallzugriff-offen")
    press(page, "Jetzt beenden")
    page.get_by_text("Der Notfallzugriff ist beendet").wait_for()
    assert page.goto(there).status == 404

    sign_in(page, "datenschutz")
    page.goto("/mitteilungen/notfall/pruefen/")
    expect_good_page(page)
    page.locator("main tbody a").first.click()
    page.get_by_text("Die Klinik ruft an").wait_for()
    page.get_by_text(str(household.pk)[-8:]).first.wait_for()
    expect_good_page(page)
    screenshot(page, "notfallzugriff-pruefen")
    page.get_by_label("Der Zugriff war gerechtfertigt").check()
    press(page, "Prüfung festhalten")
    page.get_by_text("Ihre Prüfung ist festgehalten").wait_for()
