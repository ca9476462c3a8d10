"""Consents of a household: look at them, withdraw them."""

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
from stafette.protection import access, commands, queries, wording
from stafette.web.requests import StaffRequest


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
