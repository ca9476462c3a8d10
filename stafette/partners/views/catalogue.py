"""The organisations that may be asked."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from stafette.kernel.permissions import Permission
from stafette.partners import commands, forms, queries
from stafette.web.doors import needs
from stafette.web.requests import StaffRequest

FIELDS = (
    *("name", "kind", "email", "phone", "language", "second_channel", "is_public", "bound_on", "unit_id"),
    "organization_id",
)


@needs(Permission.PARTNER_EDIT, Permission.REFERRAL_SEND)
def index(request: StaffRequest) -> HttpResponse:
    """List them with address and what they may be told on which ground."""
    mine = request.actor.units(Permission.PARTNER_EDIT)
    rows = [{"partner": one, "may_change": one.keeper_id in mine} for one in queries.partners()]
    return render(request, "partners/partners.html", {"rows": rows, "may_add": bool(mine)})


@needs(Permission.PARTNER_EDIT)
def add(request: StaffRequest) -> HttpResponse:
    """Enter one; it is kept by the unit for which one works."""
    units = queries.answering_units()
    form = forms.PartnerForm(
        request.POST or None,
        units=units,
        organizations=queries.organization_choices(),
        initial={"language": "de"},
    )
    if form.is_valid():
        keeper = sorted(request.actor.units(Permission.PARTNER_EDIT))[0]
        commands.add_partner(actor=request.actor, keeper_id=keeper, **form.cleaned_data)
        messages.success(request, _("Der Partner ist angelegt."))
        return redirect("partners:list")
    return _form(request, form, {})


@needs(Permission.PARTNER_EDIT)
def change(request: StaffRequest, pk: UUID) -> HttpResponse:
    """Correct one that the own unit keeps."""
    partner = get_object_or_404(queries.partners(), pk=pk)
    if not request.actor.may(Permission.PARTNER_EDIT, unit=partner.keeper_id):
        raise PermissionDenied
    initial = {name: getattr(partner, name) for name in FIELDS}
    form = forms.PartnerForm(
        request.POST or None,
        units=queries.answering_units(),
        organizations=queries.organization_choices(),
        is_new=False,
        initial=initial,
    )
    if form.is_valid():
        commands.change_partner(actor=request.actor, partner_id=pk, **form.cleaned_data)
        messages.success(request, _("Die Angaben sind gespeichert."))
        return redirect("partners:list")
    return _form(request, form, {"partner": partner})


def _form(request: StaffRequest, form: forms.PartnerForm, context: dict[str, Any]) -> HttpResponse:
    return render(
        request, "partners/partner_form.html", context | {"form": form}, status=422 if form.errors else 200
    )


@require_POST
@needs(Permission.PARTNER_EDIT)
def end(request: StaffRequest, pk: UUID) -> HttpResponse:
    """Ask this organisation no longer."""
    partner = get_object_or_404(queries.partners(), pk=pk)
    commands.end_partner(actor=request.actor, partner_id=partner.pk)
    messages.success(request, _("Dieser Partner wird nicht mehr gefragt."))
    return redirect("partners:list")
