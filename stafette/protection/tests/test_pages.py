import pytest
from django.urls import reverse

from stafette.accounts.roles import Role
from stafette.accounts.tests.factories import UnitFactory
from stafette.kernel.testing import as_owner
from stafette.people.tests.factories import HouseholdFactory
from stafette.protection.models import Consent, Disclosure
from stafette.protection.tests.factories import ConsentFactory


@pytest.mark.parametrize("role", [Role.CLERK, Role.CONTROLLER, Role.COORDINATION, Role.TECHNICAL])
def test_everybody_reads_the_flow_rules(logged_in, role):
    page = logged_in(role, UnitFactory()).get(reverse("protection:rules"))
    assert page.status_code == 200
    assert "keine Namen, und nicht, von wem der Hinweis stammt" in page.content.decode()


def test_consent_is_shown_in_both_languages_and_withdrawn_with_one_click(logged_in):
    consent = ConsentFactory()
    browser = logged_in(Role.CLERK, consent.unit)
    page = browser.get(reverse("protection:consent", args=[consent.pk])).content.decode()
    assert "Съгласие" in page
    assert "Widerruf festhalten" in page
    answer = browser.post(reverse("protection:withdraw", args=[consent.pk]), follow=True)
    assert "widerrufen" in answer.content.decode()
    with as_owner():
        assert Consent.objects.get(pk=consent.pk).withdrawn_at is not None


def test_consent_of_another_unit_is_404(logged_in):
    consent = ConsentFactory()
    browser = logged_in(Role.CLERK, UnitFactory())
    assert browser.get(reverse("protection:consent", args=[consent.pk])).status_code == 404
    assert browser.post(reverse("protection:withdraw", args=[consent.pk])).status_code == 404
    assert browser.get(reverse("protection:household", args=[consent.household_id])).status_code == 404


def test_consents_of_a_household(logged_in):
    household = HouseholdFactory()
    ConsentFactory(household=household, receiver=UnitFactory(name="Schulteam Musterstadt"))
    page = logged_in(Role.CLERK, household.unit).get(reverse("protection:household", args=[household.pk]))
    assert "Schulteam Musterstadt" in page.content.decode()


def test_data_protection_officer_reads_disclosures_of_the_authority_only(logged_in):
    own, other = UnitFactory(), UnitFactory()
    sibling = UnitFactory(authority=own.authority)
    with as_owner():
        for unit, number in ((sibling, "MUS-CL-2026-00001"), (other, "MUS-CL-2026-00002")):
            Disclosure.objects.create(
                unit=unit,
                receiver=own,
                reference=number,
                purpose="Schulplatz",
                rule="F07",
                mode="statute",
                norm="Schulgesetz",
                categories=["core"],
                person_count=1,
                at=unit.created_at,
            )
    page = logged_in(Role.DATA_PROTECTION, own).get(reverse("protection:disclosures")).content.decode()
    assert "MUS-CL-2026-00001" in page
    assert "MUS-CL-2026-00002" not in page


@pytest.mark.parametrize("role", [Role.CLERK, Role.HEAD, Role.TECHNICAL])
def test_disclosures_are_not_for_everybody(logged_in, role):
    assert logged_in(role, UnitFactory()).get(reverse("protection:disclosures")).status_code == 403
