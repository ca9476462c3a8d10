"""Does the child still go to school? From the follow-up to the school's question, and back."""

from playwright.sync_api import expect

from stafette.kernel.testing import as_owner
from stafette.partners.models import Partner
from stafette.referrals.models import FollowUp, Referral
from tests.journeys.browsing import expect_good_page, sign_in


def test_a_partner_is_asked_from_a_follow_up_and_a_task_begins_at_a_referral(page, server):
    with as_owner():
        planned = FollowUp.objects.filter(unit__code="clearing", is_open=True, household__isnull=False)
        follow_up = planned.order_by("next_on").first()
        assert follow_up is not None
        partner = Partner.objects.filter(kind="school", ended_on=None).first()
        assert partner is not None
        open_ones = Referral.objects.filter(from_unit__code="clearing", is_open=True, household__isnull=False)
        referral = open_ones.exclude(state__in=["draft", "checked"]).order_by("next_on").first()
        assert referral is not None
    sign_in(page, "clearing")
    page.goto(f"/uebergaben/nachverfolgung/{follow_up.pk}/")
    expect(page.get_by_role("heading", name="Anfragen an Partner")).to_be_visible()
    expect_good_page(page)
    page.get_by_role("link", name="Partner fragen").click()
    expect_good_page(page)
    page.get_by_label("Wen möchten Sie fragen?").select_option(str(partner.pk))
    page.get_by_role("button", name="Weiter").click()
    expect(
        page.get_by_text(f"Die Antwort erscheint auch bei: Nachverfolgung {follow_up.number}")
    ).to_be_visible()
    expect_good_page(page)
    page.get_by_role("link", name="Abbrechen").click()
    expect(page.get_by_role("heading", name="Hat es gehalten?")).to_be_visible()

    page.goto(f"/uebergaben/{referral.pk}/")
    expect(page.get_by_role("heading", name="Anfragen an Partner")).to_be_visible()
    expect_good_page(page)
    page.get_by_role("link", name="Aufgabe anlegen").click()
    expect(page.get_by_text(f"Zur Übergabe {referral.number}.")).to_be_visible()
