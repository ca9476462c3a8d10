"""Housing control's hints: the list, one hint, its two steps."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from stafette.kernel.permissions import Permission
from stafette.properties import access, commands, forms, queries
from stafette.web.doors import needs
from stafette.web.lists import Column, ListSpec, show_list
from stafette.web.requests import StaffRequest


@needs(Permission.HINT_VIEW)
def index(request: StaffRequest) -> HttpResponse:
    """List the hints, the most urgent first."""
    spec = ListSpec(
        name="hints",
        title=_("Hinweise zu Gebäuden"),
        order="due_on",
        about_people=False,
        filters=forms.HintFilter,
        apply=queries.filtered,
        empty=_("Hier stehen Hinweise, sobald Sie eine Übergabe zu einer Anschrift annehmen."),
        columns=(
            Column("address", _("Anschrift"), lambda row: row.address, sort="street", link=_url),
            Column("indication", _("Anzeichen"), lambda row: row.get_indication_display()),
            Column("count", _("Personen"), lambda row: row.person_count),
            Column("state", _("Stand"), lambda row: row.get_state_display(), badge=_look),
            Column("due", _("Bis"), _due, sort="due_on", badge=_due_badge),
            Column("who", _("Wer prüft"), lambda row: row.responsible.label if row.responsible else "–"),
            Column("received", _("Eingang"), lambda row: row.received_on, sort="received_on"),
        ),
    )
    return show_list(request, spec, queries.hints(actor=request.actor))


def _url(row: Any) -> str:
    return reverse("properties:hint", args=[row.pk])


def _look(row: Any) -> str:
    return "in_review" if row.state == "checking" else str(row.state)


def _due(row: Any) -> Any:
    return "–" if row.state == "closed" else row.due_on


def _due_badge(row: Any) -> str:
    return "" if row.state == "closed" else "due"


def detail(request: StaffRequest, pk: UUID) -> HttpResponse:
    """Show one hint and what else was reported about the house."""
    return _page(request, pk, forms.CloseForm())


def _page(request: StaffRequest, pk: UUID, form: forms.CloseForm) -> HttpResponse:
    hint = get_object_or_404(access.visible_to(request.actor).select_related("responsible"), pk=pk)
    context = {
        "hint": hint,
        "others": queries.hints_at_address(actor=request.actor, hint=hint),
        "form": form,
        "may_edit": request.actor.may(Permission.HINT_EDIT, unit=hint.unit_id),
    }
    return render(request, "properties/hint.html", context, status=422 if form.errors else 200)


@require_POST
def take(request: StaffRequest, pk: UUID) -> HttpResponse:
    """Begin to check a hint."""
    get_object_or_404(access.visible_to(request.actor), pk=pk)
    commands.take_hint(actor=request.actor, hint_id=pk)
    messages.success(request, _("Sie prüfen diesen Hinweis."))
    return redirect("properties:hint", pk=pk)


@require_POST
def close(request: StaffRequest, pk: UUID) -> HttpResponse:
    """End a hint with a coded result."""
    get_object_or_404(access.visible_to(request.actor), pk=pk)
    form = forms.CloseForm(request.POST)
    if not form.is_valid():
        return _page(request, pk, form)
    commands.close_hint(actor=request.actor, hint_id=pk, **form.cleaned_data)
    messages.success(request, _("Der Hinweis ist abgeschlossen."))
    return redirect("properties:hint", pk=pk)
