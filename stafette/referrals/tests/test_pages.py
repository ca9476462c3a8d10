import re

import pytest
from django.urls import reverse

from stafette.accounts.roles import Role
from stafette.directory.tests.factories import ServiceFactory
from stafette.kernel.scope import acting
from stafette.kernel.testing import as_owner
from stafette.protection.models import Consent
from stafette.referrals.commands import accept_referral
from stafette.referrals.models import Finding, Referral, Signpost
from stafette.referrals.tests.scenes import again, checked, consented, drafted, hint_sent, sent

HTMX = {"HTTP_HX_REQUEST": "true"}


def card_of(html: str) -> str:
    text = re.sub(r'name="csrfmiddlewaretoken" value="[^"]*"', "", html)
    start = text.index('<div id="referral-card"')
    end = text.rindex("</aside></div>") + len("</aside></div>")
    return re.sub(r"\s+", " ", text[start:end])


def test_card_page_partial_and_swapped_page_agree(town, browse):
    referral, browser = sent(town), browse(town.worker)
    url = reverse("referrals:detail", args=[referral.pk])
    page = browser.get(url).content.decode()
    partial = browser.get(url, **HTMX).content.decode()
    assert "<html" not in partial
    assert card_of(page) == card_of(partial)
    swapped = browser.post(
        reverse("referrals:receive", args=[referral.pk]), {"version": referral.version}, **HTMX
    )
    fresh = browser.get(url).content.decode()
    assert card_of(swapped.content.decode()) == card_of(fresh)


@pytest.mark.parametrize("who", ["teacher", "controller"])
def test_unseen_referral_is_404(town, browse, who):
    referral = sent(town)
    assert browse(getattr(town, who)).get(reverse("referrals:detail", args=[referral.pk])).status_code == 404


def test_draft_asks_for_consent_and_preview_shows_the_snapshot(town, browse):
    referral, browser = drafted(town), browse(town.clerk)
    url = reverse("referrals:detail", args=[referral.pk])
    assert "Einwilligung einholen" in browser.get(url).content.decode()
    consented(town, town.outreach)
    browser.post(
        reverse("referrals:check", args=[referral.pk]),
        {"version": again(referral, town.clerk).version, "categories": ["core", "needs"]},
    )
    page = browser.get(url).content.decode()
    assert "Genau das geht weiter" in page
    assert town.mother.family_name in page
    assert "0170 000000" not in page


def test_consent_sheet_is_read_in_two_languages_and_kept(town, browse):
    referral, browser = drafted(town), browse(town.clerk)
    url = reverse("referrals:consent", args=[referral.pk])
    page = browser.get(url).content.decode()
    assert "Einwilligung in die Weitergabe von Angaben" in page
    assert "Съгласие за предаване на данни" in page
    assert 'lang="bg"' in page
    answer = browser.post(
        url,
        {
            "categories": ["core", "contact"],
            "person_ids": [str(town.mother.pk), str(town.child.pk)],
            "guardian_ids": [str(town.mother.pk)],
            "language": "bg",
            "form": "written",
        },
    )
    assert answer.status_code == 302
    with acting(town.clerk):
        consent = Consent.objects.get()
        assert (consent.categories, consent.language) == (["core", "contact"], "bg")
        assert consent.people.count() == 3


def test_consent_without_a_tick_is_told_what_to_do(town, browse):
    url = reverse("referrals:consent", args=[drafted(town).pk])
    answer = browse(town.clerk).post(url, {"language": "de", "form": "written"})
    assert answer.status_code == 422
    with as_owner():
        assert not Consent.objects.exists()


def test_send_in_the_browser(town, browse):
    referral, browser = checked(town), browse(town.clerk)
    answer = browser.post(reverse("referrals:send", args=[referral.pk]), {"version": referral.version})
    assert answer.status_code == 302
    assert again(referral, town.clerk).state == Referral.State.SENT


def test_old_form_is_409_and_says_what_to_do(town, browse):
    referral, browser = checked(town), browse(town.clerk)
    answer = browser.post(reverse("referrals:send", args=[referral.pk]), {"version": 1})
    assert answer.status_code == 409
    assert "laden Sie die Seite neu" in answer.content.decode()
    assert again(referral, town.clerk).state == Referral.State.CHECKED


def test_decline_without_reason_is_422_and_keeps_the_state(town, browse):
    referral, browser = sent(town), browse(town.worker)
    answer = browser.post(
        reverse("referrals:decline", args=[referral.pk]), {"version": referral.version}, **HTMX
    )
    assert answer.status_code == 422
    assert "Grund der Ablehnung" in answer.content.decode()
    assert again(referral, town.worker).state == Referral.State.SENT


def test_sender_sees_no_step_of_the_receiver(town, browse):
    page = browse(town.clerk).get(reverse("referrals:detail", args=[sent(town).pk])).content.decode()
    assert "zurueckziehen" in page
    assert "annehmen/" not in page


