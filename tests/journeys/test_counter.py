"""At the counter: from a question in Bulgarian and in Arabic to the printed paper, counted within five clicks."""

import io
import os
from datetime import time
from pathlib import Path

import pypdf
import pytest
from django.test import Client
from playwright.sync_api import expect

from stafette.accounts.roles import Role
from stafette.accounts.tests.factories import MembershipFactory, UnitFactory
from stafette.directory.indexing import reindex
from stafette.directory.models import Phone, RequiredDocument, Schedule, Service, ServiceText
from stafette.directory.tests.factories import LocationFactory, ServiceAtLocationFactory, ServiceFactory
from stafette.intake.models import ShortContact
from stafette.kernel.clock import today
from stafette.kernel.testing import as_owner
from stafette.materials.models import OpenQuestion
from stafette.materials.tests.factories import InfoSheetFactory, SheetVersionFactory
from tests.journeys.browsing import expect_good_page, screenshot

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
SERVICES = {
    "sprachkurs-haus": (
        "Haus der Deutschkurse", "Deutschkurse für Erwachsene, Beratung und Einstufung.",
        {"bg": ("Дом на курсовете по немски", "Курсове по немски за възрастни и консултация."),
         "ar": ("بيت دورات اللغة", "دورات اللغة الالمانية للكبار.")},
    ),
    "sprachcafe-nord": ("Sprachcafé Nord", "Deutsch sprechen üben, ohne Anmeldung.", {}),
}  # fmt: skip
SHEETS = {
    "de": (
        "Deutsch lernen",
        "## Was ist ein Integrationskurs?\nEin Kurs mit Sprache und Wissen über Deutschland.",
    ),
    "bg": ("Да учим немски", "## Какво е интеграционен курс?\nКурс по немски език и знания за Германия."),
    "ar": ("تعلم الالمانية", "## ما هي دورة الاندماج؟\nدورة في اللغة والمعلومات عن المانيا."),
}


@pytest.fixture
def counter(server):
    """A welcome centre with two places to learn German and one sheet about it."""
    if not Service.objects.filter(code__in=SERVICES).exists():  # the town of this file outlives each test
        for code, (name, summary, texts) in SERVICES.items():
            _service(code, name, summary, texts)
        sheet = InfoSheetFactory(code="deutsch_lernen", topics=["language"])
        for language, (title, body) in SHEETS.items():
            SheetVersionFactory(sheet=sheet, language=language, title=title, body=body, published=True)
    return UnitFactory(name="Willkommenszentrum", place="Am Markt 1, 04109 Leipzig", phone="030 23125 100")


def _service(code, name, summary, texts):
    service = ServiceFactory(
        code=code, name=name, summary=summary, topics=["language"], languages=["de", *texts], is_free=True,
        organization__code=f"{code}-traeger", assured_at=today(),
    )  # fmt: skip
    place = ServiceAtLocationFactory(
        service=service, location=LocationFactory(code=f"{code}-ort", latitude=51.35, longitude=12.37)
    )
    with as_owner():
        Schedule.objects.create(place=place, byday="MO,TU,WE,TH", opens_at=time(9), closes_at=time(12))
        Phone.objects.create(service=service, number="030 23125 171")
        RequiredDocument.objects.create(service=service, document="Ausweis oder Pass")
        for language, (title, said) in texts.items():
            ServiceText.objects.create(
                service=service, language=language, name=title, summary=said, state="approved",
                approved_on=today(), made_for=service.german_digest,
            )  # fmt: skip
        reindex([service.pk])


@pytest.fixture
def enter(server, context, counter):
    """Log in at this counter in a role."""

    def _enter(role):
        client = Client()
        client.force_login(MembershipFactory(unit=counter, role=role).user, backend=BACKEND)
        cookie = {"name": "sessionid", "value": client.cookies["sessionid"].value, "url": server}
        context.add_cookies([cookie])

    return _enter


def look(page, name):
    if folder := os.environ.get("LOOK"):
        for width in (360, 1280):
            page.set_viewport_size({"width": width, "height": 900})
            page.screenshot(path=Path(folder) / f"{name}-{width}.png", full_page=True)
    expect_good_page(page)
    screenshot(page, name)


def printed(page, press):
    """The paper that a click opens in a new tab: its address and its text."""
    with page.context.expect_page() as opened:
        press()
    opened.value.wait_for_url("**/kurzkontakt/druck/**")
    address = opened.value.url
    opened.value.close()
    answer = page.request.get(address)
    assert answer.status == 200 and answer.headers["content-type"] == "application/pdf"
    if folder := os.environ.get("LOOK"):
        (Path(folder) / f"paper-{address[-30:].rpartition('=')[2]}-{len(address)}.pdf").write_bytes(
            answer.body()
        )
    document = pypdf.PdfReader(io.BytesIO(answer.body()))
    assert document.trailer["/Root"]["/MarkInfo"]["/Marked"]
    return address, " ".join(one.extract_text() for one in document.pages)


def last_contact(unit):
    with as_owner():
        return ShortContact.objects.filter(unit=unit).latest("created_at")


