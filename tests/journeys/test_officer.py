"""The officer's day: a colleague reports a breach, the desk shows it, readings are reviewed, the unit tells."""

import re
from datetime import timedelta

from playwright.sync_api import expect

from stafette.accounts.models import Unit
from stafette.audit.models import Reading
from stafette.kernel.clock import now
from stafette.kernel.testing import as_owner
from stafette.oversight.models import BreachShare, ReadingSample
from stafette.oversight.queries.samples import last_month
from stafette.people.models import Household
from tests.journeys.browsing import expect_good_page, screenshot, sign_in

WHAT = "Eine Liste mit Anschriften ging an eine falsche Adresse."


def picture(page, name):
    expect_good_page(page)
    screenshot(page, f"aufsicht-{name}")


def test_from_a_report_to_the_letter(page, server):
    with as_owner():
        home = Household.objects.filter(unit__code="clearing").exclude(street="").order_by("pk").first()
    sign_in(page, "clearing")
    page.goto("/hilfe/")
    page.locator("footer").get_by_role("link", name="Datenpanne melden").click()
    page.get_by_label("Unbefugte konnten").check()
    page.get_by_label("Beschreibung").fill(WHAT)
    picture(page, "melden")
    page.get_by_role("button", name="Melden").click()
    page.get_by_text(re.compile(r"DP-\d{4}-\w{5}")).first.wait_for()
    number = re.search(r"DP-\d{4}-\w{5}", page.locator("main").inner_text())[0]

    sign_in(page, "datenschutz")
    page.goto("/")
    expect(page).to_have_url(re.compile("/protokoll/pult/$"))
    picture(page, "pult")
    page.get_by_role("link", name=number).click()
    page.get_by_role("link", name="Bewerten").click()
    page.get_by_label("Namen und Geburtsdaten").check()
    page.get_by_label("Anschriften").check()
    page.get_by_label("Fremde können Kontakt").check()
    page.get_by_label("Maßnahmen").fill("Die Mail ist zurückgerufen.")
    page.get_by_label("hohes Risiko").check()
    page.get_by_label("Warum dieses Risiko?").fill("Anschriften in fremden Händen")
    picture(page, "bewerten")
    page.get_by_role("button", name="Speichern").click()
    page.get_by_role("link", name="Betroffene suchen").click()
    page.get_by_label("Anschrift in einer Straße").check()
    page.locator("[name=since]").fill("01.01.2026")
    page.locator("[name=until]").fill("31.12.2026")
    page.locator("[name=street]").fill(home.street)
    page.get_by_role("button", name="Zählen").click()
    expect(page.get_by_role("heading", name="Gefunden")).to_be_visible()
    expect(page.locator("main")).not_to_contain_text(home.label)
    picture(page, "betroffene")
    page.get_by_role("button", name="Listen an die Stellen").click()
    expect(page.get_by_text("benachrichtigt: 0")).to_be_visible()
    picture(page, "panne")
    sign_in(page, "clearing")
    with as_owner():
        found = BreachShare.objects.filter(breach__number=number).get()
    page.goto(f"/protokoll/panne/liste/{found.pk}/")
    picture(page, "liste")
    page.get_by_role("button", name="Benachrichtigt").first.click()
    expect(page.get_by_text("Vermerkt: Dieser Haushalt")).to_be_visible()


def test_readings_samples_and_a_quiet_file(page, server):
    with as_owner():
        unit = Unit.objects.get(code="clearing")
        home = Household.objects.filter(unit=unit).order_by("pk").first()
        rows = [
            Reading(
                account_id=home.pk, unit_id=unit.pk, record_type="people.Household", record_id=home.pk,
                about_id=home.pk, page="people:household", at=now() - timedelta(days=40, minutes=number),
            )
            for number in range(8)
        ]  # fmt: skip
        Reading.objects.bulk_create(rows)
        for row in rows[:2]:
            ReadingSample.objects.create(unit=unit, reading=row, month=last_month())
        quiet = Household.objects.create(
            unit=unit, label="Ruhende Akte", source_date="2026-01-01", created_at=now() - timedelta(days=200)
        )
    sign_in(page, "clearing")
    page.goto(f"/haushalte/{quiet.pk}/")
    expect(page.get_by_role("heading", name="Diese Akte ruht")).to_be_visible()
    picture(page, "warum")
    page.get_by_label("Anruf oder Nachricht").check()
    page.get_by_role("button", name="Akte öffnen").click()
    expect(page.get_by_role("heading", name="Haushalt Ruhende Akte")).to_be_visible()

    sign_in(page, "datenschutz")
    for path, name in (
        ("lesezugriffe/", "lesezugriffe"), ("lesezugriffe/auffaelliges/", "auffaelliges"),
        ("stichprobe/", "stichprobe"), ("pult/felder/", "felder"), ("pult/konten/", "konten"),
    ):  # fmt: skip
        page.goto(f"/protokoll/{path}")
        picture(page, name)
    page.goto("/protokoll/lesezugriffe/?asked=on")
    expect(page.get_by_text("Anruf oder Nachricht")).to_be_visible()
    page.goto("/protokoll/stichprobe/")
    page.locator("tbody a").first.click()
    page.get_by_label("plausibel").check()
    picture(page, "pruefen")
    page.get_by_role("button", name="Speichern").click()
    expect(page.get_by_text("Das Ergebnis ist vermerkt.")).to_be_visible()
