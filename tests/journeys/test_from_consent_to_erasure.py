"""One family's way: agreed, handed over, withdrawn, erased; at each station her sheet says who knows what about her."""

import pytest
from playwright.sync_api import expect

from stafette.accounts.models import Route, User
from stafette.accounts.queries import actor_for
from stafette.kernel.testing import as_owner
from stafette.people.models import Person
from stafette.people.tests.factories import HouseholdFactory, HouseholdMemberFactory, PersonFactory
from stafette.referrals.commands import prepare_referral, send_referral
from stafette.referrals.models import Referral, Task
from stafette.referrals.tests.factories import FindingFactory
from tests.journeys.browsing import expect_good_page, screenshot, sign_in


@pytest.fixture
def mother(town, server, django_db_blocker):
    """Somebody new at the sample town's clearing desk, of whom nothing was passed on yet."""
    with django_db_blocker.unblock(), as_owner():
        route = wanted_route()
        household = HouseholdFactory(unit=route.sender, label="Petkova")
        person = PersonFactory(
            unit=route.sender,
            given_names="Elena",
            family_name="Petkova",
            birth_year=1990,
            contact_language="bg",
        )
        HouseholdMemberFactory(household=household, person=person)
        clerk = User.objects.get(email="clearing@stafette.example")
        FindingFactory(household=household, code=route.finding.code, person=person, found_by=clerk)
    person.household = household
    return person


def wanted_route():
    """The way from the clearing desk to outreach social work, which needs consent (F06)."""
    ways = Route.objects.filter(sender__code="clearing", receiver__code="aufsuchende", valid_to=None)
    return ways.select_related("sender", "receiver", "finding").order_by("code").first()


def hand_over(household):
    """Send what she agreed to."""
    with as_owner():
        route, finding = wanted_route(), household.findings.get()
        clerk = actor_for(User.objects.get(email="clearing@stafette.example"))
    agreed = ["core", "contact", "language"]
    referral = prepare_referral(actor=clerk, finding_id=finding.pk, route_id=route.pk, categories=agreed)
    return send_referral(actor=clerk, referral_id=referral.pk)


def sheet(page, person):
    """What her own sheet says, in her language."""
    page.goto(f"/schutz/wer-weiss/{person.household.pk}/{person.pk}/?language=bg")
    expect_good_page(page)
    return page.locator("article[lang=bg]").inner_text()


def test_from_consent_to_withdrawal_to_erasure(page, mother):
    page.set_default_timeout(30_000)
    household = mother.household
    sign_in(page, "clearing")
    assert "Aufsuchende" not in sheet(page, mother)

    page.goto(f"/schutz/haushalt/{household.pk}/")
    page.get_by_role("link", name="Weitergabe von Angaben").click()
    page.get_by_label("Aufsuchende Sozialarbeit").check()
    for category in ("Name und Geburtsdatum", "Telefon oder andere", "Sprachen"):
        page.get_by_label(category).check()
    page.get_by_label("Zweck").select_option(index=1)
    page.get_by_role("button", name="Einwilligung festhalten").click()
    page.get_by_text("Geben Sie der Person den Beleg mit").wait_for()
    consent = page.url

    referral = hand_over(household)
    told = sheet(page, mother)
    assert "Aufsuchende" in told
    screenshot(page, "wer-weiss-was")

    page.goto(consent)
    page.get_by_role("button", name="Widerruf festhalten").click()
    page.get_by_text("widerrufen", exact=True).first.wait_for()
    with as_owner():
        ended = Referral.objects.get(pk=referral.pk)
    assert not ended.is_open
    withdrawn = sheet(page, mother)
    assert "Aufsuchende" in withdrawn  # what was passed on stays told
    assert withdrawn != told

    with as_owner():
        check = Task.objects.get(household=household)
    page.goto(f"/uebergaben/aufgaben/{check.pk}/")  # the deletion check that the withdrawal began
    expect_good_page(page)
    page.get_by_role("button", name="Erledigen").click()

    page.goto(f"/rechte/person/{mother.pk}/")
    page.get_by_label("Löschung (Art. 17)").check()
    page.get_by_label("Wie wurde die Identität geprüft?").select_option("document")
    page.get_by_role("button", name="Aufnehmen").click()
    page.get_by_role("button", name="Gehört zu uns, ich bearbeite das").click()
    page.get_by_role("link", name="Löschung prüfen und entscheiden").click()
    page.get_by_role("button", name="Endgültig löschen").click()
    expect(page.get_by_text("Gelöscht. Vom Antrag bleiben")).to_be_visible()
    with as_owner():
        assert not Person.objects.filter(pk=mother.pk).exists()
        assert not Referral.objects.filter(pk=referral.pk).exists()
    answer = page.goto(f"/schutz/wer-weiss/{household.pk}/{mother.pk}/")
    assert answer.status == 404
