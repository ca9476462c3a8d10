"""A newcomer on an old phone, without JavaScript: finds help in her language, prints it, tells what is wrong."""

import re

import pytest

from stafette.directory.models import Service, Signal
from stafette.kernel.testing import as_owner
from tests.journeys.browsing import (
    expect_accessible,
    expect_good_page,
    expect_no_sideways_scrolling,
    screenshot,
)

PAGES = ("", "themen/", "suche/?frage=Kita", "was-brauche-ich/", "blaetter/", "mappe/", "notruf/", "zettel/",
         "rueckmeldung/", "hilfe/", "barrierefreiheit/", "datenschutz/", "impressum/")  # fmt: skip


@pytest.fixture
def phone(browser, server):
    """An old phone of a Bulgarian mother: 360 px, no JavaScript."""
    opened = browser.new_context(
        base_url=server, locale="bg-BG", viewport={"width": 360, "height": 640}, java_script_enabled=False,
        has_touch=True, is_mobile=True,
    )  # fmt: skip
    opened.set_default_timeout(20_000)
    tab = opened.new_page()
    foreign = []
    tab.on("request", lambda asked: foreign.append(asked.url) if not asked.url.startswith(server) else None)
    yield tab
    assert not opened.cookies(), "the public pages set no cookie"
    opened.close()
    assert not foreign, foreign


def test_a_bulgarian_mother_finds_help_for_the_kindergarten(phone):
    phone.goto("/wegweiser/")
    assert phone.url.endswith("/wegweiser/bg/"), "the language of the browser"
    phone.get_by_role("link", name="Детска градина и гледане на деца").click()
    assert phone.locator("html").get_attribute("lang") == "bg"
    phone.locator(".wg-card h3 a").first.click()
    heading = phone.locator("h1").inner_text()
    assert phone.locator("a[href^='tel:']").count()
    address = phone.get_by_role("link", name="Карта за печат (PDF)").get_attribute("href")
    answer = phone.request.get(address)
    assert answer.status == 200 and answer.body().startswith(b"%PDF")
    phone.get_by_role("link", name="Има ли грешка тук").click()
    assert heading in phone.locator("main").inner_text()
    phone.get_by_label("Телефонният номер е грешен").check()
    phone.wait_for_timeout(3200)
    phone.get_by_role("button", name="Изпрати").click()
    assert "Благодарим" in phone.locator("main").inner_text()
    with as_owner():
        assert Signal.objects.filter(kind="feedback").exists()


def test_the_search_works_without_a_script(phone):
    phone.goto("/wegweiser/bg/")
    phone.get_by_label("Какво търсите?").fill("детска градина")
    phone.get_by_role("button", name="Търси").click()
    assert phone.locator(".wg-card").count()


def test_arabic_runs_from_right_to_left(page):
    page.goto("/wegweiser/ar/")
    assert page.locator("html").get_attribute("dir") == "rtl"
    first, last = (
        page.locator(".wg-languages a").first.bounding_box(),
        page.locator(".wg-brand").bounding_box(),
    )
    assert first["x"] > 600 and last["x"] > 600, "everything begins at the right"
    expect_good_page(page)


@pytest.mark.parametrize("language", ["de", "bg", "ar", "ls"])
def test_every_kind_of_page_is_accessible(page, language):
    with as_owner():
        code = Service.objects.filter(is_public=True, places__isnull=False).order_by("name").first().code
    for address in [*PAGES, "themen/kindergarten/", f"angebot/{code}/"]:
        page.goto(f"/wegweiser/{language}/{address}")
        page.set_viewport_size({"width": 360, "height": 640})
        expect_no_sideways_scrolling(page)
        expect_accessible(page)
        small = page.evaluate(SMALL_TARGETS)
        assert not small, f"{address}: too small for a finger: {small}"
    page.set_viewport_size({"width": 1280, "height": 900})
    expect_no_sideways_scrolling(page)
    expect_accessible(page)


SMALL_TARGETS = """
[...document.querySelectorAll("nav a, button, .wg-button, .wg-tiles a, .wg-card :is(h2, h3) a, input, select")]
  .map(e => [e, e.closest("label") ? e.closest("label").getBoundingClientRect() : e.getBoundingClientRect()])
  .filter(([e, box]) => e.type !== "hidden" && !e.closest(".wg-trap") && box.height && box.height < 43.5)
  .map(([e, box]) => `${e.textContent.trim().slice(0, 20)} ${Math.round(box.height)}`)
"""


def test_the_first_page_fits_a_slow_line(browser, server):
    """Everything that a first visit loads, as it comes over the line."""
    opened = browser.new_context(base_url=server, locale="bg-BG", viewport={"width": 360, "height": 640})
    tab = opened.new_page()
    line = opened.new_cdp_session(tab)
    line.send("Network.enable")
    loaded = []
    line.on("Network.loadingFinished", lambda seen: loaded.append(seen["encodedDataLength"]))
    tab.goto("/wegweiser/", wait_until="networkidle")
    opened.close()
    assert len(loaded) <= 4
    assert sum(loaded) < 40_000, f"{sum(loaded)} bytes in {len(loaded)} answers"
    print(f"first page: {sum(loaded)} bytes in {len(loaded)} answers")


def test_pages_for_the_manual(page):
    page.goto("/wegweiser/de/")
    screenshot(page, "wegweiser-start")
    page.goto("/wegweiser/bg/themen/kindergarten/")
    screenshot(page, "wegweiser-thema-bg")
    page.locator(".wg-card h3 a").first.click()
    assert re.search(r"/wegweiser/bg/angebot/[-\w]+/$", page.url)
    screenshot(page, "wegweiser-angebot-bg")
    page.goto(page.url.replace("/bg/", "/ar/"))
    screenshot(page, "wegweiser-angebot-ar")
