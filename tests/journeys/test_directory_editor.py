"""An editor adds a service with its hours, corrects it, brings the first words back, and reads a table."""

import pytest
from playwright.sync_api import expect

from stafette.directory.models import EntryProposal, Organization, Service
from stafette.directory.plain import to_plain
from stafette.directory.queries import service_entries
from stafette.directory.reading import service_data
from stafette.directory.tests.factories import OrganizationFactory
from stafette.kernel.clock import now
from stafette.kernel.testing import as_owner
from tests.journeys.browsing import expect_good_page, screenshot, sign_in

NAME = "Sprechstunde für Familien"
HOURS = "Mo–Do 9–12 und 13–16 Uhr, Fr nach Vereinbarung"


@pytest.fixture
def provider(server):
    known = Organization.objects.filter(code="faden").first()  # the town of this file outlives each test
    return known or OrganizationFactory(code="faden", name="Verein Faden", email="buero@faden.example")


def save(page):
    page.get_by_role("button", name="Speichern", exact=True).last.click()


def add(page):
    page.get_by_role("link", name="Neues Angebot").click()
    page.get_by_label("Träger").fill("Verein Faden")
    page.get_by_label("Name des Angebots").fill(NAME)
    page.get_by_label("Wofür, in einem Satz").fill("Hilft Familien beim Ankommen.")
    page.get_by_label("Öffnungszeiten", exact=True).fill(HOURS)
    page.get_by_label("Ausnahmen", exact=True).fill("24.12.–01.01. geschlossen")
    page.get_by_label("Rufnummer").first.fill("030 23125 021")  # leaves the box, so the hours are read
    expect(page.locator(".st-hours-preview").first).to_contain_text("Freitag: nach Vereinbarung")
    page.locator("#neu summary").click()
    page.locator("#neu").get_by_label("Straße und Hausnummer").fill("Beispielweg 8")
    page.locator("#neu").get_by_label("Ort", exact=True).fill("Weißenfels")


def test_an_editor_adds_changes_and_brings_back(page, provider):
    sign_in(page, "redaktion")
    page.get_by_role("link", name="Verzeichnis", exact=True).first.click()
    expect_good_page(page)
    screenshot(page, "angebote-liste")
    add(page)
    expect_good_page(page)
    screenshot(page, "angebote-eingeben")
    save(page)
    expect(page.get_by_role("heading", level=1)).to_have_text(NAME)
    expect(page.locator("main")).to_contain_text("Fr nach Vereinbarung")
    expect_good_page(page)
    screenshot(page, "angebote-angebot")

    page.get_by_role("link", name="Bearbeiten").click()
    page.get_by_label("Wofür, in einem Satz").fill("Etwas anderes.")
    page.get_by_role("button", name="weitere Zeile Rufnummern").click()
    expect(page.get_by_label("Wofür, in einem Satz")).to_have_value("Etwas anderes.")
    save(page)
    page.get_by_role("link", name="Verlauf").click()
    expect_good_page(page)
    screenshot(page, "angebote-verlauf")
    page.get_by_role("button", name="Diese Fassung zurückholen").last.click()
    page.get_by_role("dialog").get_by_role("button", name="Ja, fortfahren").click()
    expect(page.locator("#messages")).to_contain_text("Fassung 1 gilt wieder")
    expect(page.locator("main")).to_contain_text("Hilft Familien beim Ankommen.")

    page.get_by_role("link", name="Bulgarisch").click()
    page.get_by_label("Name", exact=True).fill("Консултации за семейства")
    expect_good_page(page)
    screenshot(page, "angebote-uebersetzen")
    page.get_by_role("button", name="Speichern und freigeben").click()
    expect(page.locator("aside")).to_contain_text("freigegeben")

    page.goto("/angebote/?text=Sprechstunde")
    expect(page.locator("#list")).to_contain_text(NAME)


def test_an_editor_decides_what_a_provider_proposes_and_reads_a_table(page, provider):
    service = service_entries().filter(status="active").first()
    wish = to_plain(service_data(service)) | {"summary": "Neu beschrieben.", "languages": ["de", "bg", "ar"]}
    with as_owner():
        EntryProposal.objects.create(
            organization=service.organization, service=service, data=wish, source="provider", proposed_at=now(),
            note="Wir haben jetzt auch Arabisch.",
        )  # fmt: skip
    sign_in(page, "redaktion")
    page.goto("/angebote/vorschlaege/")
    expect_good_page(page)
    screenshot(page, "angebote-vorschlaege")
    page.get_by_role("button", name="Übernehmen").first.click()
    expect(page.locator("#messages")).to_contain_text("Übernommen")
    assert Service.objects.get(pk=service.pk).summary == "Neu beschrieben."

    page.goto("/angebote/tabelle/")
    expect_good_page(page)
    table = "Name;Träger;Öffnungszeiten;Themen\nNähtreff;Verein Faden;Mi 15–18 Uhr;\nLesekreis;Verein Faden;;Quatsch\n"
    page.get_by_label("Datei").set_input_files(
        {"name": "liste.csv", "mimeType": "text/csv", "buffer": table.encode()}
    )
    page.get_by_role("button", name="Prüfen").click()
    expect(page.locator("main")).to_contain_text("„Quatsch“ ist nicht bekannt")
    expect_good_page(page)
    screenshot(page, "angebote-tabelle")
    page.get_by_role("button", name="Übernehmen").click()
    expect(page.locator("#messages")).to_contain_text("Die Tabelle ist übernommen")
    assert Service.objects.filter(name="Nähtreff").exists()
    for address in ("traeger", "traeger/faden", "traeger/faden/bearbeiten", "orte", "naehtreff"):
        page.goto(f"/angebote/{address}/")
        expect_good_page(page)


def test_on_a_telephone_the_buttons_of_a_long_entry_stand_in_one_line(page, provider):
    service = service_entries().filter(status="active").first()
    sign_in(page, "redaktion")
    page.set_viewport_size({"width": 360, "height": 640})
    page.goto(f"/angebote/{service.code}/bearbeiten/")
    bar = page.locator(".st-actions--sticky")
    bar.wait_for()
    buttons = bar.locator(".kern-btn").all()
    assert len(buttons) == 3 and len({one.bounding_box()["y"] for one in buttons}) == 1
    assert all(one.bounding_box()["height"] >= 44 for one in buttons)
    expect_good_page(page)
