"""What happens to a referral besides the straight way: tried three times, carried on, given back, opened again."""

from datetime import date, timedelta

from tests.journeys.browsing import expect_good_page, screenshot, sign_in, tick_all
from tests.journeys.test_handover import open_step, press, wait_for_state


def step(page, name, **answers):
    """Open a step of the card, answer its questions, take it."""
    open_step(page, name)
    form = page.locator("#referral-card details[open]", has=page.get_by_role("button", name=name, exact=True))
    for label, value in answers.items():
        field = form.get_by_label(label.replace("_", " "))
        if field.evaluate("e => e.tagName") == "SELECT":
            field.select_option(value)
        else:
            field.fill(value)
    form.get_by_role("button", name=name, exact=True).click()


def give_consent(page):
    page.get_by_role("link", name="Einwilligung einholen").click()
    for words in ("Diese Angaben dürfen", "Für wen gilt das?"):
        tick_all(page.locator("fieldset", has_text=words).get_by_role("checkbox"))
    guardians = page.locator("fieldset", has_text="Wer stimmt für Kinder zu?").get_by_role("checkbox")
    if guardians.count():
        guardians.first.check()
    press(page, "Einwilligung festhalten")


def send_to_the_centre(page):
    """The clearing desk hands a family over that wants advice; return the address of the referral."""
    sign_in(page, "clearing")
    page.goto("/uebergaben/heute/")
    page.locator("#feststellungen li", has_text="Beratung gewünscht").first.get_by_role("link").click()
    page.locator("li.st-card", has_text="Beratung gewünscht").first.get_by_role(
        "button", name="vorbereiten"
    ).click()
    page.get_by_role("link", name="Einwilligung einholen").wait_for()
    address = page.url
    give_consent(page)
    press(page, "Inhalt festlegen")
    wait_for_state(page, "sendebereit")
    press(page, "Senden")
    wait_for_state(page, "gesendet")
    return address


def german(day):
    return f"{day:%d.%m.%Y}"


def test_a_referral_is_carried_on_and_its_sender_hears_only_that(page):
    address = send_to_the_centre(page)
    sign_in(page, "stadtteil")
    page.goto(address)
    press(page, "Annehmen")
    wait_for_state(page, "angenommen")

    next_try = date.today() + timedelta(days=2)
    step(
        page,
        "Kontaktversuch festhalten",
        Auf_welchem_Weg="phone",
        Ergebnis="no_answer",
        Nächster_Versuch=german(next_try),
    )
    page.get_by_text("fehlen noch 2 vergebliche Versuche").wait_for()
    assert german(next_try) in page.locator("#referral-card").inner_text()
    expect_good_page(page)
    screenshot(page, "kontaktversuche")

    open_step(page, "Weitergeben")
    form = page.locator("#referral-card details[open]", has=page.get_by_role("button", name="Weitergeben"))
    form.get_by_label("An welche Stelle?").select_option(label="Aufsuchende Sozialarbeit")
    expect_good_page(page)
    form.get_by_role("button", name="Weitergeben", exact=True).click()
    page.get_by_text("Weitergabe an").first.wait_for()
    expect_good_page(page)
    page.locator("#referral-card p", has_text="Weitergabe an").get_by_role("link").click()
    wait_for_state(page, "Entwurf")
    expect_good_page(page)
    screenshot(page, "weitergabe")
    onward = page.url
    give_consent(page)
    press(page, "Inhalt festlegen")
    wait_for_state(page, "sendebereit")
    press(page, "Senden")
    wait_for_state(page, "gesendet")

    sign_in(page, "clearing")
    page.goto(address)
    said = page.locator("#referral-card").inner_text()
    assert "an eine andere Stelle weitergegeben" in said
    assert "Aufsuchende" not in said
    expect_good_page(page)
    assert page.goto(onward).status == 404

    sign_in(page, "aufsuchend")
    page.goto(onward)
    assert "Clearing" not in page.locator("#referral-card").inner_text()
    press(page, "Annehmen")
    wait_for_state(page, "angenommen")
    step(page, "Zurückgeben", Grund_der_Rückgabe="already_known")
    wait_for_state(page, "zurückgegeben")
    expect_good_page(page)
    screenshot(page, "zurueckgegeben")

    sign_in(page, "stadtteil")
    page.goto(onward)
    expect_good_page(page)
    press(page, "Zur Kenntnis nehmen")
    wait_for_state(page, "zur Kenntnis genommen")
    page.goto(address)
    step(page, "Wieder öffnen", **{"Warum_geht_es_weiter?": "too_early"})
    wait_for_state(page, "angenommen")
    page.get_by_role("heading", name="Berichtigungen").wait_for()
    expect_good_page(page)
    step(page, "Abschließen", Ergebnis="helped")
    wait_for_state(page, "Rückmeldung offen")
    step(
        page,
        "Ergebnis berichtigen",
        **{"Richtiges_Ergebnis": "ongoing", "Woher_wissen_Sie_das?": "family"},
    )
    page.get_by_text("„läuft als eigener Fall weiter“ statt „Anliegen erledigt“").wait_for()
    expect_good_page(page)
    screenshot(page, "berichtigung")
