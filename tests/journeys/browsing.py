"""What a journey does in the browser besides clicking: look for barriers, take pictures, sign in."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Locator, Page

ROOT = Path(__file__).parents[2]
AXE = ROOT / "assets" / "test" / "axe.min.js"
PICTURES = ROOT / "docs" / "bilder"
WIDTHS = (360, 1280)
TALLEST = 1800
RUN_AXE = """
(() => {
  const only = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
  return axe.run(document, {runOnly: only});
})()
"""
TOO_WIDE = """
[...document.querySelectorAll("main *, header *, footer *")]
  .filter(e => e.getBoundingClientRect().right > innerWidth + 1 && !e.closest(".st-scroll"))
  .slice(0, 5).map(e => e.tagName.toLowerCase() + "." + e.className)
"""


def expect_accessible(page: Page) -> None:
    """Fail with axe's words for whatever it finds on the page as it stands now."""
    if not AXE.exists():
        pytest.skip("axe is missing: run `make assets`")
    found: dict[str, Any] = page.evaluate(f"{AXE.read_text(encoding='utf-8')}\n;{RUN_AXE}")
    problems = [
        f"{violation['id']}: {violation['help']}\n      {node['html'][:200]}\n      {node['failureSummary'][:300]}"
        for violation in found["violations"]
        for node in violation["nodes"][:3]
    ]
    assert not problems, f"axe on {page.url}:\n  " + "\n  ".join(problems)


def expect_no_sideways_scrolling(page: Page) -> None:
    """Fail when something is wider than the window, which on a phone hides it; a resize may take a moment."""
    for _pause in range(20):
        too_wide = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
        if too_wide <= 0:
            return
        page.wait_for_timeout(100)
    raise AssertionError(f"{page.url} is {too_wide} px too wide: {page.evaluate(TOO_WIDE)}")


def expect_good_page(page: Page) -> None:
    """Check the page at phone and desk width: no barrier, nothing cut off; ends at desk width."""
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        expect_no_sideways_scrolling(page)
        expect_accessible(page)


def screenshot(page: Page, name: str, *, full_page: bool = True) -> None:
    """Take the page for the manual, at both widths; PICTURES=1 writes into docs/bilder, else it is thrown away.

    A long page is cut off, because a picture of three screens explains nothing; without `full_page` it is what
    stands in the window now.
    """
    keep = os.environ.get("PICTURES") == "1"
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        height = page.evaluate("document.documentElement.scrollHeight")
        clip = {"x": 0, "y": 0, "width": width, "height": min(height, TALLEST)} if full_page else None
        if keep:
            PICTURES.mkdir(parents=True, exist_ok=True)
            page.screenshot(path=PICTURES / f"{name}-{width}.png", full_page=full_page, clip=clip)
        else:
            page.screenshot(full_page=full_page, clip=clip)


def tick_all(boxes: Locator) -> None:
    """Tick each of these boxes; waits for the first, because a page that is still on its way has none."""
    boxes.first.wait_for()
    for box in boxes.all():
        box.check()


def sign_in(page: Page, code: str) -> None:
    """Log in as a role of the demo, by its start page like a visitor; leaves whoever was logged in."""
    page.context.clear_cookies()
    page.goto("/demo/")
    page.locator(f"form[action$='/anmelden/{code}/'] button").click()
    page.wait_for_url(lambda url: "/demo/" not in url)
