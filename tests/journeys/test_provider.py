"""A provider keeps its entries true on a telephone, without an account; editors see what it said and whom to call."""

from datetime import timedelta

import pytest

from stafette.directory.models import EntryProposal, Organization, Service
from stafette.directory.tests.factories import (
    LocationFactory,
    OrganizationFactory,
    ServiceAtLocationFactory,
    ServiceFactory,
)
from stafette.kernel.clock import today
from stafette.kernel.testing import as_owner
from stafette.outbox.models import Message
from stafette.upkeep.tests.scenes import RoundFactory, path_in_mail
from stafette.upkeep.watching import run_rounds
from tests.journeys.browsing import (
    expect_accessible,
    expect_good_page,
    expect_no_sideways_scrolling,
    screenshot,
    sign_in,
)

NAME = "Beratungshaus Beispiel e. V."


@pytest.fixture
def phone(browser, server):
    """A telephone of the provider: no cookies, 360 px wide."""
    opened = browser.new_context(
        base_url=server, locale="de-DE", viewport={"width": 360, "height": 740}, has_touch=True, is_mobile=True,
    )  # fmt: skip
    problems = []
    tab = opened.new_page()
    tab.set_default_timeout(30_000)
    tab.on("console", lambda said: problems.append(said.text) if said.type == "error" else None)
    tab.on("response", lambda answer: problems.append(answer.url) if answer.status >= 500 else None)
    yield tab
    opened.close()
    assert not problems, problems


def make_provider(**facts):
    organization = OrganizationFactory(name=NAME, email="info@beratungshaus.example", **facts)
    location = LocationFactory(organization=organization, city="Weißenfels", postal_code="06667")
    for name, topic in (("Migrationsberatung für Erwachsene", "residence"), ("Sprachcafé", "language")):
        service = ServiceFactory(
            organization=organization, name=name, topics=[topic], summary="Für alle, die neu in der Stadt sind.",
            assured_at=today() - timedelta(days=100),
        )  # fmt: skip
        place = ServiceAtLocationFactory(service=service, location=location)
        with as_owner():
            place.phones.create(number="030 23125 210")
            place.schedules.create(byday="MO,TU,TH", opens_at="09:00", closes_at="12:00")
            service.documents.create(document="Ausweis oder Pass")
    return organization


def only(organization):
    """Let nobody else be due, so that the run asks this provider alone."""
    with as_owner():
        Service.objects.exclude(organization=organization).update(assured_at=today())


def check(phone, name):
    expect_no_sideways_scrolling(phone)
    expect_accessible(phone)
    small = phone.evaluate(
        "[...document.querySelectorAll('main button')].filter(b => b.offsetParent && "
        "b.getBoundingClientRect().height < 40).length"
    )
    assert small == 0, "a button is too small for a thumb"
    screenshot(phone, name)
    phone.set_viewport_size({"width": 360, "height": 740})


def card(phone, name):
    return phone.locator(".st-card").filter(has=phone.get_by_role("heading", name=name))


def test_a_provider_keeps_its_entries_on_a_telephone(page, phone):
    organization = make_provider()
    only(organization)
    run_rounds()
    with as_owner():
        path = path_in_mail(Message.objects.get(address="info@beratungshaus.example"))

    phone.goto(path)
    check(phone, "traeger-link")
    first, second = card(phone, "Migrationsberatung"), card(phone, "Sprachcafé")
    first.get_by_role("button", name="Stimmt noch").click()
    first.get_by_text("bestätigt", exact=True).wait_for()
    first.get_by_text("Freie Plätze oder Warteliste ändern").click()
    first.get_by_label("nur auf die Warteliste").check()
    first.get_by_label("Wartezeit in Wochen").fill("6")
    check(phone, "traeger-warteliste")
    first.get_by_role("button", name="Sofort übernehmen").click()
    first.get_by_text("etwa 6 Wochen").wait_for()
    second.get_by_role("link", name="Etwas hat sich geändert").click()
    check(phone, "traeger-aenderung")
    phone.get_by_label("Öffnungszeiten").fill("Mi 14–17 Uhr")
    phone.get_by_label("Telefon").fill("030 23125 211")
    phone.get_by_role("button", name="Änderung senden").click()
    second.get_by_text("Die Redaktion prüft sie").wait_for()
    check(phone, "traeger-fertig")
    with as_owner():
        proposal = EntryProposal.objects.get(organization=organization)
    assert proposal.data["places"][0]["phones"][0]["number"] == "030 23125 211"

    RoundFactory(organization=OrganizationFactory(name="Verein ohne Antwort", email=""), state="call")
    silent = Organization.objects.get(name="Verein ohne Antwort")
    ServiceFactory(organization=silent, name="Hausaufgabenhilfe")
    with as_owner():
        silent.phones.create(number="030 23125 222")
    page.set_default_timeout(30_000)
    sign_in(page, "redaktion")
    page.goto("/pflege/")
    page.get_by_text("030 23125 222").wait_for()
    expect_good_page(page)
    screenshot(page, "pflege")
    page.get_by_role("button", name="Am Telefon bestätigt").first.click()
    page.get_by_text("Das Angebot ist bestätigt").wait_for()
    assert page.get_by_text("030 23125 222").count() == 0

    sign_in(page, "koordination")
    page.goto("/steuerung/")
    page.get_by_text("Verzeichnis der Angebote").wait_for()
    page.get_by_text("Nach Trägern und Themen").click()
    expect_good_page(page)
    screenshot(page, "pflege-zahlen")


def test_an_old_link_and_no_javascript(browser, server, phone):
    phone.goto("/pflege/gibt-es-nicht/")
    phone.get_by_text("Dieser Link gilt nicht mehr").wait_for()
    check(phone, "traeger-link-abgelaufen")
    phone.get_by_label("E-Mail-Adresse Ihrer Einrichtung").fill("info@beratungshaus.example")
    phone.get_by_role("button", name="Neuen Link anfordern").click()
    phone.get_by_text("wir haben Ihren Wunsch bekommen").wait_for()

    organization = make_provider(code="ohne-skript")
    only(organization)
    run_rounds()
    with as_owner():
        path = path_in_mail(Message.objects.filter(reference="ohne-skript").get())
    plain = browser.new_context(base_url=server, locale="de-DE", java_script_enabled=False)
    tab = plain.new_page()
    tab.goto(path)
    tab.get_by_role("button", name="Alle stimmen noch").click()
    tab.get_by_text("Alles ist beantwortet").wait_for()
    plain.close()
    with as_owner():
        assert set(organization.services.values_list("assured_at", flat=True)) == {today()}
