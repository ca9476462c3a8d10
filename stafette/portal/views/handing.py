"""What one takes along: cards and sheets as PDF, the sketch of a place."""

from __future__ import annotations

from django.http import Http404, HttpRequest

from stafette.portal import queries
from stafette.portal.public import LONG, Handed, public
from stafette.web.pdf import KIND
from stafette.web.ratelimit import limited

PER_MINUTE = 30  # printing costs a hundred times what a page costs
SVG = "image/svg+xml"


@limited("portal_print", per_minute=PER_MINUTE)
@public(age=LONG, embeds=False)
def card(request: HttpRequest, language: str, code: str) -> Handed:
    """Hand out the card of a service."""
    row = queries.public_service(code)
    if row is None:
        raise Http404
    return Handed(queries.card_pdf(row, language), KIND, f"{code}-{language}.pdf")


@limited("portal_print", per_minute=PER_MINUTE)
@public(age=LONG, embeds=False)
def sheet_pdf(request: HttpRequest, language: str, code: str) -> Handed:
    """Hand out a sheet."""
    found = queries.public_sheet(code, language)
    if found is None:
        raise Http404
    return Handed(queries.printed_sheet(found), KIND, f"{code}-{language}.pdf", robots="all")


@limited("portal_print", per_minute=PER_MINUTE)
@public(age=LONG, embeds=False)
def folder_pdf(request: HttpRequest, language: str) -> Handed:
    """Hand out the whole arrival folder."""
    content = queries.printed_folder(language)
    if content is None:
        raise Http404
    return Handed(content, KIND, f"mappe-{language}.pdf", robots="all")


@public(age=LONG, embeds=False)
def sketch(request: HttpRequest, language: str, code: str) -> Handed:
    """Draw where a service is."""
    row = queries.public_service(code)
    drawn = queries.sketch_of(row) if row is not None else ""
    if not drawn:
        raise Http404
    return Handed(drawn.encode(), SVG)
