"""A finding becomes a referral: decided by rule, agreed to in two languages, sent, accepted, closed, answered."""

from tests.journeys.browsing import expect_good_page, screenshot, sign_in, tick_all


def press(page, name, form="main"):
    page.locator(form).get_by_role("button", name=name, exact=True).first.click()


def open_step(page, name):
    page.locator("#referral-card details", has=page.get_by_text(name, exact=True)).locator(
        "summary"
    ).first.click()


def wait_for_state(page, words):
    page.locator("#referral-card .st-badge", has_text=words).first.wait_for()


def test_a_referral_goes_out_with_consent_and_comes_back_answered(page):
    sign_in(page, "clearing")
    page.goto("/uebergaben/heute/")
    expect_good_page(page)
    screenshot(page, "mein-tag")
    page.locator("#feststellungen li", has_text="Beratung gewünscht").first.get_by_role("link").click()
    expect_good_page(page)
    screenshot(page, "was-folgt")
    page.locator("li.st-card", has_text="Beratung gewünscht").first.get_by_role(
        "button", name="vorbereiten"
    ).click()
    page.get_by_role("link", name="Einwilligung einholen").wait_for()
    expect_good_page(page)
    screenshot(page, "uebergabe-entwurf")
    address = page.url

    page.get_by_role("link", name="Einwilligung einholen").click()
    expect_good_page(page)
    press(page, "Einwilligung festhalten")
    expect_good_page(page)
    tick_all(page.locator("fieldset", has_text="Diese Angaben dürfen").get_by_role("checkbox"))
    tick_all(page.locator("fieldset", has_text="Für wen gilt das?").get_by_role("checkbox"))
    guardians = page.locator("fieldset", has_text="Wer stimmt für Kinder zu?").get_by_role("checkbox")
    if guardians.count():
        guardians.first.check()
    screenshot(page, "einwilligung")
    press(page, "Einwilligung festhalten")

    press(page, "Inhalt festlegen")
    wait_for_state(page, "sendebereit")
    expect_good_page(page)
    screenshot(page, "uebergabe-vorschau")
    press(page, "Senden")
    wait_for_state(page, "gesendet")
    expect_good_page(page)

    sign_in(page, "stadtteil")
    page.goto(address)
    expect_good_page(page)
    screenshot(page, "uebergabe-eingang")
    press(page, "Annehmen")
    wait_for_state(page, "angenommen")
    expect_good_page(page)
    open_step(page, "Erstkontakt festhalten")
    press(page, "Erstkontakt festhalten")
    wait_for_state(page, "erreicht")
    open_step(page, "Abschließen")
    page.locator("#referral-card details[open]").get_by_label("Ergebnis").select_option("helped")
    press(page, "Abschließen")
    wait_for_state(page, "abgeschlossen")
    press(page, "Rückmeldung geben")
    wait_for_state(page, "mit Rückmeldung")
    expect_good_page(page)

    sign_in(page, "clearing")
    page.goto(address)
    assert "Anliegen erledigt" in page.locator("#referral-card").inner_text()
    expect_good_page(page)
    screenshot(page, "uebergabe-beantwortet")


def test_every_kind_of_card_is_free_of_barriers(page):
    for role in ("clearing", "aufsuchend", "wohnraum"):
        sign_in(page, role)
        page.goto("/uebergaben/?state=all")
        expect_good_page(page)
        addresses = page.locator("#list tbody th a").evaluate_all("links => links.map(link => link.pathname)")
        seen = set()
        for address in addresses[:12]:
            page.goto(address)
            state = page.locator("#referral-card .st-badge").first.inner_text()
            if state not in seen:
                seen.add(state)
                expect_good_page(page)
    page.goto("/gebaeude/hinweise/?state=all")
    if page.locator("#list tbody th a").count():
        page.locator("#list tbody th a").first.click()
        expect_good_page(page)
        screenshot(page, "hinweis")
