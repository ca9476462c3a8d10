"""Who is responsible: open to everyone who works here."""

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render

from stafette.accounts import access, queries
from stafette.kernel.permissions import Permission
from stafette.web.panels import panels_for
from stafette.web.requests import StaffRequest


def _require_units(request: StaffRequest) -> None:
    """Without a membership there is nothing to see here."""
    if not request.actor.may(Permission.UNIT_VIEW):
        raise Http404


def units(request: StaffRequest) -> HttpResponse:
    """Every unit with its contact, by authority."""
    _require_units(request)
    context = {"authorities": queries.units_by_authority(actor=request.actor), "town": queries.town()}
    return render(request, "accounts/units.html", context)


def unit(request: StaffRequest, code: str) -> HttpResponse:
    """One unit: contact and deputy, goals, tasks, posts, equipment, periods, ways in and out."""
    found = get_object_or_404(access.units_visible_to(request.actor), code=code)
    context = {
        "unit": found,
        "card": queries.unit_card(found.pk),
        "may_manage": access.units_administered_by(request.actor).filter(pk=found.pk).exists(),
        "panels": panels_for("unit", actor=request.actor, subject_id=found.pk),
    }
    return render(request, "accounts/unit.html", context)


def roles(request: StaffRequest) -> HttpResponse:
    """Every role and what it may do, from the code."""
    _require_units(request)
    return render(request, "accounts/roles.html", {"cards": queries.role_cards()})


def permissions(request: StaffRequest) -> HttpResponse:
    """Every permission and which roles hold it, from the code."""
    _require_units(request)
    return render(request, "accounts/permissions.html", {"cards": queries.permission_cards()})
