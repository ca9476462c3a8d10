"""The outbox in the browser: a mail arrives for a unit, its link leads there; how often one wants them; the machine."""

import re

import pytest
from playwright.sync_api import expect

from stafette.accounts.models import User
from stafette.accounts.queries import watch_actor
from stafette.kernel.actor import NOBODY
from stafette.kernel.testing import as_owner
from stafette.outbox.data import NoteData
from stafette.outbox.models import Message, Note
from stafette.outbox.packing import pack_for
from stafette.outbox.telling import notify
from tests.journeys.browsing import expect_good_page, screenshot, sign_in


@pytest.fixture
def told(server, settings):
    """The clerk of the clearing desk is told of three things, as the worker does it every minute."""
    settings.STAFETTE_URL = server
    with as_owner():
        clerk = User.objects.get(label="Clearing 1")
        unit = clerk.memberships.get().unit
        Note.objects.filter(user=clerk).delete()  # the town's own would come along in one mail
    numbers = ("CL-2026-000101", "CL-2026-000102", "CL-2026-000103")
    notes = [
        NoteData(clerk.pk, unit.pk, kind, number, "/uebergaben/heute/", f"journey:{number}")
        for kind, number in zip(("referral_declined", "reminder", "partner_answered"), numbers, strict=True)
    ]
    notify(NOBODY, notes)
    pack_for(watch_actor(), clerk.pk)
    with as_owner():
        Message.objects.filter(reference=numbers[2]).update(state="failed", failure="450 4.2.0", tries=8)
    return numbers


def test_mail_is_read_followed_and_sent_again(page, told):
    sign_in(page, "clearing")
    page.get_by_role("link", name="Post", exact=True).click()
    expect(page.get_by_role("cell", name=told[0])).to_be_visible()
    expect_good_page(page)
    screenshot(page, "post")

    page.get_by_role("row").filter(has_text=told[2]).get_by_role("link").click()
    expect_good_page(page)
    screenshot(page, "post-mail")
    page.get_by_role("button", name="Noch einmal senden").click()
    expect(page.get_by_text("Die Mail geht noch einmal hinaus.")).to_be_visible()
    page.locator(".st-copy__text a").first.click()
    expect(page).to_have_url(re.compile("/uebergaben/heute/$"))


def test_rhythm_is_chosen_from_ones_own_page(page, told):
    sign_in(page, "clearing")
    page.goto("/stellen/ich/")
    expect_good_page(page)
    page.get_by_role("link", name="Ändern wie oft ich Mails bekomme").click()
    expect(page.get_by_label("sofort, jede Nachricht einzeln")).to_be_checked()
    page.get_by_label("Pause: warum?").select_option("holiday")
    page.get_by_role("button", name="Speichern").click()
    expect(page.locator(".st-error-summary")).to_contain_text("Bis wann soll die Pause dauern?")
    expect_good_page(page)
    screenshot(page, "post-einstellung")
    page.get_by_label("Pause: warum?").select_option("")
    page.get_by_label("einmal am Tag gesammelt").check()
    page.get_by_role("button", name="Speichern").click()
    expect(page.get_by_text("Gespeichert.")).to_be_visible()


def test_state_of_the_machine(page, told):
    sign_in(page, "technik")
    page.get_by_role("link", name="Betrieb", exact=True).click()
    expect(page.get_by_role("cell", name=re.compile("kein Lebenszeichen"))).to_be_visible()
    expect_good_page(page)
    screenshot(page, "betrieb")
