"""The list of services outside the administration."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext as _

from stafette.directory import forms, queries
from stafette.directory.cards import card
from stafette.kernel.permissions import Permission
from stafette.web.doors import needs
from stafette.web.lists import Column, ListSpec, show_list
from stafette.web.requests import StaffRequest


@needs(Permission.UNIT_VIEW)
def index(request: StaffRequest) -> HttpResponse:
    """List services by topic and language; whoever advises may look."""
    spec = ListSpec(
        name="services",
        title=_("Angebote außerhalb der Verwaltung"),
        order="name",
        about_people=False,
        filters=forms.ServiceFilter,
        apply=queries.filtered,
        empty=_("Angebote stehen in der Blaupause der Stadt."),
        columns=(
            Column("name", _("Angebot"), lambda row: row.name, sort="name"),
            Column("provider", _("Träger"), lambda row: row.organization.name),
            Column("summary", _("Wofür"), lambda row: row.summary),
            Column("languages", _("Sprachen"), lambda row: ", ".join(row.languages)),
            Column("address", _("Anschrift"), lambda row: card(row).address),
            Column("phone", _("Telefon"), lambda row: card(row).phone),
            Column("hours", _("Zeiten"), lambda row: card(row).hours),
            Column("assured", _("Bestätigt am"), _assured),
        ),
    )
    return show_list(request, spec, queries.services())


def _assured(row: Any) -> Any:
    return row.assured_at or _("noch nicht")
