"""Folders: what is in them, in which language how much, and the whole set as one file to print."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from stafette.kernel.errors import BadInput
from stafette.kernel.permissions import Permission
from stafette.materials import commands, forms, printing, queries
from stafette.materials.views.common import check_language, may_edit, own_unit, sender, tabs
from stafette.web import pdf
from stafette.web.doors import needs
from stafette.web.requests import StaffRequest
from stafette.web.responses import file_response
from stafette.web.sheets import LANGUAGES, sheet_pdf


@needs(Permission.UNIT_VIEW)
def folders(request: StaffRequest) -> HttpResponse:
    """All folders."""
    context = {
        "folders": queries.folders(),
        "may_edit": may_edit(request.actor),
        "tabs": tabs(request, "folders"),
    }
    return render(request, "materials/folders.html", context)


@needs(Permission.UNIT_VIEW)
def folder(request: StaffRequest, code: str) -> HttpResponse:
    """A folder in every language: what is ready, what would be German."""
    found = get_object_or_404(queries.folders(), code=code)
    views = [queries.folder_view(code, language) for language in LANGUAGES]
    context = {
        "folder": found,
        "views": views,
        "german": views[0],
        "may_edit": request.actor.may(Permission.MATERIAL_EDIT, unit=found.keeper_id),
    }
    return render(request, "materials/folder.html", context)


@needs(Permission.MATERIAL_EDIT)
def new_folder(request: StaffRequest) -> HttpResponse:
    """Put a new folder together."""
    return _folder_form(request, None)


@needs(Permission.MATERIAL_EDIT)
def edit_folder(request: StaffRequest, code: str) -> HttpResponse:
    """Change names, sheets and their order."""
    return _folder_form(request, get_object_or_404(queries.folders(), code=code))


def _folder_form(request: StaffRequest, found: Any) -> HttpResponse:
    sheets = [(line.sheet.code, line.title) for line in queries.grid(actor=request.actor, languages=("de",))]
    form = forms.FolderForm(
        request.POST or None, sheets=sheets, new=found is None, initial=_initial(found) if found else {}
    )
    if request.method == "POST" and form.is_valid():
        code = found.code if found else form.cleaned_data["code"]
        unit_id = found.keeper_id if found else own_unit(request)
        try:
            commands.put_folder(actor=request.actor, unit_id=unit_id, code=code, **form.folder())
            return redirect("materials:folder", code=code)
        except BadInput as error:
            form.add_error(None, error.message)
    context = {"form": form, "folder": found}
    return render(request, "materials/folder_form.html", context, status=422 if form.errors else 200)


def _initial(found: Any) -> dict[str, Any]:
    titles = {f"title_{language}": title for language, title in found.titles.items()}
    return titles | {f"place_{one.sheet.code}": one.position for one in found.places.all()}


@needs(Permission.UNIT_VIEW)
def print_folder(request: StaffRequest, code: str, language: str) -> HttpResponse:
    """The whole folder in one language as one file; sheets that are not translated stand in it in German."""
    check_language(language)
    view = queries.folder_view(code, language)
    if view is None or not view.sheets:
        raise Http404
    content = sheet_pdf(*printing.folder_papers(view, sender()))
    return file_response(content, name=f"{code}-{language}.pdf", kind=pdf.KIND)
