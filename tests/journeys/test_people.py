"""A person is looked for, created, found again in another script, recognised as the same, merged and parted."""

from tests.journeys.browsing import expect_good_page, screenshot, sign_in

ZONE = "I<UTOD231458907<<<<<<<<<<<<<<<\n7408122F1204159UTO<<<<<<<<<<<6\nERIKSSON<<ANNA<MARIA<<<<<<<<<<"


def create(page, family, given, birth, *, anyway=False):
    page.goto("/personen/neu/")
    page.get_by_label("Familienname", exact=True).fill(family)
    page.get_by_label("Vornamen", exact=True).fill(given)
    page.get_by_label("Geburtsdatum").fill(birth)
    page.get_by_label("Staatsangehörigkeit", exact=True).fill("Bulgarien")
    page.get_by_label("Straße").fill("Musterstraße")
    page.get_by_role("button", name="Prüfen und anlegen").click()
    if anyway:
        expect_good_page(page)
        screenshot(page, "personen-aehnlich")
        page.get_by_role("button", name="Keine davon: neu anlegen").click()
    assert "/haushalte/" in page.url


def test_person_is_found_across_scripts_and_merged_by_hand(page):
    sign_in(page, "clearing")
    page.goto("/personen/neu/")
    expect_good_page(page)
    page.get_by_role("button", name="Prüfen und anlegen").click()
    expect_good_page(page)
    create(page, "Georgieva", "Yulia", "1.2.85")
    expect_good_page(page)

    page.goto("/personen/suche/")
    page.locator("main").get_by_label("Name, Geburtsdatum oder Lesezone").fill("Георгиева 01.02.1985")
    page.locator("main").get_by_role("button", name="Suchen").click()
    expect_good_page(page)
    screenshot(page, "personen-suche")
    page.get_by_role("link", name="Georgieva, Yulia").click()
    page.get_by_role("link", name="Angaben berichtigen").click()
    page.get_by_label("Sicherer Kontakt").fill("nur vormittags anrufen")
    page.get_by_label("Erreichbar über").select_option("phone")
    page.get_by_label("Nummer oder Adresse dafür").fill("0176 000000")
    expect_good_page(page)
    page.get_by_role("button", name="Berichtigung speichern").click()
    expect_good_page(page)
    screenshot(page, "person")

    create(page, "Gheorghieva", "Iuliia", "01.02.1985", anyway=True)
    page.goto("/dubletten/")
    page.get_by_role("button", name="Jetzt suchen").click()
    expect_good_page(page)
    page.get_by_role("link", name="Vergleichen").first.click()
    expect_good_page(page)
    screenshot(page, "personen-vergleich")
    page.get_by_role("button", name="Zusammenführen").click()
    page.goto("/dubletten/zusammengefuehrt/")
    expect_good_page(page)
    page.get_by_role("button", name="Rückgängig machen").click()
    assert page.get_by_text("rückgängig gemacht").count()

    page.goto("/personen/")
    expect_good_page(page)
    screenshot(page, "personen")
    page.get_by_role("link", name="Georgieva, Yulia").click()
    page.get_by_role("button", name="Anschrift sperren").click()
    page.locator("aside").get_by_role("link", name="Georgieva").click()
    expect_good_page(page)
    screenshot(page, "haushalt")
    assert not page.get_by_text("Musterstraße").count()
    page.get_by_role("link", name="Auszug vermerken").click()
    expect_good_page(page)


def test_identity_card_fills_the_form(page):
    sign_in(page, "clearing")
    page.goto("/personen/neu/")
    page.get_by_text("Aus einem Ausweis übernehmen").click()
    page.get_by_label("Lesezone eines Ausweises").fill(ZONE)
    page.get_by_role("button", name="Felder ausfüllen").click()
    assert page.get_by_label("Familienname", exact=True).input_value() == "Eriksson"
    assert page.get_by_label("Geburtsdatum").input_value() == "12.08.1974"
    expect_good_page(page)
    screenshot(page, "personen-ausweis")
