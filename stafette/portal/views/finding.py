"""Search, topic, service, and the note of a counter."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest
from django.urls import reverse
from django.utils import timezone

from stafette.kernel.clock import now
from stafette.portal import forms, queries
from stafette.portal.public import Shown, public
from stafette.portal.shown.contact import contact
from stafette.portal.shown.frame import address, frame
from stafette.portal.shown.services import bare_address, shown_service, spoken
from stafette.portal.shown.sheets import shown_sheet, shown_sheets
from stafette.portal.shown.structured import service_data
from stafette.portal.shown.topics import URGENT, filled_tiles, tiles
from stafette.portal.words import words
from stafette.web.ratelimit import limited

PER_PAGE = 20


@public()
def topic(request: HttpRequest, language: str, code: str) -> Shown:
    """Show what there is on a topic."""
    found = next((one for one in tiles(language) if one.code == code), None)
    if found is None:
        raise Http404
    rows = queries.services_on(code)
    more: dict[str, Any] = {
        "name": found.name,
        "services": [shown_service(row, language) for row in rows],
        "sheets": shown_sheets(language, topic=code),
        "contact": contact(),
        "urgent": code in URGENT,
        "wrong_query": f"seite={code}",
    }
    return Shown(
        "portal/topic.html", frame(request, language, "topic", [code], title=found.name.text, **more)
    )


@limited("portal_search", per_minute=120)
@public(asks=True)
def search(request: HttpRequest, language: str) -> Shown:
    """Search by words, topic, language; ticked boxes narrow."""
    w, asked = words(language), forms.asked(request.GET)
    moment = timezone.localtime(now())
    rows, total = queries.found(asked, language, moment, per_page=PER_PAGE) if asked.is_asked else ([], 0)
    following = asked.query(page=asked.page + 1)
    more: dict[str, Any] = {
        "asked": asked,
        "found": [shown_service(row, language, moment) for row in rows],
        "count": w["found_one"] if total == 1 else w["found_many"].format(count=total),
        "more_url": address("search", language, query=following) if total > asked.page * PER_PAGE else "",
        "spoken_choices": sorted(map(spoken, queries.spoken_languages()), key=lambda one: one.name),
        "topic_choices": [(one.code, one.name) for one in filled_tiles(language)],
        "contact": contact(),
        "wrong_query": "seite=suche",
    }
    keeps = asked.query(page=asked.page)
    context = frame(request, language, "search", title=w["search"], keeps=keeps, **more)
    return Shown("portal/search.html", context, robots="noindex")


@public()
def service(request: HttpRequest, language: str, code: str) -> Shown:
    """Show a service with all that one must know to go there."""
    row = queries.public_service(code)
    if row is None:
        raise Http404
    one = shown_service(row, language)
    more: dict[str, Any] = {
        "one": one,
        "website": bare_address(one.website),
        "topics": tiles(language, only=one.topics),
        "sketch": queries.has_sketch(one.card),
        "calendar_url": reverse("interface:calendar", args=[row.pk]) if one.opening.days else "",
        "wrong_query": f"eintrag={code}",
        "data": {},
    }
    context = frame(request, language, "service", [code], title=one.name.text, **more)
    context["data"] = service_data(row, one, language, context["canonical"])
    return Shown("portal/service.html", context)


@limited("portal_search", per_minute=120)
@public(asks=True)
def note(request: HttpRequest, language: str) -> Shown:
    """Show exactly the services and sheets that the address names: the counter's QR code leads here."""
    named = forms.named(request.GET)
    rows = queries.services_named(list(named.services))
    papers = [queries.public_sheet(code, language) for code in named.sheets]
    w = words(language)
    found = [shown_sheet(one, language) for one in papers if one is not None]
    more: dict[str, Any] = {
        "services": [shown_service(row, language) for row in rows],
        "sheets": found,
        "missing": len(rows) + len(found) < len(named.services) + len(named.sheets),
    }
    context = frame(request, language, "note", title=w["note_title"], keeps=named.query(), **more)
    return Shown("portal/note.html", context, robots="noindex")
