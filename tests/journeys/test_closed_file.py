"""Somebody's own case: closed to colleagues on the household's page; the head keeps it from being orphaned."""

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from stafette.kernel.testing import as_owner
from stafette.people.models import Household
from tests.journeys.browsing import expect_good_page, screenshot, sign_in
from tests.journeys.test_leaver import enter


@pytest.fixture
def household(town, server, django_db_blocker):
    """The page of some family at the clearing desk."""
    with django_db_blocker.unblock(), as_owner():
        found = (
            Household.objects.filter(unit__code="clearing").order_by("-created_at").first()
        )  # one that nobody asks a reason for
    return reverse("people:household", args=[found.pk])


def test_a_file_is_closed_and_the_head_names_who_works_with_it(page, server, household):
    sign_in(page, "clearing")
    page.goto(household)
    page.get_by_role("link", name="Akte für Kolleginnen und Kollegen schließen").click()
    expect_good_page(page)
    screenshot(page, "akte-schliessen")
    page.get_by_label("angehörig oder nah verbunden").check()
    page.get_by_label("Clearing 1").check()
    page.get_by_label("Clearing 2").check()
    page.get_by_role("button", name="Akte schließen").click()
    expect(page.get_by_text("Die Akte ist geschlossen.")).to_be_visible()
    page.goto(household)
    expect(page.get_by_text("Diese Akte gibt es nur für Clearing 1, Clearing 2.")).to_be_visible()
    expect_good_page(page)

    enter(page, server, "clearing-leitung@stafette.example")
    page.goto("/geschlossene-akten/")
    expect(page.get_by_text("geführt von Clearing 1, Clearing 2")).to_be_visible()
    expect_good_page(page)
    screenshot(page, "geschlossene-akten")
    page.get_by_role("link", name="Andere Personen nennen").click()
    page.get_by_role("button", name="Für die ganze Stelle wieder öffnen").click()
    expect(page.get_by_text("Keine Akte ist geschlossen")).to_be_visible()
