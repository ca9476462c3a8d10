"""Counts of short contacts: what people asked, in which language, when, and what became of it."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from stafette.evaluation import charts, files, forms, periods, queries, tables, words
from stafette.evaluation import report as writing
from stafette.evaluation.report import chapters, document, paper
from stafette.kernel.permissions import Permission
from stafette.web import pdf, xlsx
from stafette.web.doors import needs
from stafette.web.requests import StaffRequest
from stafette.web.responses import file_response

LONG = 100  # days: a longer period is drawn by quarters


@needs(Permission.COUNTS_VIEW)
def index(request: StaffRequest) -> HttpResponse:
    """Show every table of the period."""
    form = _form(request, forms.ChoiceForm)
    units, period = form.chosen_units(), form.period()
    picture = queries.picture(actor=request.actor, units=units, period=period)
    grain = periods.QUARTER if period.days > 6 * LONG else periods.MONTH
    steps = queries.steps(actor=request.actor, units=units, period=period, grain=grain)
    context = {
        "tiles": _tiles(picture),
        "chart": charts.development(steps) if len(steps) > 1 else None,
        "development": tables.development(steps, picture),
        "tables": _tables(picture),
    }
    return _page(request, "index", form, picture, context)


@needs(Permission.COUNTS_VIEW)
def week(request: StaffRequest) -> HttpResponse:
    """Show at which hours of the week people come (W-73)."""
    form = _form(request, forms.ChoiceForm)
    picture = queries.picture(actor=request.actor, units=form.chosen_units(), period=form.period())
    context = {"heat": charts.heat(picture.counts), "weeks": max(1, round(picture.counted.weeks))}
    return _page(request, "week", form, picture, context)


@needs(Permission.COUNTS_VIEW)
def compare(request: StaffRequest) -> HttpResponse:
    """Show the topics beside those of an earlier period, across changes of the list (W-72)."""
    form = _form(request, forms.ComparisonForm)
    found = queries.comparison(
        actor=request.actor, units=form.chosen_units(), period=form.period(), earlier=form.earlier()
    )
    context = {
        "one": tables.compared(found),
        "changes": [words.change(group) for group in found.groups if words.change(group)],
        "before": found.before.period,
        "earlier": periods.label(form.earlier()),
    }
    return _page(request, "compare", form, found.now, context)


@needs(Permission.COUNTS_VIEW)
def public(request: StaffRequest) -> HttpResponse:
    """Show what may be published of a period."""
    form = _form(request, forms.PublicForm)
    picture = queries.published_picture(actor=request.actor, units=form.chosen_units(), period=form.period())
    context = {
        "tables": [one for one in _tables(picture) if one.code != "hour"],
        "heat": charts.heat(picture.counts),
        "rule": tables.small_numbers_rule(),
        "csv_url": _link("public_csv", form),
        "xlsx_url": _link("public_xlsx", form),
    }
    return _page(request, "public", form, picture, context)


@needs(Permission.COUNTS_VIEW)
def inside_file(request: StaffRequest, ending: str) -> HttpResponse:
    """Hand out the exact tables for work inside the house."""
    form = _form(request, forms.ComparisonForm)
    picture = queries.picture(actor=request.actor, units=form.chosen_units(), period=form.period())
    found = queries.comparison(
        actor=request.actor, units=form.chosen_units(), period=form.period(), earlier=form.earlier()
    )
    return _file(picture, [*_tables(picture), tables.compared(found)], ending)


@needs(Permission.COUNTS_VIEW)
def public_file(request: StaffRequest, ending: str) -> HttpResponse:
    """Hand out the tables that may be published."""
    form = _form(request, forms.PublicForm)
    picture = queries.published_picture(actor=request.actor, units=form.chosen_units(), period=form.period())
    return _file(picture, _tables(picture), ending)


@needs(Permission.COUNTS_VIEW)
def report(request: StaffRequest) -> HttpResponse:
    """Show the report as it will be printed, with the ways to take it along."""
    form = _form(request, forms.ReportForm)
    context = {
        "form": form,
        "report": writing.report(_evidence(request, form)),
        "tabs": _tabs("report", form),
        "pdf_url": _link("report_pdf", form),
        "docx_url": _link("report_docx", form),
    }
    return render(
        request, "evaluation/report.html", context, status=422 if form.is_bound and form.errors else 200
    )


@needs(Permission.COUNTS_VIEW)
def report_pdf(request: StaffRequest) -> HttpResponse:
    """Hand out the report as PDF/UA."""
    form = _form(request, forms.ReportForm)
    found = _evidence(request, form)
    name = files.name_of(found.picture, "pdf").replace("kurzkontakte", "auswertung")
    return file_response(paper.report_pdf(writing.report(found)), name=name, kind=pdf.KIND)


@needs(Permission.COUNTS_VIEW)
def report_docx(request: StaffRequest) -> HttpResponse:
    """Hand out the report to be written on."""
    form = _form(request, forms.ReportForm)
    found = _evidence(request, form)
    name = files.name_of(found.picture, "docx").replace("kurzkontakte", "auswertung")
    return file_response(document.report_docx(writing.report(found)), name=name, kind=document.KIND)


def _evidence(request: StaffRequest, form: forms.ReportForm) -> chapters.Evidence:
    actor, units, period = request.actor, form.chosen_units(), form.period()
    if form.is_for_council:
        picture = queries.published_picture(actor=actor, units=units, period=period)
        steps = queries.published_steps(actor=actor, units=units, period=period)
    else:
        picture = queries.picture(actor=actor, units=units, period=period)
        steps = queries.steps(actor=actor, units=units, period=period, grain=periods.QUARTER)
    return chapters.Evidence(
        picture=picture,
        steps=steps,
        names=_names(picture),
        directory=queries.directory_state(),
        sheets=queries.sheet_state(),
        questions=queries.open_questions(actor=actor, units=units, period=period),
        agreements=queries.agreement_lines(),
    )


def _form(request: StaffRequest, kind: type[forms.ChoiceForm]) -> Any:
    return kind(request.GET or None, units=queries.counted_units(actor=request.actor))


def _tables(picture: queries.Picture) -> list[tables.Counted]:
    return tables.all_of(picture, _names(picture))


def _names(picture: queries.Picture) -> dict[str, str]:
    kinds = picture.counts.kinds
    return queries.service_names(kinds.get("service", ())) | queries.sheet_names(kinds.get("sheet", ()))


def _tiles(picture: queries.Picture) -> list[dict[str, str]]:
    total, result = picture.counts.total, "result"
    shares = [
        (picture.counts.of(result, "answered"), _("gleich beantwortet")),
        (picture.counts.of(result, "signposted"), _("an einen Dienst verwiesen")),
        (picture.counts.of(result, "unsolved"), _("nicht lösbar")),
    ]
    per_week = f"{picture.total / max(1, picture.counted.weeks):.1f}".replace(".", ",")
    converted = picture.counts.of("converted", "").known
    went_on = _("dazu {count} als Gespräch weitergeführt").format(count=converted) if converted else ""
    return [
        {"figure": words.count(total), "label": _("Kontakte"), "note": went_on},
        {"figure": per_week, "label": _("Kontakte je Woche"), "note": ""},
        *(
            {"figure": words.count(cell), "label": name, "note": words.share(cell, total)}
            for cell, name in shares
        ),
    ]


def _file(picture: queries.Picture, found: list[tables.Counted], ending: str) -> HttpResponse:
    found = found or [tables.development([], picture)]
    name = files.name_of(picture, ending)
    if ending == "csv":
        return file_response(files.comma_separated(found), name=name, kind=files.CSV)
    return file_response(files.workbook(picture, found), name=name, kind=xlsx.KIND)


def _page(
    request: StaffRequest,
    name: str,
    form: forms.ChoiceForm,
    picture: queries.Picture,
    context: dict[str, Any],
) -> HttpResponse:
    everywhere = {
        "form": form,
        "picture": picture,
        "named": tables.named(picture.period),
        "facts": tables.facts(picture, None),
        "tabs": _tabs(name, form),
        "xlsx_url": _link("xlsx", form),
        "csv_url": _link("csv", form),
        **context,
    }
    status = 422 if form.is_bound and form.errors else 200
    return render(request, f"evaluation/{name}.html", everywhere, status=status)


def _tabs(current: str, form: forms.ChoiceForm) -> list[dict[str, Any]]:
    labels = {
        "index": _("Überblick"),
        "week": _("Wochentage und Stunden"),
        "compare": _("Vergleich"),
        "public": _("Zur Veröffentlichung"),
        "report": _("Bericht"),
    }
    return [
        {"label": label, "url": _link(name, form), "current": name == current}
        for name, label in labels.items()
    ]


def _link(name: str, form: forms.ChoiceForm) -> str:
    return f"{reverse(f'evaluation:{name}')}?{urlencode(form.query(), doseq=True)}"
