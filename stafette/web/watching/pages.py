"""The hint under a field while one still writes: one address for all forms; what is sent is kept nowhere."""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from stafette.web.ratelimit import limited
from stafette.web.watching.counting import count_shown
from stafette.web.watching.hints import hints_for

HINTS = "web/partials/watch_hints.html"


@login_not_required
@require_POST
@sensitive_post_parameters()
@limited("watch", per_minute=90)
def hint(request: HttpRequest) -> HttpResponse:
    """Say what is telling in a text; without anything to say the answer is empty."""
    form, _colon, field = request.POST.get("field", "").partition(":")
    label = request.POST.get("label", "")[:120]
    hints = hints_for(form, field, label, request.POST.get("text", ""))
    count_shown(request, request.POST.get("address", ""), hints)
    response = render(request, HINTS, {"hints": hints}) if hints else HttpResponse()
    response["Cache-Control"] = "no-store"
    return response
