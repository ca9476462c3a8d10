"""Nobody answers: the receiver is reminded, its head hears of it, the coordination office knows whom to call."""

import re
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import expect

from stafette.accounts.models import User
from stafette.kernel.clock import today, travel
from stafette.kernel.testing import as_owner
from stafette.kernel.workdays import add_working_days
from stafette.outbox.models import Note
from stafette.outbox.packing import pack
from stafette.referrals.duty import run_deadlines
from stafette.referrals.models import Referral
from tests.journeys.browsing import expect_good_page, screenshot, sign_in
from tests.journeys.test_referral_life import send_to_the_centre


@pytest.fixture
def head(server, settings):
    """The head of the district centre, who gets mails once a day."""
    settings.STAFETTE_URL = server
    with as_owner():
        return User.objects.get(email="stadtteil-leitung@stafette.example")


def send(page):
    """The clearing desk hands a family over; returns the referral as the database knows it."""
    send_to_the_centre(page)
    number = re.search(r"[A-Z]{3}-[A-Z]+-\d{4}-\d{5}", page.locator("h1").inner_text())
    with as_owner():
        return Referral.objects.get(number=number.group(0))


def told(kind, referral):
    """The mail that a note became; who leads gets it with the digest of the next working day."""
    morning = datetime.combine(add_working_days(today(), 1, "ST"), time(8), ZoneInfo("Europe/Berlin"))
    with travel(morning):
        pack()
    with as_owner():
        notes = Note.objects.filter(kind=kind, reference=referral.number, key__startswith="notice-")
        return notes.exclude(message=None).select_related("message").latest("created_at").message


def log_in(page, server, user):
    """Log in as somebody who has no button in the demo."""
    from django.conf import settings
    from django.test import Client

    client = Client()
    client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
    page.context.clear_cookies()
    page.context.add_cookies(
        [
            {
                "name": settings.SESSION_COOKIE_NAME,
                "value": client.cookies[settings.SESSION_COOKIE_NAME].value,
                "url": server,
            }
        ]
    )


def lying_for_long(referral):
    """Move the dates back, as if the whole time had passed: the page of the coordination office asks of today."""
    past = today() - timedelta(days=20)
    with as_owner():
        Referral.objects.filter(pk=referral.pk).update(
            next_on=past, remind_on=past - timedelta(days=2), escalate_on=past + timedelta(days=5)
        )


def test_a_referral_that_nobody_answers_reaches_the_coordination_office(page, server, head):
    referral = send(page)
    run_deadlines(referral.remind_on)
    reminder = told("reminder", referral)
    sign_in(page, "stadtteil")
    page.goto(f"/post/{reminder.pk}/")
    expect(page.locator("main")).to_contain_text(referral.number)
    expect_good_page(page)
    screenshot(page, "frist-erinnerung")
    page.locator(f"main a[href$='/uebergaben/{referral.pk}/']").first.click()
    expect(page.locator("main")).to_contain_text("Fristen und Erinnerungen")
    expect_good_page(page)

    run_deadlines(add_working_days(referral.next_on, 1, "ST"))
    to_head = told("head", referral)
    log_in(page, server, head)
    page.goto("/")
    expect(page.locator("#list")).to_contain_text(referral.number)
    page.goto(f"/post/{to_head.pk}/")
    page.locator(f"main a[href$='/uebergaben/{referral.pk}/']").first.click()
    expect(page.locator("main")).to_contain_text("Leitung informiert")
    expect_good_page(page)
    screenshot(page, "frist-leitung")

    lying_for_long(referral)
    run_deadlines(add_working_days(today(), 1, "ST"))
    assert told("steering", referral).address == "koordination@stafette.example"
    sign_in(page, "koordination")
    page.goto("/steuerung/eskalationen/")
    row = page.get_by_role("row").filter(has_text=referral.number)
    expect(row).to_contain_text("20")
    expect_good_page(page)
    screenshot(page, "eskalationen")
    row.get_by_role("link").click()
    expect(page).to_have_url(re.compile("/stadtteilzentrum/$"))
    expect(page.locator("main")).to_contain_text("Ansprechstelle")
    answer = page.goto(f"/uebergaben/{referral.pk}/")
    assert answer is not None
    assert answer.status == 404
