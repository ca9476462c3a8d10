"""Start, topics, sheets."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.cache import patch_vary_headers
from django.views.decorators.http import require_safe

from stafette.portal import queries
from stafette.portal.languages import wished
from stafette.portal.public import LONG, Shown, protected, public
from stafette.portal.shown.contact import contact
from stafette.portal.shown.frame import address, frame
from stafette.portal.shown.sheets import CHECKLIST, shown_sheet, shown_sheets
from stafette.portal.shown.topics import filled_tiles
from stafette.portal.words import words


@login_not_required
@require_safe
def start(request: HttpRequest) -> HttpResponse:
    """Lead to the language of the browser; every page offers the others by their own names."""
    language = wished(request.headers.get("Accept-Language", ""))
    response = HttpResponseRedirect(address("home", language))
    response["Cache-Control"] = f"public, max-age={LONG}"
    patch_vary_headers(response, ["Accept-Language"])
    return protected(response)


start.is_public_page = True  # type: ignore[attr-defined]


@public()
def home(request: HttpRequest, language: str) -> Shown:
    """Show where to begin: search, topics, checklists, folder."""
    town = queries.here()
    w = words(language)
    title = w["title_in"].format(town=town.name) if town else w["title"]
    tiles = filled_tiles(language)
    return Shown(
        "portal/home.html",
        frame(request, language, "home", title=title, tiles=tiles, contact=contact(), asked=None),
    )


@public()
def topics(request: HttpRequest, language: str) -> Shown:
    """Show all topics on which there is anything."""
    w = words(language)
    tiles = filled_tiles(language)
    return Shown("portal/topics.html", frame(request, language, "topics", title=w["topics"], tiles=tiles))


@public(age=LONG)
def needs(request: HttpRequest, language: str) -> Shown:
    """Show the checklists: what one needs for this and that."""
    return _sheets(request, language, "needs", kind=CHECKLIST)


@public(age=LONG)
def sheets(request: HttpRequest, language: str) -> Shown:
    """Show all sheets."""
    return _sheets(request, language, "sheets")


def _sheets(request: HttpRequest, language: str, name: str, *, kind: str = "") -> Shown:
    w = words(language)
    found = shown_sheets(language, kind=kind)
    more = {"heading": w[name], "lead": w[f"{name}_lead"], "sheets": found}
    return Shown("portal/sheets.html", frame(request, language, name, title=w[name], **more))


@public(age=LONG)
def folder(request: HttpRequest, language: str) -> Shown:
    """Show the arrival folder."""
    w = words(language)
    found = queries.arrival_folder(language)
    more = {
        "heading": w["folder"],
        "lead": w["folder_lead"],
        "sheets": [shown_sheet(one, language) for one in found.sheets] if found else [],
        "print_url": address("folder_pdf", language) if found and found.sheets else "",
    }
    return Shown("portal/sheets.html", frame(request, language, "folder", title=w["folder"], **more))


@public(age=LONG)
def sheet(request: HttpRequest, language: str, code: str) -> Shown:
    """Show one sheet."""
    found = queries.public_sheet(code, language)
    if found is None:
        raise Http404
    shown = shown_sheet(found, language)
    more: dict[str, Any] = {"sheet": shown, "wrong_query": f"seite={code}", "title": shown.title.text}
    return Shown("portal/sheet.html", frame(request, language, "sheet", [code], **more))
