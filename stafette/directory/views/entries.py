"""One service, one provider, one place: everything that is known of it."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render

from stafette.directory import forms, queries
from stafette.directory.pages import location_page, organization_page, service_page
from stafette.directory.views.doors import may_edit
from stafette.kernel.permissions import Permission
from stafette.web.doors import needs
from stafette.web.requests import StaffRequest


@needs(Permission.UNIT_VIEW)
def service(request: StaffRequest, code: str) -> HttpResponse:
    """All about a service, with the age of its confirmation."""
    found = get_object_or_404(queries.service_entries(), code=code)
    first = found.capacities.all()[:1]
    room = forms.RoomForm(
        initial={
            "room": found.room,
            "waiting_weeks": found.waiting_weeks,
            "available": first[0].available if first else None,
            "maximum": first[0].maximum if first else None,
        }
    )
    context = {"page": service_page(found), "may_edit": may_edit(request), "room_form": room}
    return render(request, "directory/service.html", context)


@needs(Permission.UNIT_VIEW)
def organization(request: StaffRequest, code: str) -> HttpResponse:
    """All about a provider, with its services and places."""
    found = get_object_or_404(queries.organization_entries(), code=code)
    context = {"page": organization_page(found), "may_edit": may_edit(request)}
    return render(request, "directory/organization.html", context)


@needs(Permission.UNIT_VIEW)
def location(request: StaffRequest, code: str) -> HttpResponse:
    """All about a place, with the services that are there."""
    found = get_object_or_404(queries.location_entries(), code=code)
    context = {"page": location_page(found), "may_edit": may_edit(request)}
    return render(request, "directory/location.html", context)
