"""Is the chain holding? Counts and times, no names; from a figure to the unit to call."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import NoReverseMatch, reverse
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from stafette.kernel.permissions import Permission
from stafette.steering import charts, escalations, forms, queries, tables, words, workbook
from stafette.steering.calls import units_to_call
from stafette.steering.summary import tiles
from stafette.web import xlsx
from stafette.web.doors import needs
from stafette.web.panels import panels_for
from stafette.web.requests import StaffRequest
from stafette.web.responses import file_response

SHOWN_GAPS = 3


@needs(Permission.FIGURES_VIEW)
def index(request: StaffRequest) -> HttpResponse:
    """Show the chain at a glance: totals, whom to call, the biggest gaps, figures per receiving unit.

    Where nothing was sent, zero must not look like a hidden number: the page begins with what there is.
    """
    form, picture = _chosen(request)
    sent = bool(picture.root.children)

    def context() -> dict[str, Any]:
        return {
            "tiles": tiles(picture) if sent else [],
            "calls": units_to_call(picture),
            "gaps": _gaps(picture)[:SHOWN_GAPS],
            "chart": charts.sent_and_answered(picture.weeks) if sent or picture.before.children else None,
            "table": tables.receivers(picture),
        }

    return _page(request, "index", form, picture, context)


@needs(Permission.FIGURES_VIEW)
def pairs(request: StaffRequest) -> HttpResponse:
    """Show figures per pair of units and finding, reasons and outcomes."""
    quarters = queries.quarters_to_choose()
    picture = queries.picture(actor=request.actor, start=_start(request, quarters))
    choices = picture.once("choices", lambda: _choices(picture))
    form = forms.PairsForm(request.GET or None, quarters=quarters, **choices)
    chosen = form.chosen()

    def context() -> dict[str, Any]:
        found = [table(picture, chosen) for table in (tables.pairs, tables.reasons, tables.outcomes)]
        return {"tables": [table for table in found if table.rows]}

    return _page(request, "pairs", form, picture, context, is_kept=not chosen)


@needs(Permission.FIGURES_VIEW)
def trend(request: StaffRequest) -> HttpResponse:
    """Show how sending, answering and open things went week by week."""
    form, picture = _chosen(request)

    def context() -> dict[str, Any]:
        return {
            "sent_chart": charts.sent_and_answered(picture.weeks),
            "open_chart": charts.open_at_end(picture.weeks),
            "table": tables.weeks(picture),
        }

    return _page(request, "trend", form, picture, context)


@needs(Permission.FIGURES_VIEW)
def load(request: StaffRequest) -> HttpResponse:
    """Show what lies open in each unit now, and per full-time post."""
    form, picture = _chosen(request)
    return _page(request, "load", form, picture, lambda: {"table": tables.loads(picture)})


@needs(Permission.FIGURES_VIEW)
def gaps(request: StaffRequest) -> HttpResponse:
    """Show where capacity or responsibility is missing, with a sentence for the committee."""
    form, picture = _chosen(request)

    def context() -> dict[str, Any]:
        return {"gaps": _gaps(picture), "table": tables.gaps(picture)}

    return _page(request, "gaps", form, picture, context)


@needs(Permission.FIGURES_VIEW)
def lasting(request: StaffRequest) -> HttpResponse:
    """Show whether what was reached has lasted: follow-ups leave no stamp, so they are read each time."""
    form, picture = _chosen(request)
    lines = queries.lasting(actor=request.actor, picture=picture)

    def context() -> dict[str, Any]:
        return {"table": tables.lasting(picture, lines), "outcomes": tables.outcomes(picture)}

    return _page(request, "lasting", form, picture, context, is_kept=False)


@needs(Permission.FIGURES_VIEW)
def escalated(request: StaffRequest) -> HttpResponse:
    """Show what nobody dealt with in time, and the unit to call; never a person."""
    found = escalations.escalations(actor=request.actor)
    return render(request, "steering/escalated.html", {"found": found})


@needs(Permission.FIGURES_VIEW)
def export(request: StaffRequest) -> HttpResponse:
    """Hand out all tables of the quarter as one workbook, under the limit for papers that leave the house."""
    start = _start(request, queries.quarters_to_choose())
    picture = queries.picture(actor=request.actor, start=start, for_outside=True)
    book = workbook.workbook(picture, queries.lasting(actor=request.actor, picture=picture))
    name = f"steuerung-{picture.start:%Y-%m-%d}-{picture.end:%Y-%m-%d}.xlsx"
    return file_response(book, name=name, kind=xlsx.KIND)


def _chosen(request: StaffRequest) -> tuple[forms.QuarterForm, queries.Picture]:
    quarters = queries.quarters_to_choose()
    form = forms.QuarterForm(request.GET or None, quarters=quarters)
    return form, queries.picture(actor=request.actor, start=form.start())


def _start(request: StaffRequest, quarters: list[Any]) -> Any:
    return forms.QuarterForm(request.GET or None, quarters=quarters).start()


def _choices(picture: queries.Picture) -> dict[str, Any]:
    found = list(queries.nodes(picture.root, 3))
    units = {unit for node in found for unit in (node.path[0], node.path[2])}
    names = sorted((picture.units[unit].name, str(unit)) for unit in units if unit in picture.units)
    codes = {str(node.path[1]) for node in found}
    findings = sorted((picture.findings.get(code, code), code) for code in codes)
    return {
        "units": [(pk, name) for name, pk in names],
        "findings": [(code, label) for label, code in findings],
    }


def _gaps(picture: queries.Picture) -> list[dict[str, Any]]:
    return [
        {
            "gap": gap,
            "reason": words.reason_word(gap.reason),
            "sentence": words.gap_sentence(gap, picture.start, picture.end),
        }
        for gap in picture.gaps
    ]


def _page(
    request: StaffRequest,
    name: str,
    form: forms.QuarterForm,
    picture: queries.Picture,
    context: Callable[[], dict[str, Any]],
    *,
    is_kept: bool = True,
) -> HttpResponse:
    """Show a page; its figures are put into words once for all who see the same picture in the same language."""

    def figures() -> SafeString:
        return render_to_string(f"steering/figures/{name}.html", context())

    query = f"?quartal={picture.start:%Y-%m-%d}"
    everywhere: dict[str, Any] = {
        "form": form,
        "picture": picture,
        "period": words.quarter_label(picture.start),
        "before": words.quarter_label(picture.before_start),
        "may_count": request.actor.may(Permission.COUNTS_VIEW),
        "tabs": _tabs(name, query),
        # asked by the page that shows them
        "panels": partial(panels_for, "steering", actor=request.actor, subject_id=request.actor.id),
        "export_url": reverse("steering:export") + query,
        "hidden_sign": words.HIDDEN,
        "most_hidden": picture.least - 1,
        "figures": picture.once((name, get_language()), figures) if is_kept else figures(),
    }
    status = 422 if form.is_bound and form.errors else 200
    return render(request, f"steering/{name}.html", everywhere, status=status)


def _tabs(current: str, query: str) -> list[dict[str, Any]]:
    labels = {
        "index": _("Überblick"),
        "pairs": _("Stellenpaare"),
        "trend": _("Verlauf"),
        "load": _("Auslastung"),
        "gaps": _("Lücken"),
        "lasting": _("Wirkung"),
        "escalated": _("Eskaliert"),
    }
    found = []
    for name, label in labels.items():
        try:
            url = reverse(f"steering:{name}")
        except NoReverseMatch:
            continue
        found.append({"label": label, "url": url + query, "current": name == current})
    return found
