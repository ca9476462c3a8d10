"""Counts become an evaluation, and an agreement becomes a plan of the week: at the desk and on the phone."""

import io
import os
from datetime import timedelta
from pathlib import Path

import pytest
from django.test import Client
from docx import Document
from openpyxl import load_workbook
from playwright.sync_api import expect
from pypdf import PdfReader

from stafette.accounts.models import Unit
from stafette.accounts.roles import Role
from stafette.accounts.tests.factories import MembershipFactory
from stafette.evaluation.tests.scenes import random_contacts
from stafette.intake.models import TopicList
from stafette.kernel.clock import today
from stafette.kernel.testing import as_owner
from stafette.partners.models import Partner
from tests.journeys.browsing import expect_good_page, screenshot, sign_in

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
PAGES = {
    "": ("Was wird gefragt?", "auswertung-kontakte"),
    "woche/": ("Wann kommen die Menschen?", "auswertung-woche"),
    "vergleich/": ("Was hat sich verändert?", "auswertung-vergleich"),
    "veroeffentlichung/": ("Zahlen zur Veröffentlichung", "auswertung-veroeffentlichung"),
    "bericht/": ("Auswertung der Beratung", "auswertung-bericht"),
}


@pytest.fixture(scope="module")
def counted(town, django_db_blocker):
    """Eighteen months of short contacts at one counter."""
    with django_db_blocker.unblock(), as_owner():
        unit = Unit.objects.get(code="stadtteilzentrum")
        topics = TopicList.objects.order_by("-version").first()
        since = today() - timedelta(days=540)
        random_contacts(unit, topics, seed=9, since=since, days=540, number=2400)
        if not Partner.objects.filter(name="Mieterberatung").exists():
            Partner.objects.create(
                name="Mieterberatung", kind="charity", email="haus@mieterberatung.example", keeper=unit
            )
    return town


def test_head_reads_the_counts_and_takes_them_along(counted, page, server):
    sign_in(page, "koordination")
    for path, (heading, picture) in PAGES.items():
        page.goto(f"/auswertung/{path}")
        expect(page.get_by_role("heading", level=1)).to_have_text(heading)
        expect_good_page(page)
        screenshot(page, picture)

    page.goto("/auswertung/")
    page.get_by_label("Zeitraum").select_option("schuljahr:2025-08-01")
    page.get_by_role("button", name="Anzeigen").click()
    expect(page.get_by_text("01.08.2025 bis 31.07.2026").first).to_be_visible()
    book = load_workbook(io.BytesIO(fetch(page, "Tabellen (XLSX)")))
    assert {"Themen", "Sprachen", "Wochentag und Stunde"} <= set(book.sheetnames)

    page.goto("/auswertung/bericht/")
    paper = keep("auswertung.pdf", fetch(page, "Bericht (PDF)"))
    assert "Kurze Bewertung" in "".join(one.extract_text() for one in PdfReader(io.BytesIO(paper)).pages)
    document = keep("auswertung.docx", fetch(page, "Zum Weiterschreiben (DOCX)"))
    assert Document(io.BytesIO(document)).tables


def keep(name, content):
    """Keep a file where LOOK names a folder, for whoever wants to see it."""
    if folder := os.environ.get("LOOK"):
        (Path(folder) / name).write_bytes(content)
    return content


def fetch(page, name):
    """What a link hands out."""
    address = page.get_by_role("link", name=name).get_attribute("href")
    answer = page.request.get(address)
    assert answer.status == 200
    return answer.body()


@pytest.fixture
def head(counted, context, server):
    """The head of that counter, logged in."""
    client = Client()
    unit = Unit.objects.get(code="stadtteilzentrum")
    client.force_login(MembershipFactory(unit=unit, role=Role.HEAD).user, backend=BACKEND)
    context.add_cookies([{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": server}])


def test_an_agreement_becomes_a_plan_of_the_week(head, page):
    page.goto("/partner/vereinbarungen/")
    page.get_by_role("link", name="Vereinbarung anlegen").click()
    expect_good_page(page)
    page.get_by_label("Partner", exact=False).first.select_option(label="Mieterberatung")
    page.get_by_label("Aktenzeichen").fill("50-2026-4")
    page.get_by_label("Vereinbart am").fill("01.09.2026")
    page.get_by_label("Gilt ab").fill("01.10.2026")
    page.get_by_label("Antworten in Arbeitstagen").fill("3")
    page.get_by_role("button", name="Speichern").click()
    page.get_by_role("button", name="In Kraft setzen").click()
    for weekday, desk in (("Dienstag", "2"), ("Donnerstag", "1")):
        page.get_by_label("Wochentag").select_option(label=weekday)
        page.get_by_label("Von", exact=True).fill("10:00")
        page.get_by_label("Bis", exact=True).fill("12:00")
        page.get_by_label("Platz Nr.").fill(desk)
        for language in ("Deutsch", "Arabisch"):
            page.get_by_label(language, exact=True).check()
        page.get_by_role("button", name="Eintragen").click()
    expect(page.get_by_text("Dienstag 10–12 Uhr").first).to_be_visible()
    expect_good_page(page)
    screenshot(page, "vereinbarung")
    page.goto("/partner/im-haus/?woche=2026-11-23")
    expect(page.get_by_text("Mieterberatung")).to_have_count(2)
    expect_good_page(page)
    screenshot(page, "im-haus")
    assert fetch(page, "Für den Kalender").count(b"SUMMARY:Mieterberatung") > 10
    page.goto("/partner/vereinbarungen/")
    expect_good_page(page)
