"""Who knows what about me: from the counter to the person's sheet in her language, and what the officer sees of it."""

import os
from pathlib import Path

from stafette.kernel.clock import today
from stafette.kernel.testing import as_owner
from stafette.people.models import HouseholdMember
from stafette.protection.models import DisclosurePerson
from tests.journeys.browsing import expect_good_page, screenshot, sign_in


def somebody_told_of():
    """An adult of the clearing desk of whom something was passed on, and who does not live alone."""
    with as_owner():
        told = DisclosurePerson.objects.filter(
            unit__code="clearing", disclosure__kind="referral", person__birth_year__lt=today().year - 20,
        ).select_related("person", "disclosure__receiver")  # fmt: skip
        for row in told.order_by("id"):
            home = HouseholdMember.objects.filter(person=row.person, until_on=None).first()
            if home is None:
                continue
            adults = HouseholdMember.objects.filter(
                household=home.household, until_on=None, person__birth_year__lt=today().year - 20
            )
            if adults.count() > 1:
                return home, row.disclosure, [one.person for one in adults.select_related("person")]
    raise AssertionError("the sample town tells of nobody who lives with another adult")


def keep(page, name):
    """Pictures to look at, where somebody asks for them."""
    if folder := os.environ.get("LOOK"):
        for width in (360, 1280):
            page.set_viewport_size({"width": width, "height": 900})
            page.screenshot(path=Path(folder) / f"{name}-{width}.png", full_page=True)


def test_a_woman_reads_at_the_counter_who_knows_what_about_her(page):
    page.set_default_timeout(60_000)
    home, disclosure, adults = somebody_told_of()
    sign_in(page, "clearing")
    page.goto(f"/haushalte/{home.household_id}/")
    page.get_by_role("link", name="Blatt „Wer weiß was über mich“").click()
    page.get_by_role("heading", name="Wer weiß was über mich", exact=True).wait_for()
    expect_good_page(page)
    keep(page, "knows")

    # both adults in one print: refused until each says yes
    form = page.locator("main form").last
    for person in adults:
        form.locator(f"input[name=person_ids][value='{person.pk}']").check()
    form.get_by_role("button", name="Zusammen drucken (PDF)").click()
    page.get_by_text("Ein Blatt für die ganze Familie gibt es nur").first.wait_for()
    expect_good_page(page)

    # her own sheet, in Bulgarian
    page.locator(f"main a[href$='/{home.person_id}/']").click()
    page.get_by_label("Sprache").select_option("bg")
    page.get_by_role("button", name="Anwenden").click()
    page.get_by_text("Кой какво знае за мен?").wait_for()
    sheet = page.locator("article[lang=bg]").inner_text()
    assert disclosure.receiver.name in sheet
    expect_good_page(page)
    keep(page, "sheet-bg")
    with page.expect_download() as download:
        page.get_by_role("button", name="Drucken (PDF)").click()
    assert download.value.suggested_filename == "wer-weiss-was.pdf"

    # the officer sees that a sheet went to the person, which rule it used, and no name
    sign_in(page, "datenschutz")
    page.goto("/schutz/weitergaben/?kind=letter")
    page.get_by_text("die Person selbst").first.wait_for()
    expect_good_page(page)
    keep(page, "disclosures")
    page.goto("/schutz/flussregeln/nutzung/")
    page.get_by_role("link", name="E02 · Brief oder Blatt an die Person selbst").wait_for()
    assert not [one for one in adults if one.full_name in page.locator("main").inner_text()]
    expect_good_page(page)
    keep(page, "used")
    page.goto("/schutz/flussregeln/?stelle=POL")
    page.get_by_text("Ersuchen höchstens 6 Monate alt").first.wait_for()
    expect_good_page(page)
    screenshot(page, "flussregeln")
    keep(page, "rules")


def test_a_request_of_the_police_is_taken_in(page):
    page.set_default_timeout(60_000)
    sign_in(page, "clearing")
    page.goto("/schutz/ersuchen/neu/")
    expect_good_page(page)
    keep(page, "take")
    page.get_by_label("Wer fragt?").select_option("POL")
    page.get_by_label("Behörde und Dienststelle").fill("Polizeirevier Musterstadt")
    page.get_by_label("Datum des Ersuchens").fill(f"{today():%d.%m.%Y}")
    page.get_by_label("Name und Geburtsdatum").check()
    page.get_by_label("Begründung der Behörde").fill("Vermisstensache im Einzelfall")
    page.get_by_role("button", name="Aufnehmen").click()
    page.get_by_text("Die Leitung der Stelle entscheidet.").last.wait_for()
    expect_good_page(page)
    keep(page, "request")
