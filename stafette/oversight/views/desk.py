"""The officer's desk, and the lists behind its counts."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render

from stafette.kernel.permissions import Permission
from stafette.oversight.queries.fields import counted_since, idle_accounts, unused_fields
from stafette.oversight.values import FIELD_PERCENT, IDLE, rule
from stafette.web.doors import needs
from stafette.web.panels import panels_for
from stafette.web.requests import StaffRequest

MOST = 200


@needs(Permission.READING_VIEW)
def desk(request: StaffRequest) -> HttpResponse:
    """Show what waits for the officer: each room its own section, counts and clocks, no content of cases."""
    panels = panels_for("officer", actor=request.actor, subject_id=request.actor.id)
    return render(request, "oversight/desk.html", {"panels": panels})


@needs(Permission.READING_VIEW)
def fields(request: StaffRequest) -> HttpResponse:
    """Show every voluntary field that is hardly used, per unit."""
    context = {
        "rows": unused_fields(actor=request.actor),
        "since": counted_since(),
        "rule": rule(FIELD_PERCENT),
    }
    return render(request, "oversight/fields.html", context)


@needs(Permission.READING_VIEW)
def accounts(request: StaffRequest) -> HttpResponse:
    """Show the accounts that nobody logs in with; who administers them locks them."""
    context = {"rows": idle_accounts(actor=request.actor)[:MOST], "rule": rule(IDLE)}
    return render(request, "oversight/accounts.html", context)
