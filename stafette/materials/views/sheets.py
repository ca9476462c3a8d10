"""The grid of sheets and languages, and what a sheet is about."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from stafette.kernel.errors import BadInput
from stafette.kernel.permissions import Permission
from stafette.materials import commands, forms, queries
from stafette.materials.choices import STATUSES, TARGET_GROUPS
from stafette.materials.views.common import find_sheet, may_edit, own_unit, tabs
from stafette.web.doors import needs
from stafette.web.requests import StaffRequest
from stafette.web.sheets import LANGUAGES


@needs(Permission.UNIT_VIEW)
def index(request: StaffRequest) -> HttpResponse:
    """Every sheet in every language at a glance, and what waits for a second person."""
    actor = request.actor
    context = {
        "lines": queries.grid(actor=actor),
        "languages": LANGUAGES,
        "waiting": [
            (one, queries.may_release(actor=actor, version=one))
            for one in queries.waiting_for_release(actor=actor)
        ],
        "may_edit": may_edit(actor),
        "tabs": tabs(request, "list"),
    }
    return render(request, "materials/list.html", context)


@needs(Permission.UNIT_VIEW)
def sheet(request: StaffRequest, code: str) -> HttpResponse:
    """One sheet: its languages, what it is about, the folders it lies in."""
    found = find_sheet(request.actor, code)
    topics = dict(queries.topic_choices())
    context = {
        "sheet": found,
        "line": queries.line_of(actor=request.actor, sheet=found),
        "topics": [topics.get(one, one) for one in found.topics],
        "groups": [TARGET_GROUPS.get(one, one) for one in found.target_groups],
        "statuses": [STATUSES.get(one, one) for one in found.statuses],
        "folders": [one for one in queries.folders() if found.pk in {p.sheet_id for p in one.places.all()}],
        "may_edit": request.actor.may(Permission.MATERIAL_EDIT, unit=found.keeper_id),
    }
    return render(request, "materials/sheet.html", context)


@needs(Permission.MATERIAL_EDIT)
def new_sheet(request: StaffRequest) -> HttpResponse:
    """Begin a sheet and go on to its German text."""
    form = forms.NewSheetForm(request.POST or None, topics=queries.topic_choices())
    if request.method == "POST" and form.is_valid():
        try:
            code, data = form.given()
            made = commands.create_sheet(
                actor=request.actor, unit_id=own_unit(request), code=code, data=commands.SheetData(**data)
            )
            return redirect("materials:write", code=made.code, language="de")
        except BadInput as error:
            form.add_error("code", error.message)
    return _form_page(request, form, None)


@needs(Permission.MATERIAL_EDIT)
def edit_sheet(request: StaffRequest, code: str) -> HttpResponse:
    """Change what a sheet is about."""
    found = find_sheet(request.actor, code)
    names = forms.SheetForm.base_fields
    initial = {name: getattr(found, name) for name in names}
    form = forms.SheetForm(request.POST or None, topics=queries.topic_choices(), initial=initial)
    if request.method == "POST" and form.is_valid():
        data = commands.SheetData(**form.cleaned_data)
        commands.change_sheet(actor=request.actor, sheet_id=found.pk, data=data)
        return redirect("materials:sheet", code=code)
    return _form_page(request, form, found)


def _form_page(request: StaffRequest, form: Any, sheet: Any) -> HttpResponse:
    context = {"form": form, "sheet": sheet}
    return render(request, "materials/sheet_form.html", context, status=422 if form.errors else 200)


@require_POST
@needs(Permission.MATERIAL_EDIT)
def assure_sheet(request: StaffRequest, code: str) -> HttpResponse:
    """Note that the sheet was looked through and still holds."""
    commands.assure_sheet(actor=request.actor, sheet_id=find_sheet(request.actor, code).pk)
    return redirect("materials:sheet", code=code)
