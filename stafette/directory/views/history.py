"""What entries said before, and what providers would like them to say."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from stafette.directory import commands, forms, queries
from stafette.directory.books import books_of
from stafette.directory.views.doors import EDIT, tabs
from stafette.kernel.errors import BadInput
from stafette.web.doors import needs
from stafette.web.requests import StaffRequest

ENTRIES: dict[str, Any] = {
    "service": queries.service_entries,
    "organization": queries.organization_entries,
    "location": queries.location_entries,
}


@needs(EDIT)
def history(request: StaffRequest, kind: str, code: str) -> HttpResponse:
    """All versions of an entry with what each changed."""
    row = get_object_or_404(ENTRIES[kind](), code=code)
    context = {
        "row": row,
        "kind": kind,
        "steps": queries.steps(row.pk),
        "back": reverse(f"directory:{kind}", args=[code]),
        "restore": f"directory:restore_{kind}",
    }
    return render(request, "directory/history.html", context)


@require_POST
@needs(EDIT)
def restore(request: StaffRequest, kind: str, code: str, number: int) -> HttpResponse:
    """Bring an earlier version back."""
    row = get_object_or_404(ENTRIES[kind](), code=code)
    provider = row if kind == "organization" else row.organization
    if not any(step.number == number for step in queries.steps(row.pk)):
        raise BadInput(_("Diese Fassung gibt es nicht."))
    commands.restore_version(
        actor=request.actor, unit_id=books_of(provider), subject_id=row.pk, number=number
    )
    messages.success(request, _("Fassung {number} gilt wieder.").format(number=number))
    return redirect(f"directory:{kind}", code=code)


@needs(EDIT)
def proposals(request: StaffRequest) -> HttpResponse:
    """What providers wish, side by side with what stands there."""
    context = {
        "cards": queries.proposal_cards(),
        "tabs": tabs(request, "proposals"),
        "form": forms.ReasonForm(),
    }
    return render(request, "directory/proposals.html", context)


@require_POST
@needs(EDIT)
def take(request: StaffRequest, pk: UUID) -> HttpResponse:
    """Take a proposal over as it is."""
    found = get_object_or_404(queries.all_proposals(), pk=pk)
    commands.take_proposal(actor=request.actor, unit_id=books_of(found.organization), proposal_id=pk)
    messages.success(request, _("Übernommen. Der Eintrag sagt jetzt, was der Träger vorgeschlagen hat."))
    return redirect("directory:proposals")


@require_POST
@needs(EDIT)
def refuse(request: StaffRequest, pk: UUID) -> HttpResponse:
    """Leave the entry as it is, and say why."""
    found = get_object_or_404(queries.all_proposals(), pk=pk)
    form = forms.ReasonForm(request.POST)
    if not form.is_valid():
        raise BadInput(_("Sagen Sie dem Träger in einem Satz, warum."))
    commands.refuse_proposal(
        actor=request.actor, unit_id=books_of(found.organization), proposal_id=pk, **form.cleaned_data
    )
    messages.success(request, _("Nicht übernommen. Der Träger erfährt den Grund."))
    return redirect("directory:proposals")
