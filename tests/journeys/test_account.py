"""Password, second factor, recovery codes: every page of one's own account."""

import base64
import hashlib
import hmac
import struct
import time

import pytest
from playwright.sync_api import expect

from stafette.accounts.models import User
from stafette.kernel.testing import as_owner
from tests.journeys.browsing import expect_good_page, screenshot

PASSWORD = "Sieben-Kraniche-am-Saaleufer"


@pytest.fixture
def account(server):
    with as_owner():
        user = User.objects.create_user(f"konto-{time.time_ns()}@stafette.example", "Konto")
        user.set_password(PASSWORD)
        user.save()
    return user


def one_time_code(secret):
    key = base64.b32decode(secret.replace(" ", "") + "=" * (-len(secret.replace(" ", "")) % 8))
    digest = hmac.new(key, struct.pack(">Q", int(time.time()) // 30), hashlib.sha1).digest()
    start = digest[-1] & 15
    number = struct.unpack(">I", digest[start : start + 4])[0] & 0x7FFFFFFF
    return f"{number % 1_000_000:06d}"


def log_in(page, account, password=PASSWORD):
    page.goto("/konto/login/")
    page.get_by_label("E-Mail").fill(account.email)
    page.get_by_label("Passwort", exact=True).fill(password)
    page.get_by_role("button", name="Anmelden").click()


def test_wrong_password_is_said_in_german_without_saying_which_part(page, account):
    log_in(page, account, "falsch-geraten-1")

    expect(page.locator(".st-error-summary")).to_contain_text("E-Mail")
    expect_good_page(page)


def test_second_factor_from_setting_up_to_the_next_login(page, account):
    log_in(page, account)
    expect(page.get_by_role("heading", name="Noch keine Aufgabe")).to_be_visible()
    expect_good_page(page)

    page.goto("/konto/2fa/")
    expect_good_page(page)
    page.get_by_role("link", name="Einrichten").click()
    expect(page.get_by_role("heading", name="Bitte bestätigen Sie, dass Sie es sind")).to_be_visible()
    expect_good_page(page)
    page.get_by_label("Passwort", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Bestätigen").click()
    expect(page.get_by_role("heading", name="Zweiten Faktor einrichten")).to_be_visible()
    expect_good_page(page)
    screenshot(page, "zweiter-faktor")
    secret = page.locator("code").inner_text()
    page.get_by_label("Code").fill(one_time_code(secret))
    page.get_by_role("button", name="Einrichten").click()
    expect(page.get_by_role("heading", name="Ersatzcodes")).to_be_visible()
    expect_good_page(page)
    recovery = page.locator(".st-codes code").first.inner_text()

    page.goto("/konto/2fa/")
    expect_good_page(page)
    page.locator(".st-menu--user summary").click()
    page.get_by_role("button", name="Abmelden").click()

    log_in(page, account)
    expect(page.get_by_role("heading", name="Zweiter Faktor")).to_be_visible()
    expect_good_page(page)
    page.get_by_label("Code").fill(recovery)
    page.get_by_role("button", name="Anmelden").click()
    expect(page.get_by_role("heading", name="Noch keine Aufgabe")).to_be_visible()


def test_password_can_be_changed_and_asked_for_anew(page, account):
    log_in(page, account)
    page.goto("/konto/password/change/")
    expect_good_page(page)
    page.get_by_role("button", name="Passwort ändern").click()
    expect(page.locator(".st-error-summary")).to_be_visible()
    expect_good_page(page)

    page.goto("/konto/logout/")
    expect_good_page(page)
    page.get_by_role("main").get_by_role("button", name="Abmelden").click()
    page.goto("/konto/password/reset/")
    expect_good_page(page)
    page.get_by_label("E-Mail").fill(account.email)
    page.get_by_role("button", name="Link anfordern").click()
    expect(page.get_by_role("heading", name="Nachricht ist unterwegs")).to_be_visible()
    expect_good_page(page)
