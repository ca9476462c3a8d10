"""Lists: whom to invite, and which lists came in."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from stafette.arrivals import queries
from stafette.arrivals.forms import ArrivalFilter
from stafette.arrivals.views.access import may_see
from stafette.kernel.clock import today
from stafette.kernel.permissions import Permission
from stafette.people.languages import language_name
from stafette.web.lists import Column, ListSpec, show_list
from stafette.web.requests import StaffRequest

OPEN = ["to_invite", "invited", "talk_planned"]


def _narrow(rows: QuerySet[Any], values: dict[str, Any]) -> QuerySet[Any]:
    if values["q"]:
        rows = rows.filter(household__label__icontains=values["q"])
    if values["state"] in {"", "overdue"}:
        rows = rows.filter(state__in=OPEN)
    elif values["state"] != "all":
        rows = rows.filter(state=values["state"])
    if values["state"] == "overdue":
        rows = rows.filter(next_on__lt=today())
    wanted = {"language": values["language"], "moved_in_on__gte": values["since"]}
    return rows.filter(**{name: value for name, value in wanted.items() if value})


def _address(arrival: Any) -> str:
    shown = arrival.household.shown_address
    return shown.one_line if shown else str(_("gesperrt"))


def _came(arrival: Any) -> str:
    return f"{arrival.moved_in_on:%d.%m.%Y}" if arrival.moved_in_on else ""


ARRIVALS = ListSpec(
    name="zuzuege",
    title=_("Zuzüge"),
    order="next_on",
    columns=(
        Column("household", _("Haushalt"), lambda a: a.household.label, sort="household__label",
               link=lambda a: reverse("arrivals:arrival", args=[a.pk])),
        Column("state", _("Stand"), lambda a: a.get_state_display(), badge=lambda a: a.state),
        Column("next", _("Nächster Schritt bis"), lambda a: a.next_on if a.state in OPEN else "", sort="next_on",
               badge=lambda a: "due" if a.state in OPEN else "", export=lambda a: a.next_on),
        Column("persons", _("Personen"), lambda a: a.persons),
        Column("language", _("Sprache"), lambda a: language_name(a.language)),
        Column("moved", _("Einzug"), _came, export=lambda a: a.moved_in_on),
        Column("from", _("Aus"), lambda a: a.came_from),
        Column("address", _("Anschrift"), _address),
    ),
    filters=ArrivalFilter,
    apply=_narrow,
    empty=_("Lesen Sie eine Liste der Meldebehörde ein oder nehmen Sie jemanden auf, der von selbst kommt."),
    page="arrivals/arrivals.html",
)  # fmt: skip
IMPORTS = ListSpec(
    name="importe",
    title=_("Eingelesene Listen"),
    order="-created_at",
    columns=(
        Column("file", _("Datei"), lambda i: i.file_name, link=lambda i: reverse("arrivals:import", args=[i.pk])),
        Column("at", _("Eingang"), lambda i: timezone.localtime(i.created_at).strftime("%d.%m.%Y %H:%M"),
               sort="created_at"),
        Column("sender", _("Von"), lambda i: i.sender.name if i.sender else ""),
        Column("state", _("Stand"), lambda i: i.get_state_display(), badge=lambda i: i.state),
        Column("rows", _("Zeilen"), lambda i: i.rows_total),
        Column("new", _("neu"), lambda i: i.new),
        Column("rejected", _("abgelehnt"), lambda i: i.rejected),
        Column("by", _("Durch"), lambda i: i.actor_label),
    ),
    empty=_("Noch keine Liste. Lesen Sie die erste ein."),
    page="arrivals/imports.html",
    about_people=False,
)  # fmt: skip


def index(request: StaffRequest) -> HttpResponse:
    """Whom to invite, whom we asked, who is overdue."""
    may_see(request.actor)
    may_edit = request.actor.may(Permission.ARRIVAL_EDIT)
    return show_list(request, ARRIVALS, queries.arrivals(actor=request.actor), may_edit=may_edit)


def imports(request: StaffRequest) -> HttpResponse:
    """Which lists came in, and what became of them."""
    may_see(request.actor)
    may_edit = request.actor.may(Permission.ARRIVAL_EDIT)
    return show_list(request, IMPORTS, queries.imports(actor=request.actor), may_edit=may_edit)
