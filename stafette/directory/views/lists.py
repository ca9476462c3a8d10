"""Lists of services, providers and places."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from stafette.directory import forms, queries
from stafette.directory.cards import card
from stafette.directory.data import OrganizationData
from stafette.directory.showing import CHOICES, KINDS, label
from stafette.directory.views.doors import may_edit, tabs
from stafette.directory.words import LANGUAGES, named
from stafette.kernel.permissions import Permission
from stafette.web.doors import needs
from stafette.web.lists import Column, ListSpec, show_list
from stafette.web.requests import StaffRequest


@needs(Permission.UNIT_VIEW)
def index(request: StaffRequest) -> HttpResponse:
    """List services by topic and language; whoever advises may look."""
    spec = ListSpec(
        name="services",
        title=_("Angebote"),
        order="name",
        about_people=False,
        filters=forms.ServiceFilter,
        apply=queries.filtered,
        empty=_("Noch steht kein Angebot im Verzeichnis."),
        page="directory/services.html",
        columns=(
            Column("name", _("Angebot"), lambda row: row.name, sort="name", link=_page_of("service")),
            Column("provider", _("Träger"), lambda row: row.organization.name, sort="organization__name"),
            Column("summary", _("Wofür"), lambda row: row.summary),
            Column("languages", _("Sprachen"), lambda row: named(row.languages, LANGUAGES)),
            Column("address", _("Anschrift"), lambda row: card(row).address),
            Column("room", label("room"), _room, badge=_room_badge),
            Column("assured", _("Bestätigt am"), _assured, sort="assured_at", badge=_age_badge),
        ),
    )
    return show_list(request, spec, queries.all_services(), **_context(request, "services"))


@needs(Permission.UNIT_VIEW)
def organizations(request: StaffRequest) -> HttpResponse:
    """List who offers something, employers, schools, landlords and clubs included."""
    kinds = KINDS[OrganizationData]
    spec = ListSpec(
        name="organizations",
        title=_("Träger und Einrichtungen"),
        order="name",
        about_people=False,
        filters=forms.OrganizationFilter,
        apply=queries.found_organizations,
        empty=_("Noch steht kein Träger im Verzeichnis."),
        page="directory/organizations.html",
        columns=(
            Column("name", _("Name"), lambda row: row.name, sort="name", link=_page_of("organization")),
            Column("kind", _("Art"), lambda row: kinds.get(row.kind, row.kind), sort="kind"),
            Column("email", _("E-Mail"), lambda row: row.email),
            Column("website", _("Seite im Netz"), lambda row: row.website),
            Column("keeper", _("Gepflegt von"), lambda row: row.keeper.short_name if row.keeper else ""),
        ),
    )
    return show_list(request, spec, queries.organizations(), **_context(request, "organizations"))


@needs(Permission.UNIT_VIEW)
def locations(request: StaffRequest) -> HttpResponse:
    """List the places at which something is offered."""
    spec = ListSpec(
        name="locations",
        title=_("Orte"),
        order="name",
        about_people=False,
        filters=forms.PlaceFilter,
        apply=queries.found_locations,
        empty=_("Noch steht kein Ort im Verzeichnis."),
        page="directory/locations.html",
        columns=(
            Column("name", _("Ort"), str, sort="name", link=_page_of("location")),
            Column("address", _("Anschrift"), lambda row: row.address),
            Column("district", _("Stadtteil"), lambda row: row.district, sort="district"),
            Column(
                "organization", _("Gehört zu"), lambda row: row.organization.name if row.organization else ""
            ),
            Column("way", _("Haltestelle, Weg"), lambda row: row.transportation),
        ),
    )
    return show_list(request, spec, queries.locations(), **_context(request, "locations"))


def _context(request: StaffRequest, current: str) -> dict[str, Any]:
    return {"may_edit": may_edit(request), "tabs": tabs(request, current)}


def _page_of(kind: str) -> Callable[[Any], str]:
    """The address of a row's own page."""
    return lambda row: reverse(f"directory:{kind}", args=[row.code])


def _room(row: Any) -> Any:
    words = CHOICES["room"] if row.is_listed and row.status == "active" else CHOICES["status"]
    return words[row.room if words is CHOICES["room"] else row.status]


def _room_badge(row: Any) -> str:
    if row.status != "active":
        return "neutral"
    return {"open": "", "waiting": "warning"}.get(row.room, "danger")


def _assured(row: Any) -> Any:
    if row.assured_at is None:
        return _("noch nie")
    day = f"{row.assured_at:%d.%m.%Y}"
    return _("{day}, überfällig").format(day=day) if row.is_stale else day


def _age_badge(row: Any) -> str:
    return "warning" if row.is_stale else ""
