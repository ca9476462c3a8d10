"""The page of an offer: shall this unit lead from now on?"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from stafette.referrals import access, commands, forms, queries
from stafette.web.requests import StaffRequest

STEPS: dict[str, tuple[str, Callable[..., Any], Any]] = {
    "accept": (
        "uebernehmen",
        commands.accept_lead,
        gettext_lazy("Ihre Stelle führt jetzt. Spätere Nachfragen liegen bei Ihnen."),
    ),
    "refuse": (
        "nicht-uebernehmen",
        commands.refuse_lead,
        gettext_lazy("Abgelehnt. Die Federführung bleibt bei der anderen Stelle."),
    ),
    "withdraw": (
        "zurueckziehen",
        commands.withdraw_offer,
        gettext_lazy("Zurückgezogen. Die Federführung bleibt bei Ihrer Stelle."),
    ),
}


def detail(request: StaffRequest, pk: UUID) -> HttpResponse:
    """Show who offers the lead of which referral to whom, why, and until when it is to be answered."""
    offer = get_object_or_404(access.transfers_visible_to(request.actor), pk=pk)
    card = queries.offer_card(actor=request.actor, offer_id=offer.pk)
    return render(request, "referrals/transfer.html", {"card": card, "offer": card.offer})


@require_POST
def step(request: StaffRequest, pk: UUID, name: str) -> HttpResponse:
    """Accept, refuse or withdraw the offer."""
    get_object_or_404(access.transfers_visible_to(request.actor), pk=pk)
    if name not in queries.offer_card(actor=request.actor, offer_id=pk).side:
        raise PermissionDenied
    form = forms.StepForm(request.POST)
    _path, command, said = STEPS[name]
    if form.is_valid():
        command(actor=request.actor, offer_id=pk, **form.cleaned_data)
        messages.success(request, said)
    return redirect("referrals:transfer", pk=pk)