def test_from_a_question_in_bulgarian_to_the_paper_in_five_clicks(page, enter, counter):
    enter(Role.DESK)
    page.goto("/gespraeche/kurzkontakt/")
    look(page, "schalter")
    for kept_from in ("Personen", "Gespräche", "Übergaben", "Zuzüge"):
        assert not page.get_by_role("navigation").get_by_role("link", name=kept_from, exact=True).count()

    clicks = 0

    def click(one):
        nonlocal clicks
        one.click()
        clicks += 1

    click(page.get_by_text("Bulgarisch", exact=True))
    click(page.locator('.st-counter__asked input[name="topics"][value="language"]'))
    expect(page.get_by_label("Haus der Deutschkurse")).to_be_visible()
    expect(page.get_by_label("Да учим немски")).to_be_visible()
    click(page.get_by_label("Haus der Deutschkurse"))
    click(page.get_by_label("Да учим немски"))
    look(page, "schalter-antwort")
    address, text = printed(page, lambda: click(page.get_by_role("button", name="Zählen und drucken")))

    assert clicks == 5
    assert (
        "sprache=bg" in address and "angebot=sprachkurs-haus" in address and "blatt=deutsch_lernen" in address
    )
    for words in ("Дом на курсовете по немски", "Пн–Чт: 9:00–12:00 ч.", "лична карта или паспорт",
                  "Да учим немски", "Какво е интеграционен курс?", "Willkommenszentrum"):  # fmt: skip
        assert words in text, words
    contact = last_contact(counter)
    assert (contact.services, contact.sheets) == (["sprachkurs-haus"], ["deutsch_lernen"])
    assert (contact.language, contact.given_language, contact.topics) == ("bg", "bg", ["language"])
    page.goto("/gespraeche/kurzkontakt/")
    expect(page.get_by_text("Grundlage: 1 Kontakt.")).to_be_visible()
    assert not page.get_by_role("link", name="Daraus wird ein Gespräch").count()
    page.get_by_role("button", name="Letzten zurücknehmen").click()
    expect(page.get_by_text("Zurückgenommen.")).to_be_visible()


def test_from_a_search_in_arabic_to_the_paper_and_the_code_for_the_telephone(page, enter, counter):
    enter(Role.COUNTER)
    page.goto("/gespraeche/kurzkontakt/")
    page.get_by_text("Arabisch", exact=True).click()
    page.get_by_role("searchbox", name="Wonach wird gefragt?").fill("دورات اللغة")
    expect(page.get_by_label("Haus der Deutschkurse")).to_be_visible()
    page.get_by_label("Haus der Deutschkurse").check()
    page.locator('.st-counter__asked input[name="topics"][value="language"]').check()
    expect(page.get_by_label("تعلم الالمانية")).to_be_visible()
    expect(page.get_by_label("Haus der Deutschkurse")).to_be_checked()
    page.get_by_label("تعلم الالمانية").check()
    look(page, "schalter-arabisch")
    address, text = printed(page, lambda: page.get_by_role("button", name="Zählen und drucken").click())
    assert (
        "sprache=ar" in address and "angebot=sprachkurs-haus" in address and "blatt=deutsch_lernen" in address
    )
    for words in ("دورات", "030 23125 171", "9:00", "12:00", "Haus der Deutschkurse"):
        assert words in text, words

    page.goto("/gespraeche/kurzkontakt/")
    page.get_by_role("link", name="Letztes auf das Handy").click()
    expect(page.get_by_role("heading", name="Auf das Handy")).to_be_visible()
    look(page, "schalter-handy")
    public = page.locator(".st-counter__address").get_attribute("href")
    assert "/wegweiser/ar/zettel/?angebot=sprachkurs-haus&blatt=deutsch_lernen" in public


def test_on_a_telephone_one_tap_leads_from_the_topics_to_the_answers(page, enter, counter):
    enter(Role.DESK)
    page.set_viewport_size({"width": 360, "height": 640})
    page.goto("/gespraeche/kurzkontakt/")
    topic = page.locator('.st-counter__asked input[name="topics"][value="language"]')
    topic.check()
    way = page.get_by_role("link", name="Antworten ansehen")
    expect(way).to_be_in_viewport()
    expect(topic).to_be_focused()
    way.click()
    expect(page.get_by_label("Haus der Deutschkurse")).to_be_in_viewport()
    expect(way).not_to_be_in_viewport()
    look(page, "schalter-handbreit")


def test_what_could_not_be_answered_reaches_the_editors(page, enter, counter):
    enter(Role.DESK)
    page.goto("/gespraeche/kurzkontakt/")
    page.locator('.st-counter__asked input[name="topics"][value="other"]').check()
    page.get_by_text("Das konnte ich nicht beantworten").click()
    page.get_by_label("Was konnten Sie nicht beantworten?").fill("Wo kann man Fahrräder reparieren lernen?")
    page.get_by_role("button", name="Zählen", exact=True).click()
    expect(page.get_by_text("Gezählt.")).to_be_visible()

    assert last_contact(counter).result == "unsolved"
    with as_owner():
        question = OpenQuestion.objects.get(unit=counter)
    assert question.text.startswith("Wo kann man Fahrräder") and question.topics == ["other"]
