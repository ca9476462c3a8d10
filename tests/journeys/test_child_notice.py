"""The way of § 4 KKG in the browser, and the check of a notice to the foreigners' authority."""

import pytest

from stafette.accounts.models import Unit, UnitKind, User
from stafette.accounts.tests.factories import MembershipFactory, UnitFactory
from stafette.kernel.testing import as_owner
from stafette.people.models import HouseholdMember
from stafette.people.tests.factories import HouseholdMemberFactory
from tests.journeys.browsing import expect_good_page, screenshot, sign_in


@pytest.fixture
def child(town):
    with as_owner():
        unit = Unit.objects.get(code="clearing")
        UnitFactory(
            kind=UnitKind.YOUTH_OFFICE, authority=unit.authority, name="Jugendamt Burgenlandkreis",
            phone="03443 000000",
        )  # fmt: skip
        rows = HouseholdMember.objects.filter(unit=unit, relation="child", until_on=None)
        return rows.exclude(person__family_name="").select_related("person").order_by("id").first()


def press(page, name):
    page.locator("main").get_by_role("button", name=name, exact=True).first.click()


def test_the_way_from_the_signs_to_the_answer_of_the_youth_office(page, child):
    page.set_default_timeout(30_000)
    sign_in(page, "clearing")
    page.goto(f"/mitteilungen/kinderschutz/haushalt/{child.household_id}/")
    page.get_by_text("Jugendamt Burgenlandkreis").wait_for()
    page.get_by_label("Um welches Kind geht es?").select_option(str(child.person_id))
    page.get_by_label("Das Kind ist für sein Alter zu lange ohne Aufsicht").check()
    page.get_by_label("Was haben Sie selbst gesehen").fill("Am Abend allein in der Wohnung, es war kalt.")
    expect_good_page(page)
    screenshot(page, "kinderschutz-beginn")
    press(page, "Festhalten und weiter")

    page.get_by_role("heading", name="Gespräch festhalten").wait_for()
    expect_good_page(page)
    page.get_by_label("Ja, mit Kind oder Eltern").check()
    page.get_by_label("Tag des Gesprächs").fill("5.1.2026")
    page.get_by_label("Was wurde besprochen").fill("Die Mutter arbeitet abends und sucht Betreuung.")
    press(page, "Gespräch festhalten")

    page.get_by_role("heading", name="Fachberatung festhalten").wait_for()
    expect_good_page(page)
    with page.expect_download() as download:
        page.get_by_role("link", name="Beratungsbogen ohne Namen").click()
    assert download.value.suggested_filename == "Beratungsbogen.pdf"
    page.get_by_label("Die Anhaltspunkte wiegen schwer").check()
    page.get_by_label("Wer hat beraten?").fill("Kinderschutzzentrum")
    page.get_by_label("Tag der Beratung").fill("6.1.2026")
    page.get_by_label("Was hat die Fachkraft geraten").fill(
        "Hilfe anbieten, sonst das Jugendamt einbeziehen."
    )
    press(page, "Beratung festhalten")

    page.get_by_label("Angeboten und abgelehnt").check()
    expect_good_page(page)
    press(page, "Angebot festhalten")

    page.get_by_role("heading", name="Dem Jugendamt mitteilen").wait_for()
    page.get_by_label("Warum ist die Mitteilung nötig?").fill(
        "Die Gefahr besteht fort, Hilfe wurde abgelehnt."
    )
    page.get_by_label("Ja, vor der Mitteilung").check()
    expect_good_page(page)
    screenshot(page, "kinderschutz-mitteilen")
    press(page, "Dem Jugendamt mitteilen")

    page.get_by_role("heading", name="Rückmeldung festhalten").wait_for()
    with page.expect_download() as download:
        page.get_by_role("link", name="Mitteilung als PDF").click()
    assert download.value.suggested_filename.endswith(".pdf")
    form = page.locator("main form", has=page.get_by_text("Haben sich die Anhaltspunkte bestätigt?"))
    assert form.locator("textarea, input[type=text]").count() == 0
    form.get_by_label("Ja").first.check()
    form.get_by_label("Keine Angabe").last.check()
    expect_good_page(page)
    press(page, "Rückmeldung festhalten")
    page.get_by_text("Rückmeldung erhalten").first.wait_for()
    expect_good_page(page)


def test_two_people_answer_for_a_notice_to_the_foreigners_authority(page, town):
    with as_owner():
        unit = Unit.objects.get(code="wohnraumkontrolle")
        tenant = HouseholdMemberFactory(household__unit=unit)
        head = User.objects.get(email="koordination@stafette.example")
        head.memberships.all().delete()
        MembershipFactory(unit=unit, role="head", user=head)
    page.set_default_timeout(30_000)
    sign_in(page, "wohnraum")
    page.goto(f"/mitteilungen/auslaenderbehoerde/haushalt/{tenant.household_id}/")
    page.get_by_label("Um wen geht es?").select_option(str(tenant.person_id))
    page.get_by_label("§ 87 Abs. 2 S. 1 Nr. 1 AufenthG").check()
    for group in page.locator("fieldset[data-field^=answer_]").all():
        wanted = "Ja" if group.get_attribute("data-field") in ("answer_duty", "answer_request") else "Nein"
        group.get_by_label(wanted, exact=True).check()
    page.get_by_label("Welche Tatsache wird mitgeteilt?").fill(
        "Am 2. Juni ohne Aufenthaltstitel angetroffen."
    )
    page.get_by_label("Anschrift der Ausländerbehörde").fill("Landkreis, Ausländerbehörde, Markt 1")
    expect_good_page(page)
    screenshot(page, "mitteilung-87")
    press(page, "Entwurf speichern")
    press(page, "Zur Prüfung geben")
    page.get_by_text("Eine andere Person prüft").wait_for()
    expect_good_page(page)
    there = page.url

    sign_in(page, "koordination")
    page.goto(there)
    page.get_by_text("Am 2. Juni").wait_for()
    press(page, "Prüfung bestehen lassen und mitteilen")
    page.get_by_role("button", name="Ja").first.click()
    with page.expect_download() as download:
        page.get_by_role("link", name="Brief als PDF").click()
    assert download.value.suggested_filename.endswith(".pdf")
    expect_good_page(page)
    screenshot(page, "mitteilung-87-geprueft")

    sign_in(page, "datenschutz")
    page.goto(there)
    page.get_by_text("Den Inhalt sehen nur die beiden Personen").wait_for()
    page.goto("/mitteilungen/auslaenderbehoerde/regeln/")
    expect_good_page(page)
    assert page.goto("/mitteilungen/auslaenderbehoerde/zahlen/").status == 403
