"""What stafette.js adds: drafts, messages in place, folded filters, copying, one send per click."""

from playwright.sync_api import expect

from tests.journeys.browsing import expect_accessible, sign_in

DRAFTS = "**/entwurf/"


def with_drafts(page):
    page.goto("/muster/")
    page.evaluate(
        """() => { const form = document.querySelector("form.st-form"); form.dataset.autosave = "/entwurf/";
        const state = document.createElement("span"); state.dataset.autosaveState = ""; form.append(state); }"""
    )
    return page.locator("[data-autosave-state]")


def test_draft_is_saved_by_itself_and_says_so(page):
    sent = []
    page.route(DRAFTS, lambda route: (sent.append(route.request.post_data), route.fulfill(status=204)))
    state = with_drafts(page)

    page.get_by_label("Familienname").fill("Georgieva")

    expect(state).to_have_text("Noch nicht gespeichert")
    expect(state).to_contain_text("Entwurf gespeichert um", timeout=6000)
    assert len(sent) == 1
    assert "Georgieva" in sent[0]
    assert "csrfmiddlewaretoken" in sent[0]


def test_draft_that_cannot_be_saved_is_not_passed_over_in_silence(page):
    page.route(DRAFTS, lambda route: route.fulfill(status=403))
    state = with_drafts(page)

    page.get_by_label("Familienname").fill("Georgieva")

    expect(state).to_contain_text("konnte nicht gespeichert werden", timeout=6000)
    asked = []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
    page.goto("/demo/")
    assert asked == ["beforeunload"]


def htmx(page, address):
    page.goto("/muster/")
    page.evaluate(
        """address => { const button = document.createElement("button"); button.id = "probe"; button.textContent = "x";
        button.setAttribute("hx-get", address); button.setAttribute("hx-target", ".st-tiles");
        document.querySelector(".st-form").append(button); htmx.process(button); }""",
        address,
    )
    page.locator("#probe").click()


def test_error_of_a_swap_is_said_in_place_and_leaves_the_page_alone(page):
    htmx(page, "/gibt-es-nicht/")
    expect(page.locator("#messages [role=alert]")).to_contain_text("Das gibt es nicht mehr")
    assert page.locator(".st-tiles .st-tile").count() == 4


def test_lost_connection_is_said_in_place(page):
    page.route("**/weg/", lambda route: route.abort())
    htmx(page, "/weg/")
    expect(page.locator("#messages [role=alert]")).to_contain_text("Keine Verbindung")


def test_filters_without_choice_are_folded_on_a_phone_and_open_on_a_desk(page):
    page.goto("/muster/")
    filters = page.locator("details[data-fold]")
    filters.evaluate("element => element.dataset.fold = ''")
    page.set_viewport_size({"width": 360, "height": 800})
    expect(filters).not_to_have_attribute("open", "")
    page.set_viewport_size({"width": 1280, "height": 800})
    expect(filters).to_have_attribute("open", "")


def test_text_is_copied(page):
    page.goto("/muster/")
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.locator("[data-copy]").click()
    expect(page.locator("[data-copy]")).to_contain_text("Kopiert")
    assert page.evaluate("navigator.clipboard.readText()").startswith("Здравейте")


def test_second_click_sends_nothing(page):
    page.goto("/muster/")
    sent = []
    page.on("request", lambda request: sent.append(request.url) if request.method == "POST" else None)
    page.evaluate(
        """() => { const button = document.querySelector(".st-form button"); button.click(); button.click(); }"""
    )
    page.wait_for_selector(".st-error-summary")
    assert len(sent) == 1


def test_idle_session_is_announced_and_can_be_prolonged(page):
    page.clock.install()
    sign_in(page, "clearing")
    page.clock.fast_forward("27:00")
    question = page.get_by_role("dialog", name="Arbeiten Sie noch?")
    expect(question).to_have_count(0)
    page.clock.fast_forward("02:00")
    expect(question).to_be_visible()
    expect_accessible(page)
    with page.expect_response("**/hilfe/") as renewed:
        question.get_by_role("button", name="Weiterarbeiten").click()
    assert renewed.value.status == 200
    page.clock.fast_forward("10:00")
    expect(question).to_have_count(0)


def test_slash_goes_to_the_search_box(page):
    sign_in(page, "clearing")
    page.locator("main").press("/")
    assert page.evaluate("document.activeElement.type") == "search"
