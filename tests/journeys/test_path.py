"""A month later: the follow-up in the browser, a task beside it, and the household's path as a picture."""

from datetime import timedelta

from playwright.sync_api import expect

from stafette.kernel.clock import today
from stafette.kernel.testing import as_owner
from stafette.people.models import Household
from stafette.referrals.models import FollowUp, Referral
from tests.journeys.browsing import expect_good_page, screenshot, sign_in

HOSTILE = "<b>Ilić & Söhne</b>"


def busiest() -> Household:
    """A household of the clearing desk with an open referral."""
    with as_owner():
        referral = Referral.objects.filter(from_unit__code="clearing", is_open=True, household__isnull=False)
        found = referral.exclude(state__in=["draft", "checked"]).order_by("next_on").first()
        assert found is not None and found.household is not None
        Household.objects.filter(pk=found.household_id).update(label=HOSTILE)
        late = today() - timedelta(days=2)
        Referral.objects.filter(pk=found.pk).update(next_on=late, remind_on=late, escalate_on=today())
        return found.household


def test_the_path_of_a_household_and_what_comes_next(page, server):
    household = busiest()
    sign_in(page, "clearing")
    page.goto(f"/uebergaben/haushalt/{household.pk}/weg/")
    expect(page.get_by_role("heading", level=1)).to_contain_text(HOSTILE)
    expect(page.get_by_role("img", name="Der Weg als Bild")).to_have_count(1)
    expect(page.locator("svg:visible text", has_text="2 Tage zu spät")).to_be_visible()
    expect_good_page(page)
    screenshot(page, "weg-des-haushalts")
    page.emulate_media(media="print")
    expect(page.locator(".st-path__picture--breit")).to_be_visible()
    expect(page.get_by_role("table")).to_be_hidden()
    page.emulate_media(media="screen")

    page.get_by_role("link", name="Haushalt", exact=True).click()
    expect(page.get_by_role("heading", name="Weg des Haushalts")).to_be_visible()
    expect_good_page(page)

    page.get_by_role("link", name="Aufgabe anlegen").click()
    expect_good_page(page)
    page.get_by_label("Was ist zu tun?").fill("Rückruf beim Jobcenter")
    page.get_by_label("Bis wann?").fill(f"{today() + timedelta(days=3):%d.%m.%Y}")
    page.get_by_role("button", name="Anlegen").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Rückruf beim Jobcenter")
    expect_good_page(page)
    page.get_by_role("button", name="Erledigen").click()
    expect(page.get_by_text("Aufgabe erledigt")).to_be_visible()

    page.goto(f"/uebergaben/haushalt/{household.pk}/wiedervorlage/")
    expect_good_page(page)
    page.get_by_label("Wieder vorlegen am").fill(f"{today() + timedelta(days=5):%d.%m.%Y}")
    page.get_by_role("button", name="Planen").click()
    expect(page.get_by_role("heading", name="Hat es gehalten?")).to_be_visible()
    expect_good_page(page)
    screenshot(page, "nachverfolgung")
    page.get_by_label("besteht zum Teil").check()
    page.get_by_label("Noch einmal nachsehen am").fill(f"{today() + timedelta(days=30):%d.%m.%Y}")
    page.get_by_role("button", name="Ergebnis festhalten").click()
    expect(page.get_by_text("Gespeichert.")).to_be_visible()
    with as_owner():
        kept = FollowUp.objects.filter(household=household, kind="own")
        assert sorted(kept.values_list("state", flat=True)) == ["answered", "planned"]
    for address in ("/uebergaben/nachverfolgung/", "/uebergaben/aufgaben/"):
        page.goto(address)
        expect_good_page(page)
