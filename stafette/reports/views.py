"""The papers as pages, PDF and XLSX; the essence of joint responsibility without login."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from stafette.kernel.clock import today
from stafette.kernel.permissions import Permission
from stafette.protection.wording import direction, tag
from stafette.reports import docx, queries
from stafette.reports.paper import Paper
from stafette.reports.papers import essence
from stafette.web import pdf, xlsx
from stafette.web.doors import needs
from stafette.web.ratelimit import limited
from stafette.web.requests import StaffRequest
from stafette.web.responses import file_response
from stafette.web.sheets import GERMAN, LANGUAGES, sheet_pdf

PAPER = "reports/paper.html"
readers = needs(Permission.DISCLOSURE_VIEW, Permission.READING_VIEW, Permission.UNIT_ADMIN)
staff = needs(Permission.UNIT_VIEW)


@require_safe
@staff
def index(request: StaffRequest) -> HttpResponse:
    """List the papers that one may read, and the information sheets of all units."""
    readable = queries.units_with_papers(actor=request.actor)
    context = {
        "units": readable,
        "per_unit": [kind for kind, _make in queries.PER_UNIT.values()],
        "for_all": [kind for kind, _make in queries.FOR_ALL.values()],
        "may_read": any(request.actor.may(one) for one in queries.READERS),
        "sheet_units": queries.units_with_sheets(actor=request.actor),
        "languages": LANGUAGES,
    }
    return render(request, "reports/index.html", context)


@require_safe
@readers
def paper(request: StaffRequest, code: str, unit: str) -> HttpResponse:
    """Show or hand out a paper of one unit."""
    return _answer(request, queries.paper_of(actor=request.actor, code=code, unit_code=unit), unit)


@require_safe
@readers
def paper_for_all(request: StaffRequest, code: str) -> HttpResponse:
    """Show or hand out a paper of the whole installation."""
    return _answer(request, queries.paper_for_all(code=code), "")


@require_safe
@staff
def sheet(request: StaffRequest, unit: str, language: str) -> HttpResponse:
    """Show or print a unit's information sheet; in another language the German one is printed behind it."""
    found = _sheet(request, unit, language)
    if request.GET.get("format") != "pdf":
        return _page(request, found, {"languages": LANGUAGES, "unit": unit, "no_xlsx": True})
    sheets = [found.sheet]
    if language != GERMAN:
        sheets.append(_sheet(request, unit, GERMAN).sheet)
    return file_response(sheet_pdf(*sheets), name=f"information-{unit}-{language}.pdf", kind=pdf.KIND)


@login_not_required
@require_safe
@limited("essence", per_minute=60)
def joint_essence(request: HttpRequest, language: str) -> HttpResponse:
    """Tell anybody the essence of joint responsibility in their language."""
    if language not in LANGUAGES:
        raise Http404
    found = essence(language, today())
    if request.GET.get("format") == "pdf":
        return file_response(found.pdf(), name=f"gemeinsam-{language}.pdf", kind=pdf.KIND)
    return _page(request, found, {"languages": LANGUAGES, "is_public": True, "no_xlsx": True})


@require_safe
@readers
def watch(request: StaffRequest) -> HttpResponse:
    """Show how often hints to free text came and were followed, as counts."""
    return render(request, "reports/watch.html", {"lines": queries.watch_lines(actor=request.actor)})


def _sheet(request: StaffRequest, unit: str, language: str) -> Paper:
    found = (
        queries.sheet_of(actor=request.actor, unit_code=unit, language=language)
        if language in LANGUAGES
        else None
    )
    if found is None:
        raise Http404
    return found


def _answer(request: StaffRequest, found: Paper | None, unit: str) -> HttpResponse:
    if found is None:
        raise Http404
    name = "-".join(filter(None, (found.code, unit)))
    match request.GET.get("format"):
        case "pdf":
            return file_response(found.pdf(), name=f"{name}.pdf", kind=pdf.KIND)
        case "docx":
            return file_response(found.document(), name=f"{name}.docx", kind=docx.KIND)
        case "xlsx":
            return file_response(found.workbook(), name=f"{name}.xlsx", kind=xlsx.KIND)
    return _page(request, found, {})


def _page(request: HttpRequest, found: Paper, more: dict[str, Any]) -> HttpResponse:
    tags = {"tag": tag(found.language), "direction": direction(found.language)}
    trail = _("Unterlagen")
    return render(request, PAPER, {"paper": found, "trail": trail, **tags, **more})
