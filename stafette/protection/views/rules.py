"""The flow rules for everybody, and the log of what was passed on."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from stafette.kernel.permissions import Permission
from stafette.protection import forms, queries
from stafette.protection.data import Category, Mode
from stafette.web.doors import needs
from stafette.web.lists import Column, ListSpec, show_list
from stafette.web.requests import StaffRequest

LABELS = dict(Category.choices)


@needs(Permission.UNIT_VIEW)
def rules(request: StaffRequest) -> HttpResponse:
    """Show every rule that holds today, with norm and reason: the law is no secret of the house."""
    shown = [
        {
            "rule": rule,
            "senders": ", ".join(sorted(rule.senders)).replace("*", _("alle")),
            "receivers": ", ".join(sorted(rule.receivers)).replace("*", _("alle")),
            "free": [LABELS[one] for one in Category.values if one in rule.categories],
            "consented": [LABELS[one] for one in Category.values if one in rule.consent_categories],
        }
        for rule in queries.running_rules()
    ]
    return render(request, "protection/rules.html", {"rules": shown})


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
        columns=(
            Column("at", _("Wann"), lambda row: row.at, sort="at"),
            Column("reference", _("Übergabe"), lambda row: row.reference, sort="reference"),
            Column("unit", _("Von"), lambda row: row.unit.short_name),
            Column("receiver", _("An"), lambda row: row.receiver_name),
            Column("purpose", _("Zweck"), lambda row: row.purpose),
            Column("basis", _("Grundlage"), lambda row: f"{Mode(row.mode).label} ({row.rule})"),
            Column("norm", _("Norm"), lambda row: row.norm),
            Column(
                "what", _("Kategorien"), lambda row: ", ".join(str(LABELS[one]) for one in row.categories)
            ),
            Column("count", _("Personen"), lambda row: row.person_count),
        ),
    )
    return show_list(request, spec, queries.disclosures(actor=request.actor))
