"""What machines read: where the pages are."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest

from stafette.portal import queries
from stafette.portal.languages import NAMES
from stafette.portal.public import LONG, Handed, Shown, public
from stafette.portal.shown.frame import address
from stafette.portal.shown.topics import filled_tiles

PAGES = (
    "home",
    "topics",
    "needs",
    "sheets",
    "folder",
    "emergency",
    "help",
    "accessibility",
    "privacy",
    "imprint",
)
XML, TEXT = "application/xml; charset=utf-8", "text/plain; charset=utf-8"


@public(age=LONG, embeds=False)
def sitemap(request: HttpRequest) -> Shown:
    """List the lists of each language: one may hold 50,000 addresses."""
    places = [f"{settings.STAFETTE_URL}{address('pages', code)}" for code in NAMES]
    return Shown("portal/sitemaps.xml", {"places": places}, robots="noindex", kind=XML)


@public(age=LONG, embeds=False)
def pages(request: HttpRequest, language: str) -> Shown:
    """List all pages of a language; each page names itself in the other languages."""
    names: list[tuple[str, tuple[str, ...]]] = [(name, ()) for name in PAGES]
    names += [("topic", (tile.code,)) for tile in filled_tiles("de")]
    names += [("service", (code,)) for code in queries.public_codes()]
    names += [("sheet", (one.code,)) for one in queries.public_sheets("de")]
    places = [settings.STAFETTE_URL + address(name, language, *args) for name, args in names]
    return Shown("portal/sitemap.xml", {"places": places}, robots="noindex", kind=XML)


@public(age=LONG, embeds=False)
def robots(request: HttpRequest) -> Handed:
    """Tell search engines what to read: these pages, but neither searches nor notes; nothing else of the house."""
    searches = [
        f"Disallow: {address(name, code)}" for code in NAMES for name in ("search", "note", "feedback")
    ]
    lines = ["User-agent: *", "Disallow: /", "Allow: /wegweiser/", "Allow: /static/", *searches]
    lines += ["", f"Sitemap: {settings.STAFETTE_URL}/wegweiser/sitemap.xml", ""]
    return Handed("\n".join(lines).encode(), TEXT)
