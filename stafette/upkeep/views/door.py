"""The page behind a provider's link, without account. Mail scanners open links, people press buttons.

`same-origin` is as far as the referrer may be kept back: with `no-referrer` browsers send forms without their origin,
and the protection against forged requests would refuse them. No other site ever gets the address.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import override
from django.views.decorators.http import require_http_methods

from stafette.kernel.scope import acting
from stafette.upkeep import commands, forms
from stafette.upkeep.access import link_actor
from stafette.upkeep.queries.own import Opening, opening
from stafette.upkeep.views.entries import Way, show_change, show_entries, show_new
from stafette.upkeep.wishes import wish_by_address, wish_for_link
from stafette.web.ratelimit import limited

CLOSED, WISH = "upkeep/closed.html", "upkeep/new_link.html"
LANGUAGES = ("de", "en")


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
@limited("entry_link", per_minute=60)
def entries(request: HttpRequest, token: str) -> HttpResponse:
    """Show the organisation its entries and take its clicks."""
    return _with_link(request, token, show_entries)


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
@limited("entry_link", per_minute=60)
def change(request: HttpRequest, token: str, pk: UUID) -> HttpResponse:
    """Take what has changed in one entry."""
    return _with_link(request, token, lambda request, way: show_change(request, way, pk))


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
@limited("entry_link", per_minute=60)
def add(request: HttpRequest, token: str, pk: UUID) -> HttpResponse:
    """Take a new service."""
    return _with_link(request, token, lambda request, way: show_new(request, way, pk))


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
@limited("entry_wish", per_minute=5)
def new_link(request: HttpRequest) -> HttpResponse:
    """Take an address and say the same whatever it is worth: a link goes to published addresses only."""
    form = forms.AddressForm(request.POST or None)
    if not form.is_valid():
        return _page(request, WISH, {"form": form, "done": False}, status=422 if form.errors else 200)
    wish_by_address(form.cleaned_data["email"])
    return _page(request, WISH, {"done": True})


def _with_link(
    request: HttpRequest, token: str, show: Callable[[HttpRequest, Way], HttpResponse]
) -> HttpResponse:
    found = opening(token)
    if not found.is_open or found.organization_id is None:
        return _closed(request, found)
    actor = link_actor(found.organization_id)
    way = Way(
        actor=actor,
        page=reverse("upkeep:entries", args=[token]),
        change=lambda pk: reverse("upkeep:change", args=[token, pk]),
        add=lambda pk: reverse("upkeep:add", args=[token, pk]),
        template="upkeep/entries_link.html",
        finish=_kept_back,
    )
    if request.method == "POST" and found.replacing_id is not None:
        commands.end_older_links(actor=actor, link_id=found.replacing_id)
    with override(found.language if found.language in LANGUAGES else "de"), acting(actor):
        return show(request, way)


def _closed(request: HttpRequest, found: Opening) -> HttpResponse:
    """An old link may ask for a new one by one button: it goes to the known address."""
    if found.organization_id is not None and request.POST.get("step") == "wish":
        wish_for_link([found.organization_id])
        return _page(request, WISH, {"done": True})
    context = {"form": forms.AddressForm(), "is_known": found.organization_id is not None}
    return _page(request, CLOSED, context)


def _page(request: HttpRequest, template: str, context: dict[str, Any], status: int = 200) -> HttpResponse:
    return _kept_back(render(request, template, context, status=status))


def _kept_back(response: HttpResponse) -> HttpResponse:
    response["Referrer-Policy"] = "same-origin"
    return response
