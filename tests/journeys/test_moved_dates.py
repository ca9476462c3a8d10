"""Dates that move and the lead that changes: rest, go on, more time, no reminders; each date says why."""

from datetime import date, timedelta

from tests.journeys.browsing import expect_good_page, screenshot, sign_in
from tests.journeys.test_handover import press, wait_for_state
from tests.journeys.test_referral_life import german, send_to_the_centre, step


def weekday(days):
    """A day so far ahead on which the offices work."""
    day = date.today() + timedelta(days=days)
    return day + timedelta(days={5: 2, 6: 1}.get(day.weekday(), 0))


def test_a_referral_rests_goes_on_gets_longer_and_changes_its_lead(page):
    page.set_default_timeout(60_000)
    address = send_to_the_centre(page)
    sign_in(page, "stadtteil")
    page.goto(address)
    press(page, "Annehmen")
    wait_for_state(page, "angenommen")
    page.get_by_text("Warum dieser Tag?").first.click()
    page.get_by_text("Arbeitstage nach der Annahme am").wait_for()
    expect_good_page(page)
    screenshot(page, "warum-dieser-tag")

    step(page, "Ruhen lassen", Grund="family_away")
    wait_for_state(page, "ruht")
    page.get_by_text("Ruht seit").first.wait_for(state="attached")
    expect_good_page(page)
    press(page, "Weiterführen")
    wait_for_state(page, "angenommen")
    step(page, "Frist verlängern", Grund="interpreter")
    page.locator("section", has_text="Verschobene Fristen").get_by_text("Verlängerung").wait_for()
    step(page, "Erinnerungen pausieren", **{"Bis_wann?": german(weekday(3))}, Grund="agreed")
    page.get_by_text("kommen keine Erinnerungen").wait_for()
    expect_good_page(page)
    screenshot(page, "verschobene-fristen")

    sign_in(page, "clearing")
    page.goto(address)
    said = page.locator("#referral-card").inner_text()
    assert "Sprachmittlung" not in said and "Familie ist verreist" not in said
    step(page, "Federführung anbieten", Warum_soll_die_andere="closer")
    page.get_by_role("link", name="Zum Angebot").click()
    page.get_by_role("button", name="Angebot zurückziehen").wait_for()
    offer = page.url

    sign_in(page, "stadtteil")
    page.goto("/uebergaben/heute/")
    page.goto(offer)
    expect_good_page(page)
    screenshot(page, "federfuehrung")
    press(page, "Federführung übernehmen")
    page.get_by_text("Ihre Stelle führt jetzt").wait_for()
    expect_good_page(page)
    page.goto(address)
    page.locator("section", has_text="Federführung").get_by_text("Stadtteilzentrum").first.wait_for()
