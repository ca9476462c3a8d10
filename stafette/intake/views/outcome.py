"""What follows from a talk: the findings with their reasons, and the way on."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import render

from stafette.accounts.queries import finding_labels
from stafette.intake import queries
from stafette.people.languages import language_name
from stafette.referrals.access import findings_visible_to
from stafette.web.requests import StaffRequest


def outcome(request: StaffRequest, pk: UUID) -> HttpResponse:
    """Show every finding of the household, the open ones first; a human decides on each."""
    view = queries.talk_view(actor=request.actor, interview_id=pk)
    if view is None:
        raise Http404
    found = findings_visible_to(request.actor).filter(household=view.interview.household_id)
    findings = list(found.select_related("person").order_by("created_at", "id"))
    labels, materials = finding_labels(), {one.code: one.words["de"] for one in view.form.materials}
    rows = [(one, labels.get(one.code, one.code)) for one in findings]
    context = {
        "view": view,
        "open": [row for row in rows if row[0].state == "open"],
        "settled": [row for row in rows if row[0].state != "open"],
        "given": [
            (materials.get(one.material, one.material), language_name(one.language), one)
            for one in view.handouts
        ],
    }
    return render(request, "intake/outcome.html", context)
