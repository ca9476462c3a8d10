"""An editor renews a German text, a colleague releases it, and it is printed in Bulgarian and Arabic; a work aid is
found by its words, and what the counter could not answer is answered."""

from __future__ import annotations

import io

from django.conf import settings
from django.test import Client
from pypdf import PdfReader

from stafette.accounts.models import Unit, User
from stafette.kernel.testing import as_owner
from stafette.materials.models import OpenQuestion
from stafette.web.sheets import Section, Sheet, Text, sheet_pdf
from tests.journeys.browsing import expect_good_page, screenshot, sign_in

SHEET = "registration_sheet"


def sign_in_colleague(page):
    """The second editor has no button on the start page of the demo."""
    with as_owner():
        user = User.objects.get(email="redaktion-2@stafette.example")
    client = Client()
    client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
    page.context.clear_cookies()
    cookie = client.cookies[settings.SESSION_COOKIE_NAME].value
    page.goto("/demo/")
    page.context.add_cookies(
        [{"name": settings.SESSION_COOKIE_NAME, "value": cookie, "url": page.evaluate("location.origin")}]
    )


def printed(page, name):
    with page.expect_download() as download:
        page.get_by_role("link", name=name).first.click()
    return PdfReader(str(download.value.path()))


def test_a_new_german_text_marks_the_others_only_when_it_is_published(page):
    page.set_default_timeout(30_000)
    sign_in(page, "redaktion")
    page.goto("/blaetter/")
    expect_good_page(page)
    screenshot(page, "infoblaetter")
    page.goto(f"/blaetter/{SHEET}/")
    expect_good_page(page)
    page.goto(f"/blaetter/{SHEET}/de/schreiben/")
    page.locator("[name=title]").fill("Anmeldung: neu gefasst")
    page.locator("[name=body]").fill("Bitte kommen Sie.\n\n> Ohne Wert")
    page.get_by_role("button", name="Entwurf speichern").click()
    page.get_by_text("Zeile 3").first.wait_for()
    page.locator("[name=body]").fill("Bitte kommen Sie.\n\n- Pass\n> Bürgeramt: 030 23125 100")
    page.get_by_role("button", name="Vorschau auffrischen").click()
    page.locator("article.st-sheet dd", has_text="030 23125 100").wait_for()
    expect_good_page(page)
    screenshot(page, "infoblatt-schreiben")
    page.get_by_role("button", name="Entwurf speichern").click()
    page.get_by_role("button", name="Zur Prüfung geben").click()
    page.get_by_text("Freigeben muss eine andere Person").wait_for()
    expect_good_page(page)
    page.goto(f"/blaetter/{SHEET}/bg/")
    assert page.get_by_text("Der deutsche Text ist neuer").count() == 0

    sign_in_colleague(page)
    page.goto(f"/blaetter/{SHEET}/de/")
    page.get_by_role("button", name="Freigeben").click()
    page.get_by_role("button", name="Veröffentlichen").click()
    page.locator("#rueckfrage button[value=yes]").click()
    page.get_by_text("Der Text ist veröffentlicht.").wait_for()
    page.goto(f"/blaetter/{SHEET}/de/vergleich/")
    page.locator("ins", has_text="Anmeldung: neu gefasst").wait_for()
    expect_good_page(page)
    page.goto(f"/blaetter/{SHEET}/bg/")
    page.get_by_text("Der deutsche Text ist neuer").wait_for()
    expect_good_page(page)
    paper = printed(page, "Drucken (PDF)")
    assert "Немският текст е по-нов" in " ".join(paper.pages[0].extract_text().split())

    page.goto("/blaetter/mappen/arrival_folder/")
    expect_good_page(page)
    screenshot(page, "ankunftsmappe")
    folder = printed(page, "PDF العربية")
    assert len(folder.pages) >= 12 and folder.trailer["/Root"]["/MarkInfo"]["/Marked"]
    page.goto("/blaetter/emergency_sheet/ar/")
    assert page.locator("article.st-sheet").first.get_attribute("dir") == "rtl"
    expect_good_page(page)
    screenshot(page, "infoblatt-arabisch")


def test_a_leaflet_is_found_by_its_words_and_a_question_is_answered_with_it(page):
    page.set_default_timeout(30_000)
    with as_owner():
        unit = Unit.objects.get(code="stadtteilzentrum")
        OpenQuestion.objects.create(
            unit=unit,
            asked_on="2026-11-20",
            topics=["housing"],
            language="bg",
            text="Gibt es eine Möbelbörse?",
        )
    leaflet = sheet_pdf(
        Sheet(
            title="Möbelhalle", sender="Verein", sections=[Section("", [Text("Waschmaschinen, gebraucht.")])]
        )
    )
    sign_in(page, "redaktion")
    page.goto("/blaetter/arbeitshilfen/neu/")
    expect_good_page(page)
    page.locator("[name=title]").fill("Flyer der Möbelhalle")
    page.locator("[name=kind]").select_option("flyer")
    page.locator("[name=dated_on]").fill("01.10.2026")
    page.locator("[name=file]").set_input_files(
        {"name": "flyer.pdf", "mimeType": "application/pdf", "buffer": io.BytesIO(leaflet).read()}
    )
    page.get_by_role("button", name="Speichern und Text ansehen").click()
    page.get_by_text("Waschmaschinen, gebraucht.").wait_for()
    expect_good_page(page)
    page.goto("/blaetter/arbeitshilfen/?q=waschmaschine")
    page.get_by_role("link", name="Flyer der Möbelhalle").wait_for()
    expect_good_page(page)
    screenshot(page, "arbeitshilfen")

    page.goto("/blaetter/fragen/")
    expect_good_page(page)
    page.get_by_role("link", name="Gibt es eine Möbelbörse?").click()
    expect_good_page(page)
    screenshot(page, "offene-frage")
    page.locator("[name=code]").select_option(label="Arbeitshilfe: Flyer der Möbelhalle")
    page.get_by_role("button", name="Beantworten").click()
    page.get_by_text("Die Frage ist beantwortet").wait_for()
    page.goto("/blaetter/fragen/?state=answered")
    page.get_by_role("link", name="Flyer der Möbelhalle").wait_for()
