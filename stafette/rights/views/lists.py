"""The unit's list of requests, what officer and head watch, and the rules with their sources."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from stafette.kernel.permissions import Permission
from stafette.rights import forms, queries, rules
from stafette.web.doors import needs
from stafette.web.lists import Column, ListSpec, show_list
from stafette.web.requests import StaffRequest

LOOKS = {"received": "new", "in_work": "started", "passed_on": "referred"}


def _due_badge(row: Any) -> str:
    return "due" if row.is_open else ""


def _url(row: Any) -> str:
    return reverse("rights:request", args=[row.pk])


def _state_look(row: Any) -> str:
    return LOOKS.get(row.state, str(row.state))


REQUESTS = ListSpec(
    name="subject_requests",
    title=_("Anträge von Betroffenen"),
    order="due_on",
    filters=forms.RequestFilter,
    apply=queries.filtered,
    page="rights/list.html",
    empty=_("Hier steht, wenn jemand Auskunft, Berichtigung oder Löschung verlangt."),
    columns=(
        Column("number", _("Nummer"), lambda row: row.number, sort="number", link=_url),
        Column("kind", _("Art"), lambda row: row.get_kind_display()),
        Column("person", _("Person"), lambda row: row.person.full_name if row.person else "–"),
        Column("state", _("Stand"), lambda row: row.get_state_display(), badge=_state_look),
        Column("received", _("Eingegangen"), lambda row: row.received_on, sort="received_on"),
        Column("due", _("Antwort bis"), lambda row: row.due_on, sort="due_on", badge=_due_badge),
        Column("who", _("Wer ist dran"), lambda row: row.responsible_user.label if row.is_open else "–"),
    ),
)
WATCHED = ListSpec(
    name="watched_requests",
    title=_("Anträge von Betroffenen: Fristen"),
    order="due_on",
    filters=forms.RequestFilter,
    apply=queries.filtered,
    empty=_("Hier stehen die Fristen der Anträge aller Stellen, für die Sie zuständig sind, ohne Namen."),
    columns=(
        Column("number", _("Nummer"), lambda row: row.number, sort="number", link=_url),
        Column("kind", _("Art"), lambda row: row.get_kind_display()),
        Column("unit", _("Stelle"), lambda row: row.unit.short_name),
        Column("state", _("Stand"), lambda row: row.get_state_display(), badge=_state_look),
        Column("received", _("Eingegangen"), lambda row: row.received_on, sort="received_on"),
        Column("due", _("Antwort bis"), lambda row: row.due_on, sort="due_on", badge=_due_badge),
        Column("extended", _("Verlängert"), lambda row: _("ja") if row.extended_on else _("nein")),
    ),
)


@needs(Permission.RIGHTS_VIEW)
def index(request: StaffRequest) -> HttpResponse:
    """Show what people asked of the unit, the most urgent first."""
    new_url = reverse("rights:take_in") if request.actor.may(Permission.RIGHTS_EDIT) else ""
    return show_list(request, REQUESTS, queries.requests(actor=request.actor), new_url=new_url)


@needs(Permission.RIGHTS_WATCH)
def watch(request: StaffRequest) -> HttpResponse:
    """Show number, kind, unit, clock and state; whose request it is, stays with the unit."""
    return show_list(request, WATCHED, queries.watched(actor=request.actor))


@needs(Permission.RIGHTS_VIEW, Permission.RIGHTS_WATCH)
def show_rules(request: StaffRequest) -> HttpResponse:
    """Show periods and reasons, each with source and status."""
    found = rules.rights_rules()
    groups = [
        (_("Fristen"), found.periods, _("Monate")),
        (_("Eigene Zielzeiten"), found.targets, _("Arbeitstage")),
    ]
    reasons = [
        (_("Gründe, einen Antrag abzulehnen"), found.reasons),
        (_("Gründe, die Frist zu verlängern"), found.extensions),
        (_("Gründe, etwas in der Auskunft wegzulassen"), found.omissions),
    ]
    return render(
        request, "rights/rules.html", {"groups": groups, "reasons": reasons, "clocks": found.clocks}
    )
