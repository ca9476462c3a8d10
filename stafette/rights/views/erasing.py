"""The decision about an erasure: what would go, what stays and why, and the way out where a duty stands against it."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from stafette.kernel.permissions import Permission
from stafette.rights import access, commands, erasing, forms, queries, rules
from stafette.web.doors import needs
from stafette.web.requests import StaffRequest

PAGE = "rights/erase.html"


@needs(Permission.RIGHTS_EDIT)
def decide(request: StaffRequest, pk: UUID) -> HttpResponse:
    """Show both ways before anything happens."""
    return render(request, PAGE, _context(request, pk))


@require_POST
@needs(Permission.RIGHTS_EDIT)
def erase(request: StaffRequest, pk: UUID) -> HttpResponse:
    """Grant it: what is to go goes at once."""
    context = _context(request, pk, request.POST)
    form = context["erase_form"]
    if not form.is_valid():
        return render(request, PAGE, context, status=422)
    commands.erase_by_request(actor=request.actor, request_id=pk, **form.cleaned_data)
    messages.success(request, _("Gelöscht. Vom Antrag bleiben Nummer, Art und Daten als Nachweis."))
    return redirect("rights:list")


@require_POST
@needs(Permission.RIGHTS_EDIT)
def keep(request: StaffRequest, pk: UUID) -> HttpResponse:
    """Restrict instead, where a duty to keep stands against it."""
    context = _context(request, pk, None, request.POST)
    form = context["keep_form"]
    if not form.is_valid():
        return render(request, PAGE, context, status=422)
    commands.restrict_instead_of_erasing(actor=request.actor, request_id=pk, **form.cleaned_data)
    messages.success(request, _("Die Akte ist eingeschränkt. Sagen Sie der Person den Grund."))
    return redirect("rights:list")


def _context(
    request: StaffRequest, pk: UUID, erasing_data: Any = None, keeping: Any = None
) -> dict[str, Any]:
    found = get_object_or_404(access.visible_to(request.actor).select_related("person", "household"), pk=pk)
    if not request.actor.may(Permission.RIGHTS_EDIT, unit=found.unit_id):
        raise PermissionDenied
    if not queries.card(actor=request.actor, request=found).may_erase:
        raise Http404
    adults = [(str(one.pk), one.full_name) for one in erasing.adults_beside(found)]
    reasons = [(one.code, f"{one.label} ({one.head.source})") for one in rules.keeping_reasons()]
    initial: dict[str, Any] = {"version": found.version, "open_to": [str(request.actor.id)]}
    alone = erasing.lives_alone(found)
    staff = queries.colleagues(found.unit_id)
    return {
        "asked": found,
        "single": erasing.preview(actor=request.actor, request=found, whole=False),
        "whole": None if alone else erasing.preview(actor=request.actor, request=found, whole=True),
        "erase_form": forms.EraseForm(
            erasing_data, adults=adults, alone=alone, initial=initial, auto_id="e-%s"
        ),
        "keep_form": forms.KeepForm(
            keeping, reasons=reasons, colleagues=staff, initial=initial, auto_id="k-%s"
        ),
    }
