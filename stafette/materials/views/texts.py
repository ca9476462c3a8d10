"""A sheet in one language: what people see, what is worked on, what it said before, and the way to paper."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from stafette.kernel.permissions import Permission
from stafette.materials import commands, forms, printing, queries
from stafette.materials.views.common import check_language, find_sheet, sender
from stafette.web import pdf
from stafette.web.doors import needs
from stafette.web.requests import StaffRequest
from stafette.web.responses import file_response
from stafette.web.sheets import GERMAN, sheet_pdf

DONE = {
    "submit": gettext_lazy("Der Text wartet jetzt auf eine zweite Person."),
    "return": gettext_lazy("Der Text ist wieder ein Entwurf."),
    "release": gettext_lazy("Der Text ist freigegeben."),
    "publish": gettext_lazy("Der Text ist veröffentlicht."),
    "keep": gettext_lazy("Die Übersetzung gilt für den neuen deutschen Text."),
    "reviewed": gettext_lazy("Die Übersetzung ist als geprüft vermerkt."),
    "withdraw": gettext_lazy("Der Text ist zurückgezogen."),
}
VERBS: dict[str, Any] = {
    "submit": commands.submit_version,
    "return": commands.return_version,
    "release": commands.release_version,
    "publish": commands.publish_version,
    "keep": commands.keep_translation,
    "reviewed": commands.mark_reviewed,
    "withdraw": commands.withdraw_version,
}


@needs(Permission.UNIT_VIEW)
def text(request: StaffRequest, code: str, language: str) -> HttpResponse:
    """Show the text as people see it, the one in work beside it, and every earlier one."""
    check_language(language)
    sheet = find_sheet(request.actor, code)
    rows = queries.history(actor=request.actor, sheet=sheet, language=language)
    shown = next((row for row in rows if row.is_shown), None)
    working = next((row for row in rows if row.state in ("draft", "review", "released")), None)
    context = {
        "sheet": sheet,
        "language": language,
        "line": queries.line_of(actor=request.actor, sheet=sheet),
        "history": rows,
        "shown": _part(request, shown),
        "working": _part(request, working),
        "german": queries.sheet_view(code, GERMAN) if language != GERMAN else None,
        "may_edit": request.actor.may(Permission.MATERIAL_EDIT, unit=sheet.keeper_id),
        "may_answer_for": request.actor.may(Permission.MATERIAL_RELEASE, unit=sheet.keeper_id),
    }
    return render(request, "materials/text.html", context)


def _part(request: StaffRequest, version: Any) -> dict[str, Any] | None:
    """A version as the page shows it, with what the actor may do with it."""
    if version is None:
        return None
    view = queries.view_of(version)
    may_release = queries.may_release(actor=request.actor, version=version)
    return {"version": version, "view": view, "mark": printing.mark_of(view), "may_release": may_release}


@needs(Permission.MATERIAL_EDIT)
def write(request: StaffRequest, code: str, language: str) -> HttpResponse:
    """Write a text, with the German one beside it and the preview under it; nothing is shown to people yet."""
    check_language(language)
    sheet = find_sheet(request.actor, code)
    rows = queries.history(actor=request.actor, sheet=sheet, language=language)
    source = next((row for row in rows if row.state in ("draft", "review", "released")), None) or next(
        (row for row in rows if row.is_shown), None
    )
    initial = (
        {"title": source.title, "body": source.body, "is_reviewed": source.is_reviewed} if source else {}
    )
    form = forms.TextForm(request.POST or None, language=language, initial=initial)
    if request.method == "POST" and form.is_valid() and "preview" not in request.POST:
        commands.write_version(actor=request.actor, sheet_id=sheet.pk, language=language, **form.cleaned_data)
        messages.success(request, _("Der Entwurf ist gespeichert. Für andere ändert sich noch nichts."))
        return redirect("materials:text", code=code, language=language)
    return _writing(request, sheet, language, form)


def _writing(request: StaffRequest, sheet: Any, language: str, form: Any) -> HttpResponse:
    given = form.cleaned_data if form.is_bound and not form.errors else form.initial
    context = {
        "sheet": sheet,
        "line": queries.line_of(actor=request.actor, sheet=sheet),
        "language": language,
        "form": form,
        "preview": queries.preview(given.get("title", ""), given.get("body", ""), language),
        "german": queries.sheet_view(sheet.code, GERMAN) if language != GERMAN else None,
    }
    return render(request, "materials/write.html", context, status=422 if form.errors else 200)


@needs(Permission.UNIT_VIEW)
def compare(request: StaffRequest, code: str, language: str) -> HttpResponse:
    """What changed between two versions; without numbers between the last two."""
    check_language(language)
    sheet = find_sheet(request.actor, code)
    rows = queries.history(actor=request.actor, sheet=sheet, language=language)
    by_number = {str(row.number): row for row in rows}
    numbers = sorted(by_number, key=int)
    old = by_number.get(request.GET.get("von", numbers[-2] if len(numbers) > 1 else ""))
    new = by_number.get(request.GET.get("bis", numbers[-1] if numbers else ""))
    if old is None or new is None:
        raise Http404
    context = {"sheet": sheet, "language": language, "old": old, "new": new, "rows": rows}
    return render(request, "materials/compare.html", context | {"lines": queries.difference(old, new)})


@require_POST
@needs(Permission.MATERIAL_EDIT, Permission.MATERIAL_RELEASE)
def move(request: StaffRequest, code: str, language: str, number: int, move: str) -> HttpResponse:
    """Take a step in the life of a text."""
    verb = VERBS.get(move)
    if verb is None:
        raise Http404
    rows = queries.versions(actor=request.actor).filter(sheet__code=code)
    version = get_object_or_404(rows, language=language, number=number)
    form = forms.ReleaseForm(request.POST)
    checked = (
        {"is_reviewed": True}
        if move == "release" and form.is_valid() and form.cleaned_data["is_reviewed"]
        else {}
    )
    verb(actor=request.actor, version_id=version.pk, **checked)
    messages.success(request, str(DONE[move]))
    return redirect("materials:text", code=code, language=language)


@needs(Permission.UNIT_VIEW)
def print_sheet(request: StaffRequest, code: str, language: str) -> HttpResponse:
    """The published sheet as it is handed out; in German with a mark where it is not translated."""
    check_language(language)
    view = queries.sheet_view(code, language)
    if view is None:
        raise Http404
    content = sheet_pdf(printing.sheet_paper(view, sender()))
    return file_response(content, name=f"{code}-{language}.pdf", kind=pdf.KIND)
