"""Is the chain holding? Counts and times, no names."""

from __future__ import annotations

from datetime import date, timedelta

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from stafette.accounts.queries import units_without_staff
from stafette.kernel.clock import today
from stafette.kernel.permissions import Permission
from stafette.steering import escalations, forms, queries
from stafette.web import xlsx
from stafette.web.doors import needs
from stafette.web.requests import StaffRequest
from stafette.web.responses import file_response

PERIOD = timedelta(days=91)


@needs(Permission.FIGURES_VIEW)
def index(request: StaffRequest) -> HttpResponse:
    """Show counts and times per pair of units and finding, on the screen or as XLSX."""
    form = forms.PeriodForm(request.GET)
    values = form.cleaned_data if form.is_valid() else {}
    until = values.get("until") or today()
    since = values.get("since") or until - PERIOD
    pairs = queries.pairs(actor=request.actor, since=since, until=until)
    if request.GET.get("format") == "xlsx":
        return _export(pairs, since, until)
    context = {"form": form, "pairs": _rows(pairs), "headings": _headings(), "since": since, "until": until}
    return render(request, "steering/index.html", context, status=422 if form.errors else 200)


def _headings() -> list[str]:
    return [
        *(_("Von"), _("An"), _("Feststellung"), _("gesendet"), _("offen"), _("rechtzeitig beantwortet")),
        *(_("verspätet"), _("angenommen"), _("abgelehnt"), _("keine Kapazität"), _("nicht zuständig")),
        *(_("anderer Grund"), _("in 28 Tagen erreicht"), _("Tage bis Antwort, Median")),
        _("9 von 10 Antworten binnen Tagen"),
    ]


def _rows(pairs: list[queries.Pair]) -> list[list[str]]:
    names = (
        *("sent", "open", "in_time", "late", "accepted", "declined", "no_capacity", "not_responsible"),
        *("other_reason", "reached_in_28_days"),
    )
    return [
        [
            *(pair.sender, pair.receiver, pair.finding),
            *(pair.shown(name) for name in names),
            *(pair.median, pair.slow),
        ]
        for pair in pairs
    ]


def _export(pairs: list[queries.Pair], since: date, until: date) -> HttpResponse:
    note = _(
        "Übergaben, gesendet vom {since} bis {until}, Stand {day}. Gezählt werden Übergaben, nicht Personen. "
        "Werte von 1 bis 4 stehen als <5."
    ).format(since=f"{since:%d.%m.%Y}", until=f"{until:%d.%m.%Y}", day=f"{today():%d.%m.%Y}")
    content = xlsx.workbook(_headings(), _rows(pairs), title=_("Steuerung"), note=note)
    return file_response(content, name=f"steuerung-{since:%Y-%m-%d}-{until:%Y-%m-%d}.xlsx", kind=xlsx.KIND)


@needs(Permission.FIGURES_VIEW)
def escalated(request: StaffRequest) -> HttpResponse:
    """Show what nobody dealt with in time, and the unit to call; never a person."""
    found = escalations.escalations(actor=request.actor)
    unstaffed = [unit.name for unit in units_without_staff()]
    return render(request, "steering/escalated.html", {"found": found, "unstaffed": unstaffed})
