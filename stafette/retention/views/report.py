"""What was deleted, what is overdue, which rules hold, and what the next run would do."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render

from stafette.kernel.clock import today
from stafette.kernel.permissions import Permission
from stafette.retention import queries, run
from stafette.retention.periods import limits
from stafette.web.doors import needs
from stafette.web.requests import StaffRequest


@needs(Permission.RETENTION_VIEW)
def index(request: StaffRequest) -> HttpResponse:
    """Show the report of the last run and the rules with their source."""
    context = {
        "report": queries.report(actor=request.actor),
        "rules": queries.rules(),
        "limits": [one for one in limits() if one.head.holds_on(today())],
    }
    return render(request, "retention/report.html", context)


@needs(Permission.RETENTION_VIEW)
def preview(request: StaffRequest) -> HttpResponse:
    """Tell what a run would do now in the actor's units; nothing is deleted."""
    return render(request, "retention/preview.html", {"lines": run.preview(actor=request.actor)})
