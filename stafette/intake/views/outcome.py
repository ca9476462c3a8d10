"""What follows from a talk: the findings with their reasons, and the way on."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import render

from stafette.intake import queries
from stafette.web.requests import StaffRequest


def outcome(request: StaffRequest, pk: UUID) -> HttpResponse:
    """Show every finding of the household with the ways on; a human decides on each."""
    view = queries.talk_view(actor=request.actor, interview_id=pk)
    if view is None:
        raise Http404
    found = queries.ways_on(actor=request.actor, household_id=view.interview.household_id)
    context = {
        "view": view,
        "proposals": found,
        "open": sum(proposal.finding.state == "open" for proposal in found),
        "dismiss_form": queries.dismissing(),
        "given": queries.given_along(view),
    }
    return render(request, "intake/outcome.html", context)
