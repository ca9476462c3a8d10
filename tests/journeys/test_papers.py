"""The officer's papers on screen and as PDF, the public page without login, and a hint while a clerk writes."""

from stafette.kernel.testing import as_owner
from stafette.people.models import Person
from tests.journeys.browsing import expect_good_page, screenshot, sign_in

TELLING = "Nur vormittags, sie ist schwanger."


def somebody():
    with as_owner():
        rows = Person.objects.filter(unit__code="clearing", merged_into=None).exclude(family_name="")
        return rows.order_by("id").first()


def test_a_hint_stands_under_the_field_and_after_saving(page):
    page.set_default_timeout(30_000)
    sign_in(page, "clearing")
    page.goto(f"/personen/{somebody().pk}/berichtigen/")
    field = page.locator("[name=safe_contact_note]")
    field.fill(TELLING)
    field.blur()
    hint = page.locator("#id_safe_contact_note_watch .st-watch__hint").first
    hint.wait_for()
    assert "Art. 9" in hint.inner_text() and "schwanger" in hint.inner_text()
    expect_good_page(page)
    screenshot(page, "freitext-hinweis")
    page.locator("[name=source]").select_option(index=1)
    page.locator("main form button").last.click()
    told = page.locator("[data-watch-hint=health]")
    told.wait_for()
    assert "Gespeichert" in told.inner_text()
    expect_good_page(page)
    screenshot(page, "freitext-gespeichert")
    told.get_by_role("link").click()
    page.locator("[name=safe_contact_note]").fill("Nur vormittags.")
    page.locator("[name=source]").select_option(index=1)
    page.locator("main form button").last.click()
    page.wait_for_url("**/personen/**")
    assert page.locator("[data-watch-hint]").count() == 0


def test_the_officer_opens_the_papers_and_takes_them_along(page):
    page.set_default_timeout(30_000)
    sign_in(page, "datenschutz")
    page.goto("/unterlagen/")
    expect_good_page(page)
    screenshot(page, "unterlagen")
    page.get_by_role("link", name="Verzeichnis von Verarbeitungstätigkeiten").first.click()
    expect_good_page(page)
    screenshot(page, "verzeichnis")
    for name, ending in (("Als PDF", ".pdf"), ("Als XLSX", ".xlsx")):
        with page.expect_download() as download:
            page.get_by_role("link", name=name).click()
        assert download.value.suggested_filename.endswith(ending)
    page.goto("/unterlagen/freitext/")
    expect_good_page(page)
    page.goto("/unterlagen/information/clearing/ar/")
    assert page.locator(".st-paper").get_attribute("dir") == "rtl"
    expect_good_page(page)
    screenshot(page, "informationsblatt-ar")


def test_anybody_reads_the_essence_of_joint_responsibility(page):
    page.goto("/unterlagen/gemeinsam/bg/")
    assert page.locator(".st-paper").get_attribute("lang") == "bg"
    expect_good_page(page)
    screenshot(page, "gemeinsam-bg")
