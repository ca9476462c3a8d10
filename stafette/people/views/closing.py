"""Close a file to colleagues, say who works with it, open it again."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ObjectDoesNotExist
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from stafette.kernel.permissions import Permission
from stafette.people import access, commands, forms, queries
from stafette.web.doors import needs
from stafette.web.requests import StaffRequest


def close(request: StaffRequest, pk: UUID) -> HttpResponse:
    """Close the file of a colleague or of somebody close to one; afterwards it may be gone for oneself, too."""
    household = get_object_or_404(access.households_visible_to(request.actor), pk=pk)
    form = forms.CloseForm(
        request.POST or None,
        reasons=queries.reasons_for_own(),
        staff=queries.caseworker_choices(household.unit_id),
    )
    if form.is_valid():
        commands.close_file(actor=request.actor, household_id=pk, kind="own", **form.cleaned_data)
        messages.success(
            request,
            _("Die Akte ist geschlossen. Sie gibt es nur noch für die Genannten; Offenes geht an sie."),
        )
        return redirect("people:list")
    context = {"form": form, "household": household}
    return render(request, "people/close.html", context, status=422 if form.errors else 200)


@needs(Permission.FILE_CLOSE)
def closed(request: StaffRequest) -> HttpResponse:
    """Tell the head how many files are closed and who works with them; never whose they are."""
    return render(request, "people/closed.html", {"closings": queries.closings_in(actor=request.actor)})


def readers(request: StaffRequest, pk: UUID) -> HttpResponse:
    """Name anew who works with a closed file, so that none is orphaned when somebody leaves."""
    found = _closing(request, pk)
    form = forms.ReadersForm(
        request.POST or None,
        staff=queries.caseworker_choices(found.unit_id),
        initial={"open_to": [str(user) for user in found.open_to]},
    )
    if form.is_valid():
        commands.name_readers(actor=request.actor, closed_id=pk, **form.cleaned_data)
        messages.success(request, _("Die Akte führen jetzt die Genannten; Offenes ging an sie."))
        return redirect("people:closed" if request.actor.may(Permission.FILE_CLOSE) else "people:list")
    context = {"form": form, "closing": found}
    return render(request, "people/readers.html", context, status=422 if form.errors else 200)


@require_POST
def reopen(request: StaffRequest, pk: UUID) -> HttpResponse:
    """Open the file for the whole unit again."""
    found = _closing(request, pk)
    commands.reopen_file(actor=request.actor, closed_id=found.pk)
    messages.success(request, _("Die Akte ist wieder für die ganze Stelle da."))
    return redirect("people:closed" if request.actor.may(Permission.FILE_CLOSE) else "people:list")


def _closing(request: StaffRequest, pk: UUID) -> Any:
    """Return the closing, or 404 for everybody who has no say in it."""
    try:
        return queries.closing_of(actor=request.actor, closed_id=pk)
    except ObjectDoesNotExist as missing:
        raise Http404 from missing
