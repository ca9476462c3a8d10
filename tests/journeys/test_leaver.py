"""A colleague leaves: what is open is seen, given to others, found on their day; the account opens no door any more."""

from datetime import timedelta

from django.conf import settings
from playwright.sync_api import expect

from stafette.accounts.models import Unit, User
from stafette.kernel.clock import today
from stafette.kernel.testing import as_owner
from stafette.referrals import batons
from stafette.referrals.models import Task
from tests.journeys.browsing import expect_good_page, screenshot, tick_all

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


def enter(page, server, email):
    """Come in as an account that the demo's start page does not offer."""
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
    from django.contrib.sessions.backends.db import SessionStore

    session = SessionStore()
    with as_owner():
        user = User.objects.get(email=email)
        session[SESSION_KEY], session[BACKEND_SESSION_KEY] = str(user.pk), BACKEND
        session[HASH_SESSION_KEY] = user.get_session_auth_hash()
        session.save()
    page.context.clear_cookies()
    page.context.add_cookies(
        [{"name": settings.SESSION_COOKIE_NAME, "value": session.session_key, "url": server}]
    )


def held_by(*emails):
    with as_owner():
        users = User.objects.filter(email__in=emails).values("pk")
        return sum(
            kind.model.objects.filter(is_open=True, responsible_user__in=users).count()
            for kind in batons.kinds()
        )


def note_something_to_do(email, title):
    with as_owner():
        user, unit = User.objects.get(email=email), Unit.objects.get(code="clearing")
        day = today() + timedelta(days=1)
        Task.objects.create(
            number=f"T-{title}", title=title, unit=unit, responsible_unit=unit, responsible_user=user, made_by=user,
            next_on=day, remind_on=day, escalate_on=day, escalation_unit=Unit.objects.get(code="koordination"),
        )  # fmt: skip


def test_the_head_gives_out_work_anew_with_a_preview(page, server):
    note_something_to_do("clearing@stafette.example", "Anruf bei der Krankenkasse")
    before = held_by("clearing@stafette.example", "clearing-2@stafette.example")
    enter(page, server, "clearing-leitung@stafette.example")
    page.goto("/stellen/stelle/clearing/team/", timeout=60_000)  # the first page of a cold server
    page.get_by_role("link", name="Vorgänge übertragen").click()
    expect_good_page(page)
    screenshot(page, "vorgaenge-uebertragen")
    page.get_by_role("button", name="Vorschau ansehen").click()
    expect(page.locator("main [role=alert], main .kern-alert").first).to_be_visible()
    expect_good_page(page)
    tick_all(page.locator("fieldset", has_text="An wen?").get_by_role("checkbox"))
    page.get_by_role("button", name="Vorschau ansehen").click()
    expect(page.get_by_role("heading", name="Vorschau")).to_be_visible()
    expect_good_page(page)
    screenshot(page, "vorgaenge-vorschau")
    page.get_by_role("button", name="übertragen", exact=False).first.click()
    expect(page.get_by_text("neue Zuständigkeit").first).to_be_visible()
    expect_good_page(page)
    screenshot(page, "vorgaenge-uebertragen-ergebnis")
    assert held_by("clearing@stafette.example", "clearing-2@stafette.example") == before


def test_a_colleague_leaves_and_nothing_falls(page, server):
    leaver, first, second = (f"{name}@stafette.example" for name in ("clearing", "clearing-2", "clearing-3"))
    with as_owner():
        unit, gone = Unit.objects.get(code="clearing"), User.objects.get(email=leaver)
        third = User.objects.create_user(second, "Clearing 3")
        third.memberships.create(unit=unit, role="clerk", starts_on="2026-01-01")
    note_something_to_do(leaver, "Unterlagen nachreichen")
    note_something_to_do(leaver, "Rückruf Schulamt")
    before = held_by(leaver, first, second)
    assert held_by(leaver) >= 2
    enter(page, server, leaver)
    page.goto("/uebergaben/heute/")
    expect(page.get_by_text("Rückruf Schulamt").first).to_be_visible()
    old_session = page.context.cookies()

    enter(page, server, "clearing-leitung@stafette.example")
    page.goto(f"/stellen/konto/{gone.pk}/abschied/")
    expect(page.get_by_text("Aufgaben:").first).to_be_visible()
    expect_good_page(page)
    screenshot(page, "abschied")
    people = page.locator("fieldset", has_text="Wer übernimmt in")
    for label in ("Clearing 2", "Clearing 3"):
        people.get_by_label(label, exact=True).check()
    page.get_by_role("button", name="Alles übergeben und Zugang beenden").click()
    expect(page.get_by_text("Alles Offene ist übergeben").first).to_be_visible()
    expect_good_page(page)

    page.context.clear_cookies()
    page.context.add_cookies(old_session)
    page.goto("/uebergaben/heute/")
    expect(page).not_to_have_url(f"{server}/uebergaben/heute/")
    assert held_by(leaver) == 0
    assert held_by(first, second) == before
    seen = ""
    for email in (first, second):
        enter(page, server, email)
        page.goto("/uebergaben/heute/")
        expect_good_page(page)
        seen += page.locator("main").inner_text()
    assert "Rückruf Schulamt" in seen and "Unterlagen nachreichen" in seen
