"""A question to a practice: consent, mail, and its answer from a telephone in three taps, without an account."""

import re
from datetime import date

import pytest

from stafette.accounts.models import Unit
from stafette.kernel.testing import as_owner
from stafette.outbox.models import Message
from stafette.partners.tests.scenes import PartnerFactory
from stafette.people.models import HouseholdMember
from tests.journeys.browsing import (
    expect_accessible,
    expect_good_page,
    expect_no_sideways_scrolling,
    screenshot,
    sign_in,
    tick_all,
)

LINK = re.compile(r"/partner/antwort/[\w-]+/")


@pytest.fixture
def phone(browser, server):
    """A telephone of another house: no cookies, 360 px wide; whatever its page complains about fails the test."""
    opened = browser.new_context(
        base_url=server,
        locale="de-DE",
        viewport={"width": 360, "height": 740},
        has_touch=True,
        is_mobile=True,
    )
    problems = []
    tab = opened.new_page()
    tab.on("console", lambda said: problems.append(said.text) if said.type == "error" else None)
    tab.on("response", lambda answer: problems.append(answer.url) if answer.status >= 400 else None)
    yield tab
    opened.close()
    assert not problems, problems


def press(page, name):
    page.locator("main").get_by_role("button", name=name, exact=True).first.click()


def child_of_the_clearing_desk():
    with as_owner():
        unit = Unit.objects.get(code="clearing")
        PartnerFactory(
            keeper=unit, kind="doctor", name="Kinderarztpraxis Beispiel", email="termin@praxis.example.org",
            is_public=False, bound_on=date(2026, 1, 5),
        )  # fmt: skip
        rows = HouseholdMember.objects.filter(unit=unit, relation="child", until_on=None)
        return rows.exclude(person__family_name="").select_related("person").order_by("id").first()


def ask(page, child):
    """The clerk's part: from the household to the sent question."""
    page.set_default_timeout(30_000)  # the first page of a fresh server takes a while
    sign_in(page, "clearing")
    page.goto(f"/haushalte/{child.household_id}/")
    page.get_by_role("link", name="Partner fragen").click()
    expect_good_page(page)
    page.get_by_label("Wen möchten Sie fragen?").select_option(label="Kinderarztpraxis Beispiel")
    press(page, "Weiter")
    page.get_by_label("Können Sie einen Termin anbieten?").check()
    page.get_by_label("Um wen geht es?").select_option(str(child.person_id))
    expect_good_page(page)
    screenshot(page, "partner-fragen")
    press(page, "Weiter zur Vorschau")
    expect_good_page(page)
    page.get_by_role("link", name="Einwilligung einholen").click()
    expect_good_page(page)
    tick_all(page.locator("main form").get_by_role("checkbox"))
    press(page, "Einwilligung festhalten")
    page.get_by_text("Genau das geht weiter").wait_for()
    expect_good_page(page)
    screenshot(page, "partner-vorschau")
    press(page, "Anfrage senden")
    page.get_by_text("gesendet, noch nicht geöffnet").wait_for()
    return page.url


def link_in_the_mail():
    with as_owner():
        body = Message.objects.filter(address="termin@praxis.example.org").latest("created_at").body
    found = LINK.search(body)
    assert found, body
    return found.group(0)


def check(phone, name):
    expect_no_sideways_scrolling(phone)
    expect_accessible(phone)
    small = phone.evaluate(
        "[...document.querySelectorAll('main button')].filter(b => b.getBoundingClientRect().height < 44).length"
    )
    assert small == 0, "a button is too small for a thumb"
    if name:
        screenshot(phone, name)
        phone.set_viewport_size({"width": 360, "height": 740})


def test_a_practice_answers_by_link_on_a_telephone(page, phone):
    child = child_of_the_clearing_desk()
    address = ask(page, child)
    link = link_in_the_mail()

    phone.goto(link)
    check(phone, "partner-link")
    assert child.person.family_name not in phone.content()
    press(phone, "Anfrage anzeigen")  # first tap
    phone.get_by_text(child.person.family_name).first.wait_for()
    check(phone, "partner-antwort")
    phone.get_by_label("Nur auf der Warteliste").check()  # second tap
    phone.get_by_label("Ihr Aktenzeichen").fill("K 4711")
    press(phone, "Antwort senden")  # third tap
    phone.get_by_text("Ihre Antwort ist angekommen").wait_for()
    check(phone, "partner-danke")
    phone.goto(link)
    phone.get_by_text("schon beantwortet").wait_for()
    assert child.person.family_name not in phone.content()

    page.goto(address)
    page.get_by_text("K 4711").wait_for()
    expect_good_page(page)
    screenshot(page, "partner-beantwortet")
    press(page, "Gelesen, abschließen")
    page.locator(".st-badge", has_text="beantwortet").first.wait_for()


def test_without_javascript_and_with_an_old_link(browser, server, phone):
    phone.goto("/partner/antwort/gibt-es-nicht/")
    phone.get_by_text("Dieser Link gilt nicht mehr").wait_for()
    check(phone, "partner-link-abgelaufen")
    phone.get_by_label("Nummer der Anfrage").fill("WEI-CL-2026-99999")
    press(phone, "Neuen Link anfordern")
    phone.get_by_text("wir haben Ihren Wunsch bekommen").wait_for()
    check(phone, "")

    plain = browser.new_context(base_url=server, locale="de-DE", java_script_enabled=False)
    tab = plain.new_page()
    tab.goto("/partner/neuer-link/")
    tab.get_by_label("Nummer der Anfrage").fill("WEI-CL-2026-00001")
    tab.get_by_role("button", name="Neuen Link anfordern").click()
    tab.get_by_text("wir haben Ihren Wunsch bekommen").wait_for()
    plain.close()
