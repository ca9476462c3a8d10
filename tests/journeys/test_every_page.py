"""Every page of the navigation, in every role: no barrier, nothing cut off, at phone and at desk width."""

import pytest

from stafette.demo.roles import DEMO_ROLES
from tests.journeys.browsing import expect_good_page, screenshot, sign_in


def test_roles_of_the_demo(page):
    page.goto("/")
    assert page.title() == "Übungssystem – Stafette"
    expect_good_page(page)
    screenshot(page, "start")


def test_login_page(page):
    page.goto("/konto/login/")
    expect_good_page(page)


def test_sample_page_and_its_errors(page):
    page.goto("/muster/")
    expect_good_page(page)
    page.get_by_label("Geburtsdatum").fill("31.02.1985")
    page.get_by_role("button", name="Speichern und weiter").click()
    summary = page.locator(".st-error-summary")
    assert summary.evaluate("e => e === document.activeElement")
    expect_good_page(page)
    summary.get_by_role("link", name="Geburtsdatum").click()
    assert page.evaluate("document.activeElement.id") == "id_birth"


def test_missing_page(page):
    page.goto("/gibt-es-nicht/")
    expect_good_page(page)


@pytest.mark.parametrize("code", [role.code for role in DEMO_ROLES])
def test_pages_of_a_role(page, code):
    sign_in(page, code)
    expect_good_page(page)
    addresses = page.locator(".st-nav a").evaluate_all("links => links.map(link => link.pathname)")
    for address in dict.fromkeys([*addresses, "/hilfe/"]):
        answer = page.goto(address)
        assert answer.status == 200, address
        expect_good_page(page)
