"""Pages of the house itself."""

from __future__ import annotations

from datetime import timedelta

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from stafette.kernel.actor import NOBODY
from stafette.kernel.clock import today
from stafette.web import navigation
from stafette.web.patterns import sample_context


@login_not_required
def start(request: HttpRequest) -> HttpResponse:
    """Lead everybody to the first page of their navigation; strangers to the login, in the demo to the roles."""
    actor = getattr(request, "actor", NOBODY)
    if actor is NOBODY:
        return redirect("demo:start" if settings.DEMO else settings.LOGIN_URL)
    items = navigation.items_for(actor, request.path)
    return redirect(items[0].url) if items else render(request, "web/no_membership.html")


def guide(request: HttpRequest) -> HttpResponse:
    """Say how to get along: keys, colours, lists, and why something may be missing."""
    days = [today() + timedelta(days=shift) for shift in (-3, 0, 2, 10)]
    return render(request, "web/help.html", {"days": days})


@login_not_required
def patterns(request: HttpRequest) -> HttpResponse:
    """Show every component once; only where nobody works with real people."""
    if not (settings.DEBUG or settings.DEMO):
        raise Http404
    context = sample_context(request.POST if request.method == "POST" else None, request.GET)
    status = 422 if context["form"].errors else 200
    return render(request, "web/patterns.html", context, status=status)
