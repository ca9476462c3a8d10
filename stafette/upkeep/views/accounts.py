"""The same page for providers with an account."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse

from stafette.kernel.permissions import Permission
from stafette.upkeep.views.entries import Way, show_change, show_entries, show_new
from stafette.web.doors import needs
from stafette.web.requests import StaffRequest


@needs(Permission.ENTRY_OWN)
def own(request: StaffRequest) -> HttpResponse:
    """Show the entries of one's own organisation and take clicks."""
    return show_entries(request, _way(request))


@needs(Permission.ENTRY_OWN)
def own_change(request: StaffRequest, pk: UUID) -> HttpResponse:
    """Take what has changed in one entry."""
    return show_change(request, _way(request), pk)


@needs(Permission.ENTRY_OWN)
def own_add(request: StaffRequest, pk: UUID) -> HttpResponse:
    """Take a new service."""
    return show_new(request, _way(request), pk)


def _way(request: StaffRequest) -> Way:
    return Way(
        actor=request.actor,
        page=reverse("upkeep:own"),
        change=lambda pk: reverse("upkeep:own_change", args=[pk]),
        add=lambda pk: reverse("upkeep:own_add", args=[pk]),
        template="upkeep/entries_own.html",
    )
