"""The household's path as a picture."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render

from stafette.kernel.clock import today
from stafette.people.access import households_visible_to
from stafette.referrals.drawing import picture
from stafette.referrals.queries.path import household_path
from stafette.web.requests import StaffRequest


def household(request: StaffRequest, household_id: UUID) -> HttpResponse:
    """Show where each matter of a household stands, who holds it and what comes next."""
    found = get_object_or_404(households_visible_to(request.actor), pk=household_id)
    path = household_path(actor=request.actor, household_id=household_id)
    context = {"household": found, "path": path, "picture": picture(path), "today": today()}
    return render(request, "referrals/path.html", context)
