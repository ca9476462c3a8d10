"""By keyboard alone, and without JavaScript."""


def test_first_stop_is_the_way_to_the_content(page):
    page.goto("/muster/")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "st-skip"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "inhalt"


def test_every_stop_shows_where_one_is(page):
    page.goto("/muster/")
    for _ in range(40):
        page.keyboard.press("Tab")
        seen = page.evaluate(
            """() => { const style = getComputedStyle(document.activeElement);
            return style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2; }"""
        )
        assert seen, page.evaluate("document.activeElement.outerHTML.slice(0, 200)")


def test_grave_step_asks_first_and_no_means_no(page):
    page.goto("/muster/")
    page.get_by_role("button", name="Annehmen").click()
    dialog = page.get_by_role("dialog")
    assert dialog.get_by_text("Wirklich annehmen?").is_visible()
    page.keyboard.press("Escape")
    assert not dialog.is_visible()
    assert page.evaluate("document.activeElement.textContent.trim()") == "Annehmen"
    assert page.locator(".st-error-summary").count() == 0
    page.get_by_role("button", name="Annehmen").click()
    dialog.get_by_role("button", name="Ja, fortfahren").click()
    page.wait_for_selector(".st-error-summary")  # the sample page takes the post as its form


def test_form_works_without_javascript(browser, server):
    context = browser.new_context(base_url=server, java_script_enabled=False, locale="de-DE")
    page = context.new_page()
    page.goto("/muster/")
    page.get_by_role("button", name="Speichern und weiter").click()
    assert page.locator(".st-error-summary li").count() >= 2
    assert page.get_by_role("button", name="Kopieren").count() == 0
    context.close()