def test_head_of_unit_sees_dates_but_no_content(town, logged_in):
    referral = sent(town)
    page = logged_in(Role.HEAD, town.outreach).get(reverse("referrals:detail", args=[referral.pk]))
    assert page.status_code == 200
    assert referral.number in page.content.decode()
    assert town.mother.family_name not in page.content.decode()


def test_my_day_shows_what_lies_on_the_desk(town, browse, django_assert_max_num_queries):
    referral, finding = sent(town), town.finding("no_work")
    browser = browse(town.worker)
    browser.get(reverse("referrals:my_day"))
    with django_assert_max_num_queries(11):  # eight, the note of the reading, and the savepoint of the test
        page = browser.get(reverse("referrals:my_day")).content.decode()
    assert referral.number in page
    assert 'id="neu"' in page and "Als Nächstes" not in page  # unread stands first
    clerk_page = browse(town.clerk).get(reverse("referrals:my_day")).content.decode()
    assert "Warte auf andere" in clerk_page
    assert finding.reason in clerk_page


def test_list_filters_stay_and_export_shows_the_same(town, browse):
    first, second = sent(town), hint_sent(town)
    browser, url = browse(town.clerk), reverse("referrals:list")
    assert {first.number, second.number} <= set(
        re.findall(r"MUS-CL-\d{4}-\d{5}", browser.get(url).content.decode())
    )
    browser.get(url, {"finding": "overcrowding"})
    page = browser.get(url).content.decode()
    assert second.number in page
    assert first.number not in page
    assert browser.get(url, {"format": "xlsx"})["Content-Type"].endswith("sheet")
    page = browser.get(url, {"reset": "1"}).content.decode()
    assert first.number in page


def test_list_of_another_unit_is_empty(town, browse):
    referral = sent(town)
    assert referral.number not in browse(town.controller).get(reverse("referrals:list")).content.decode()


def test_household_page_prepares_dismisses_and_signposts(town, browse):
    route = town.route("family_needs_support", town.outreach)
    service = ServiceFactory()
    town.route("no_work", None, [], signpost=[service.code])
    first, second, third = town.finding(), town.finding("no_work"), town.finding("advice_wanted")
    browser, url = browse(town.clerk), reverse("referrals:household", args=[town.household.pk])
    page = browser.get(url).content.decode()
    assert "Aufsuchende Sozialarbeit ist freiwillig" in page
    assert service.name in page
    browser.post(reverse("referrals:prepare", args=[first.pk]), {"route_id": str(route.pk)})
    browser.post(reverse("referrals:signpost", args=[second.pk]), {"service_id": str(service.pk)})
    browser.post(reverse("referrals:dismiss", args=[third.pk]), {"reason": "solved"})
    with acting(town.clerk):
        states = dict(Finding.objects.values_list("pk", "state"))
        assert (states[first.pk], states[second.pk], states[third.pk]) == (
            "prepared",
            "signposted",
            "dismissed",
        )
        assert Signpost.objects.count() == 1
    assert browser.post(reverse("referrals:dismiss", args=[first.pk]), {"reason": "?"}).status_code == 422


def test_household_of_another_unit_is_404(town, browse):
    url = reverse("referrals:household", args=[town.household.pk])
    assert browse(town.worker).get(url).status_code == 404


def test_household_page_of_the_room_people_shows_the_panel(town, browse):
    referral = sent(town)
    page = browse(town.clerk).get(reverse("people:household", args=[town.household.pk])).content.decode()
    assert referral.number in page
    received = accept_referral(actor=town.worker, referral_id=referral.pk).received_household_id
    page = browse(town.worker).get(reverse("people:household", args=[received])).content.decode()
    assert referral.number in page


def test_list_costs_at_most_eight_queries_of_its_own(town, browse, django_assert_max_num_queries):
    for _ in range(2):
        hint_sent_again(town)
    browser = browse(town.clerk)
    browser.get(reverse("referrals:list"))
    with django_assert_max_num_queries(10):  # eight, and the savepoint of the test
        browser.get(reverse("referrals:list"))


def hint_sent_again(town):
    with as_owner():
        Finding.objects.update(state="done")
    return hint_sent(town)


def test_signpost_at_the_counter_takes_one_click(town, browse):
    service = ServiceFactory()
    browser = browse(town.clerk)
    assert service.name in browser.get(reverse("referrals:services")).content.decode()
    browser.post(reverse("referrals:point", args=[service.pk]))
    with acting(town.clerk):
        assert Signpost.objects.get().household_id is None


def test_signpost_is_not_for_everybody(logged_in, town):
    browser = logged_in(Role.COORDINATION, town.coordination)
    assert browser.get(reverse("referrals:services")).status_code == 403
    assert browser.post(reverse("referrals:point", args=[ServiceFactory().pk])).status_code == 403
