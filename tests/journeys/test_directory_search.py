"""Finding a service: with a mistake, in Bulgarian, in Arabic, without script; the sketch has its list beside it."""

import pytest
from playwright.sync_api import expect

from tests.journeys.browsing import expect_good_page, screenshot, sign_in

HEALTH_INSURANCE = "Krankenkasse: Mitglied werden"
PATIENCE = 40_000  # milliseconds: the first page of a busy machine


@pytest.fixture(autouse=True)
def _patient(context):
    context.set_default_timeout(PATIENCE)
    expect.set_options(timeout=PATIENCE / 2)
    yield
    expect.set_options(timeout=5_000)


def test_the_right_service_is_found_while_typing(page):
    sign_in(page, "clearing")
    page.goto("/angebote/suche/")
    field = page.get_by_label("Was wird gesucht?")
    field.press_sequentially("krankenkase", delay=20)
    expect(page.get_by_role("listitem").filter(has_text=HEALTH_INSURANCE).first).to_be_visible()
    expect(page.get_by_text("Verstanden als:")).to_contain_text("Krankenversicherung")
    expect(field).to_be_focused()
    screenshot(page, "angebote-suche")
    expect_good_page(page)
    for words in ("нямам здравна осигуровка", "ليس عندي تأمين صحي"):
        field.fill(words)
        expect(page.locator("#treffer-1")).to_contain_text("Krankenkasse")
        assert "%" not in page.url
    page.get_by_text("Lage als Liste").click()
    expect(page.get_by_role("table")).to_contain_text("Minuten zu Fuß")
    screenshot(page, "angebote-suche-arabisch")
    expect_good_page(page)


def test_filters_narrow_and_can_be_taken_away(page):
    sign_in(page, "clearing")
    page.goto("/angebote/suche/?topic=leisure")
    expect(page.get_by_text("Thema: ")).to_be_visible()
    hits = page.locator(".st-hit")
    before = hits.count()
    page.get_by_label("Dort spricht man").select_option("pl")
    expect(page.get_by_text("Dort spricht man: ")).to_be_visible()
    narrowed = hits.count()
    assert 0 < narrowed < before
    page.get_by_role("button", name="Thema").click()
    expect(page.get_by_text("Thema: ")).to_have_count(0)
    assert hits.count() > narrowed
    page.get_by_label("Was wird gesucht?").fill("xyzxyz")
    expect(page.get_by_text("Dazu steht nichts im Verzeichnis")).to_be_visible()
    screenshot(page, "angebote-suche-leer")
    expect_good_page(page)


@pytest.mark.parametrize("words", ["sprachkurs"])
def test_it_works_without_script(browser, server, words):
    context = browser.new_context(java_script_enabled=False, base_url=server, locale="de-DE")
    page = context.new_page()
    page.set_default_timeout(PATIENCE)
    sign_in(page, "clearing")
    page.goto("/angebote/suche/")
    page.get_by_label("Was wird gesucht?").fill(words)
    page.locator("#angebotssuche").get_by_role("button", name="Suchen", exact=True).click()
    expect(page.locator("#treffer-1")).to_contain_text("Volkshochschule, Sprachkurse")
    context.close()
