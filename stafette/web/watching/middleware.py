"""After a form was accepted: say which words are telling, offer the way back, count, and never refuse."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils.http import url_has_allowed_host_and_scheme

from stafette.kernel.actor import NOBODY
from stafette.web.responses import wants_partial
from stafette.web.watching import counting
from stafette.web.watching.fields import Typed, form_key, typed
from stafette.web.watching.hints import Hint, hints_of, packed, unpacked

KEPT_FOR_NEXT = "watch_hints"
AREA = "web/partials/watch_area.html"


class WatchMiddleware:
    """Note what is typed while the view works; what was accepted is looked at afterwards."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer; drafts that save themselves and answers that failed are not looked at."""
        if request.method != "POST" or request.headers.get("X-Autosave"):
            return self.get_response(request)
        notes: list[Typed] = []
        token = typed.set(notes)
        request.watched_notes = notes  # type: ignore[attr-defined]
        try:
            response = self.get_response(request)
        finally:
            typed.reset(token)
        if notes and response.status_code < 400:
            show_hints(request, response, notes)
        return response


def show_hints(request: HttpRequest, response: HttpResponse, notes: list[Typed]) -> None:
    """Put the hints onto this answer or onto the next page, and count them."""
    hints = hints_of(notes)
    fields = {(form_key(note.form), note.name) for note in notes}
    counting.count_saved(request, fields, hints)
    if not hints:
        return
    if 300 <= response.status_code < 400 or response.headers.get("HX-Redirect"):
        if is_signed_in(request):
            request.session[KEPT_FOR_NEXT] = {"hints": packed(hints), "back": way_back(request)}
    elif wants_partial(request) and not response.streaming:
        context = {"hints": hints, "back": "", "area": True}
        response.content += render_to_string(AREA, context, request=request).encode()


def is_signed_in(request: HttpRequest) -> bool:
    """Tell whether there is a session to keep something in."""
    return getattr(request, "actor", NOBODY) is not NOBODY


def way_back(request: HttpRequest) -> str:
    """Return the page with the form: where the request came from, if that is ours, else its own address."""
    came = request.headers.get("Referer", "")
    if url_has_allowed_host_and_scheme(came, allowed_hosts={request.get_host()}):
        parts = urlsplit(came)
        return parts.path + (f"?{parts.query}" if parts.query else "")
    return request.path


def hints_to_show(request: HttpRequest) -> dict[str, Any]:
    """Return what the page has to tell: from the form just sent, and once from the page before."""
    notes: list[Typed] = getattr(request, "watched_notes", [])
    hints: list[Hint] = hints_of(notes)
    back = ""
    if is_signed_in(request) and KEPT_FOR_NEXT in request.session:
        kept = request.session.pop(KEPT_FOR_NEXT)
        hints, back = [*unpacked(kept["hints"]), *hints], kept["back"]
    return {"hints": hints, "back": back, "by_link": not is_signed_in(request)}
