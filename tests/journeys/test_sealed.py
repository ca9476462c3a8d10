"""Something is entrusted at the district centre: written, read, changed, shared with a deputy, taken back."""

from playwright.sync_api import Page, expect

from tests.journeys.browsing import expect_good_page, screenshot, sign_in
from tests.journeys.test_leaver import enter

SECRET = "Die Tante weiß noch nichts vom Umzug"


def test_what_is_entrusted_stays_with_author_and_deputy(page: Page, server: str):
    sign_in(page, "stadtteil")
    page.goto("/vermerke/")
    expect(page.get_by_role("heading", name="Anvertrautes", level=1)).to_be_visible()
    expect_good_page(page)
    page.locator("table a[href^='/haushalte/']").first.click()
    _give_reason(page)
    household = page.url
    expect(page.get_by_role("heading", name="Anvertrautes")).to_be_visible()

    page.get_by_role("link", name="Anvertrautes festhalten").click()
    expect_good_page(page)
    page.get_by_label("Überschrift").fill("Umzug")
    page.get_by_label("Was anvertraut wurde").fill(SECRET)
    screenshot(page, "anvertrautes-schreiben")
    page.get_by_role("button", name="Verschließen").click()
    expect(page.get_by_text(SECRET)).to_be_visible()
    expect_good_page(page)
    screenshot(page, "anvertrautes-lesen")
    note = page.url

    page.get_by_role("link", name="Ändern").click()
    expect_good_page(page)
    page.get_by_label("Was anvertraut wurde").fill(f"{SECRET} – seit heute doch")
    page.get_by_role("button", name="Verschließen").click()
    expect(page.get_by_text("seit heute doch")).to_be_visible()

    page.get_by_role("link", name="Vertretung benennen").click()
    expect_good_page(page)
    page.get_by_label("Vertretung", exact=False).first.select_option(index=1)
    page.get_by_role("button", name="Vertretung benennen").click()
    expect(page.get_by_text("Ohne Einwilligung bleibt der Vermerk bei Ihnen").first).to_be_visible()
    page.get_by_label("willigt ein").check()
    page.get_by_label("Eingewilligt am").fill("1.10.2026")
    page.get_by_role("button", name="Vertretung benennen").click()
    expect(page.get_by_text("Die Vertretung ist benannt.")).to_be_visible()

    enter(page, server, "stadtteil-2@stafette.example")
    page.goto(note)
    expect(page.get_by_text("Sie lesen in Vertretung.")).to_be_visible()
    expect(page.get_by_text(SECRET)).to_be_visible()

    sign_in(page, "stadtteil")
    page.goto(note)
    page.get_by_role("button", name="Vertretung zurücknehmen").click()
    expect(page.get_by_text("Lesen können den Vermerk nur noch Sie.")).to_be_visible()

    enter(page, server, "stadtteil-2@stafette.example")
    assert page.goto(note).status == 404
    page.goto(household)
    _give_reason(page)
    expect(page.get_by_text(SECRET)).to_have_count(0)


def test_keys_are_looked_after_without_being_seen(page: Page):
    sign_in(page, "technik")
    page.goto("/vermerke/schluessel/")
    expect(page.get_by_role("heading", name="Schlüssel der Stellen")).to_be_visible()
    expect_good_page(page)
    screenshot(page, "schluessel")
    page.get_by_role("button", name="Schlüssel wechseln").first.click()
    page.locator("#rueckfrage button[value=yes]").click()
    expect(page.get_by_text("Der neue Schlüssel gilt.")).to_be_visible()
    expect_good_page(page)


def _give_reason(page: Page) -> None:
    """A file that rested a while is opened with a reason."""
    if "/haushalte/" in page.url:
        return
    page.locator("main input[type=radio]").first.check()
    page.locator("main form button").first.click()
    page.wait_for_url(lambda url: "/haushalte/" in url)
