"""The log of disclosures, as the officer reads it."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext as _

from stafette.kernel.permissions import Permission
from stafette.protection import forms, queries, words
from stafette.protection.data import Channel, Mode
from stafette.web.doors import needs
from stafette.web.lists import Column, ListSpec, show_list
from stafette.web.requests import StaffRequest


@needs(Permission.DISCLOSURE_VIEW)
def disclosures(request: StaffRequest) -> HttpResponse:
    """List what the units passed on: kind of data, receiver, ground; never the data."""
    spec = ListSpec(
        name="disclosures",
        title=_("Weitergaben"),
        order="-at",
        filters=forms.DisclosureFilter,
        apply=queries.filtered_disclosures,
        empty=_("Hier steht jede Weitergabe von Angaben, sobald eine Übergabe gesendet wird."),
        about_people=False,
        page="protection/disclosures.html",
        columns=(
            Column("at", _("Wann"), lambda row: row.at, sort="at"),
            Column("kind", _("Weg"), _way),
            Column("reference", _("Nummer"), lambda row: row.reference, sort="reference"),
            Column("unit", _("Von"), lambda row: row.unit.short_name),
            Column("receiver", _("An"), lambda row: row.receiver_name),
            Column("purpose", _("Zweck"), lambda row: row.purpose),
            Column("basis", _("Grundlage"), lambda row: f"{Mode(row.mode).label} ({row.rule})"),
            Column("norm", _("Norm"), lambda row: row.norm),
            Column("what", _("Kategorien"), lambda row: words.category_words(row.categories)),
            Column("count", _("Personen"), lambda row: row.person_count),
            Column("by", _("Angefordert von"), lambda row: row.actor_label if row.is_internal else ""),
        ),
    )
    return show_list(request, spec, queries.disclosures(actor=request.actor))


def _way(row: Any) -> str:
    word = str(Channel(row.kind).label)
    return _("{way} (intern)").format(way=word) if row.is_internal else word
