"""The rights of the person in the browser: ask at the counter, copy, contest, pass on, erase; the officer watches."""

from playwright.sync_api import expect

from stafette.kernel.testing import as_owner
from stafette.people.models import Household, HouseholdMember
from stafette.referrals import batons
from tests.journeys.browsing import expect_good_page, screenshot, sign_in


def picture(page, name):
    expect_good_page(page)
    screenshot(page, f"rechte-{name}")


def quiet_household(skip=0):
    """A household of the clearing desk with nothing open, so that it may go."""
    with as_owner():
        busy = set()
        for kind in batons.kinds():
            names = {field.name for field in kind.model._meta.concrete_fields}
            for column in names & {"household", "received_household"}:
                busy |= set(kind.model.objects.filter(is_open=True).values_list(f"{column}_id", flat=True))
        found = Household.objects.filter(unit__code="clearing", members__until_on=None).exclude(
            pk__in=busy - {None}
        )
        household = found.distinct().order_by("created_at", "id")[skip]
        return household, HouseholdMember.objects.filter(household=household).first().person


def take_in(page, person, kind):
    page.goto(f"/rechte/person/{person.pk}/")
    page.get_by_label(kind).check()
    page.get_by_label("Wie wurde die Identität geprüft?").select_option("document")
    page.get_by_role("button", name="Aufnehmen").click()
    page.get_by_role("button", name="Gehört zu uns, ich bearbeite das").click()


def test_access_at_the_counter_in_the_persons_language(page):
    household, person = quiet_household()
    sign_in(page, "clearing")
    page.goto(f"/rechte/haushalt/{household.pk}/")
    picture(page, "neu")
    page.get_by_label(person.full_name).check()
    page.get_by_label("Auskunft (Art. 15)").check()
    page.get_by_label("Sprache der Antwort").select_option("bg")
    page.get_by_label("Wie wurde die Identität geprüft?").select_option("document")
    page.get_by_role("button", name="Aufnehmen").click()
    expect(page.get_by_text("Die Frist läuft")).to_be_visible()
    picture(page, "eingegangen")
    page.get_by_role("button", name="Gehört zu uns, ich bearbeite das").click()
    with page.expect_download() as got:
        page.get_by_role("button", name="Als PDF").click()
    assert got.value.suggested_filename.startswith("auskunft-")
    assert got.value.path().read_bytes().startswith(b"%PDF")
    page.get_by_text("Als beantwortet festhalten").first.click()
    page.get_by_role("button", name="Als beantwortet festhalten").click()
    expect(page.get_by_text("Auskunft gegeben")).to_be_visible()
    picture(page, "beantwortet")
    page.goto("/rechte/?state=all")
    picture(page, "liste")


def test_a_contested_fact_is_marked_on_the_persons_page(page):
    _household, person = quiet_household(1)
    sign_in(page, "clearing")
    take_in(page, person, "Angabe bestreiten")
    page.get_by_text("Als bestritten kennzeichnen").first.click()
    page.get_by_label("Geburtsdatum").check()
    page.get_by_role("button", name="Als bestritten kennzeichnen").click()
    expect(page.get_by_text("als bestritten vermerkt")).to_be_visible()
    page.goto(f"/personen/{person.pk}/")
    expect(page.get_by_text("bestritten seit").first).to_be_visible()
    picture(page, "bestritten")


def test_passed_on_the_officer_sees_clocks_and_no_name(page):
    _household, person = quiet_household(2)
    sign_in(page, "clearing")
    take_in(page, person, "Auskunft (Art. 15)")
    page.get_by_text("Weiterleiten", exact=True).first.click()
    page.get_by_label("Aufsuchende Sozialarbeit").check()
    page.get_by_role("button", name="Weiterleiten", exact=True).click()
    expect(page.get_by_text("erfährt nur die Person selbst")).to_be_visible()
    picture(page, "weitergeleitet")
    sign_in(page, "datenschutz")
    page.goto("/rechte/fristen/?state=all")
    picture(page, "fristen")
    assert person.family_name not in page.content()
    page.goto("/rechte/regeln/")
    picture(page, "regeln")


def test_erased_is_gone(page):
    household, person = quiet_household(3)
    sign_in(page, "clearing")
    take_in(page, person, "Löschung (Art. 17)")
    page.get_by_role("link", name="Löschung prüfen und entscheiden").click()
    picture(page, "loeschen")
    if page.get_by_label("nur diese Person").count():
        page.get_by_label("nur diese Person").check()
    page.get_by_role("button", name="Endgültig löschen").click()
    expect(page.get_by_text("Gelöscht. Vom Antrag bleiben")).to_be_visible()
    with as_owner():
        assert not type(person).objects.filter(pk=person.pk).exists()
