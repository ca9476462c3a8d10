"""Ask why somebody opens a file in which nothing is going on, then lead on to it."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme

from stafette.oversight import commands
from stafette.oversight.forms.oversight import WhyForm
from stafette.oversight.values import QUIET, rule
from stafette.people.access import households_visible_to
from stafette.web.requests import StaffRequest


def why(request: StaffRequest, pk: UUID) -> HttpResponse:
    """The name of the household does not stand here: whoever asks for it has not seen the file yet."""
    get_object_or_404(households_visible_to(request.actor).only("pk"), pk=pk)
    form = WhyForm(request.POST or None)
    onward = _safe(request.GET.get("weiter", ""), pk)
    if form.is_valid():
        commands.give_reason(actor=request.actor, household_id=pk, **form.cleaned_data)
        return redirect(onward)
    context = {"form": form, "rule": rule(QUIET)}
    return render(request, "oversight/why.html", context, status=422 if form.errors else 200)


def _safe(wanted: str, household_id: UUID) -> str:
    """Only a page of ours; whoever was led here from elsewhere lands on the file."""
    if wanted.startswith("/") and url_has_allowed_host_and_scheme(wanted, allowed_hosts=None):
        return wanted
    return reverse("people:household", args=[household_id])
