"""The public pages, answered before there is a session: no cookie is read, none is set."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.urls import Resolver404, resolve
from django.utils import translation
from django.utils.cache import patch_vary_headers

from stafette.kernel.actor import NOBODY
from stafette.kernel.errors import StafetteError
from stafette.portal.public import Shown, protected
from stafette.portal.shown.frame import problem_page

PREFIXES = ("/wegweiser/", "/schnittstelle/")


class PublicMiddleware:
    """Takes the addresses of the public pages; all others go their usual way.

    Stands before sessions, login and forged-request protection: these pages know nobody, so there is nothing that a
    foreign page could do in somebody's name. Whoever is logged in is nobody here as well.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer what is marked as public page; a missing page is told in the language of its address."""
        if not f"{request.path_info}/".startswith(PREFIXES):
            return self.get_response(request)
        try:
            match = resolve(request.path_info)
        except Resolver404:
            return _missing(request)
        if not getattr(match.func, "is_public_page", False):
            return self.get_response(request)
        request.META.pop("HTTP_COOKIE", None)
        request.COOKIES = {}
        request.actor = NOBODY  # type: ignore[attr-defined]
        try:
            with (
                transaction.atomic(),
                translation.override(settings.LANGUAGE_CODE),
            ):  # no staff language left here
                answer: HttpResponse = match.func(request, *match.args, **match.kwargs)
        except Http404:
            answer = _problem(request, 404)
        except StafetteError as error:
            answer = _problem(request, error.status)
        return answer


def _missing(request: HttpRequest) -> HttpResponse:
    """Lead to the address with its slash where that one is a page."""
    path = request.path_info
    if not path.endswith("/"):
        try:
            resolve(f"{path}/")
        except Resolver404:
            return _problem(request, 404)
        query = request.META.get("QUERY_STRING", "")
        return HttpResponsePermanentRedirect(f"{path}/" + (f"?{query}" if query else ""))
    return _problem(request, 404)


def _problem(request: HttpRequest, status: int) -> HttpResponse:
    page: Shown = problem_page(request, status)
    response = HttpResponse(page.body(), status=status, content_type=page.kind)
    response["Cache-Control"] = "no-store" if status != 404 else "public, max-age=60"
    patch_vary_headers(
        response, ["Accept-Language"]
    )  # an address without a language is answered in the browser's
    return protected(response)
