"""The coordination office looks at the chain: from a figure to the unit to call, on the desk and on the phone."""

import random
from datetime import timedelta

import pytest
from django.conf import settings
from playwright.sync_api import expect

from stafette.accounts.models import Route, User
from stafette.kernel.clock import today
from stafette.kernel.testing import as_owner
from stafette.steering.tests.rows import make
from tests.journeys.browsing import expect_good_page, screenshot, sign_in

STATES = (
    "done",
    "done",
    "done",
    "reached",
    "accepted",
    "declined",
    "settled",
    "returned",
    "sent",
    "received",
)
OUTCOMES = ("helped", "helped", "ongoing", "not_reachable", "no_answer", "forwarded", "moved_away")
PAGES = {
    "": "Hält die Kette?",
    "paare/": "Wer gibt an wen, und was wird daraus?",
    "verlauf/": "Wie läuft es Woche für Woche?",
    "auslastung/": "Wo liegt wie viel?",
    "luecken/": "Wo fehlt etwas auf Dauer?",
    "wirkung/": "Hat es gehalten?",
}


@pytest.fixture(scope="module")
def busy_town(town, django_db_blocker):
    """Half a year of referrals along the town's own routes."""
    dice = random.Random(5)
    with django_db_blocker.unblock(), as_owner():
        user = User.objects.get(email="clearing@stafette.example").pk
        routes = list(
            Route.objects.filter(receiver__isnull=False, valid_to=None)
            .select_related("sender", "receiver", "finding")
            .order_by("sender__code", "receiver__code", "finding__code")
        )
        for _number in range(700):
            route = dice.choice(routes)
            days = dice.randrange(180)
            state = dice.choice(STATES if days > 25 else ("accepted", "sent", "received", "declined"))
            answered = {"answered": min(days, dice.choice((1, 2, 3, 4, 6, 10)))}
            make(
                route.sender,
                route.receiver,
                user,
                state=state,
                sent_on=today() - timedelta(days=days),
                finding=route.finding.code,
                reason=dice.choice(("no_capacity", "no_capacity", "not_responsible", "incomplete")),
                feedback=dice.choice(OUTCOMES),
                next_on=today() + timedelta(days=dice.randrange(-10, 12)),
                **({} if state in {"sent", "received"} else answered),
            )
    return town


def test_from_a_figure_to_the_unit_to_call(page, busy_town, server):
    assert settings.DEMO
    sign_in(page, "koordination")
    for path, heading in PAGES.items():
        page.goto(f"/steuerung/{path}")
        expect(page.get_by_role("heading", level=1)).to_have_text(heading)
        expect_good_page(page)
        screenshot(page, f"steuerung-{path.strip('/') or 'ueberblick'}")
    page.goto("/steuerung/")
    page.locator(".st-calls a").first.click()
    expect(page.get_by_text("Telefon der Stelle")).to_be_visible()


def test_the_workbook_is_one_click_away(page, busy_town, server):
    sign_in(page, "koordination")
    page.goto("/steuerung/")
    with page.expect_download() as download:
        page.get_by_role("link", name="Alle Tabellen (XLSX)").click()
    assert download.value.suggested_filename.startswith("steuerung-")
