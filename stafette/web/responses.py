"""Answers that fit a browser and an htmx swap alike."""

from typing import Any, cast

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import patch_vary_headers
from django.utils.http import content_disposition_header

from stafette.kernel.errors import StafetteError
from stafette.web.requests import StaffRequest


def wants_partial(request: HttpRequest) -> bool:
    """Tell whether htmx asked for a piece of the page: boosted links and history want the whole."""
    htmx = cast(StaffRequest, request).htmx
    return bool(htmx) and not htmx.boosted and not htmx.history_restore_request


def page_or_partial(
    request: HttpRequest, page: str, partial: str, context: dict[str, Any], status: int = 200
) -> HttpResponse:
    """Answer a browser with the whole page and an htmx swap with the partial."""
    response = render(request, partial if wants_partial(request) else page, context, status=status)
    patch_vary_headers(response, ["HX-Request"])
    return response


def error_response(request: HttpRequest, error: StafetteError) -> HttpResponse:
    """Say what is wrong and what to do: as a page, or in the message area when htmx asked."""
    context = {"message": error.message, "status": error.status}
    response = page_or_partial(
        request, f"{error.status}.html", "web/partials/error.html", context, status=error.status
    )
    if wants_partial(request):
        response["HX-Retarget"], response["HX-Reswap"] = "#messages", "innerHTML"
    return response


def file_response(content: bytes, *, name: str, kind: str) -> HttpResponse:
    """Hand out a file to be saved, never to be shown inside our pages."""
    response = HttpResponse(content, content_type=kind)
    response["Content-Disposition"] = (
        content_disposition_header(as_attachment=True, filename=name) or "attachment"
    )
    response["Cache-Control"] = "no-store"
    return response
