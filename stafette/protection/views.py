"""Flow rules for everybody, consents of a household, and the log of what was passed on."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from stafette.kernel.permissions import Permission
from stafette.people.access import households_visible_to
from stafette.protection import access, commands, forms, queries, wording
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


def household(request: StaffRequest, household_id: UUID) -> HttpResponse:
    """Show what a household agreed to, what has ended, and let it be withdrawn."""
    found = get_object_or_404(households_visible_to(request.actor), pk=household_id)
    if not request.actor.may(Permission.CONSENT_VIEW):
        raise PermissionDenied
    consents = list(queries.consents_of(actor=request.actor, household_id=household_id))
    return render(request, "protection/household.html", {"household": found, "consents": consents})


def consent(request: StaffRequest, pk: UUID) -> HttpResponse:
    """Show one consent as it was read: in German and in the language of the talk."""
    found = get_object_or_404(
        access.consents_visible_to(request.actor).select_related("receiver", "household"), pk=pk
    )
    facts: dict[str, Any] = {
        "receiver": found.receiver_name,
        "purpose": found.purpose,
        "categories": found.categories,
    }
    context = {
        "consent": found,
        "german": wording.sheet(wording.GERMAN, **facts),
        "foreign": wording.sheet(found.language, **facts) if found.language != wording.GERMAN else None,
        "people": queries.people_of(found),
        "may_withdraw": request.actor.may(Permission.CONSENT_EDIT, unit=found.unit_id),
    }
    return render(request, "protection/consent.html", context)


@require_POST
def withdraw(request: StaffRequest, pk: UUID) -> HttpResponse:
    """Withdraw a consent with one click; what hangs on it ends at once."""
    found = get_object_or_404(access.consents_visible_to(request.actor), pk=pk)
    commands.withdraw_consent(actor=request.actor, consent_id=pk)
    messages.success(
        request, _("Die Einwilligung ist widerrufen. Was noch nicht angenommen war, ist gelöscht.")
    )
    return redirect("protection:household", household_id=found.household_id)


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
