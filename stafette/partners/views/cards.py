"""The page of one question: what travels and why, its answer, its steps."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from stafette.kernel.permissions import Permission
from stafette.partners import access, commands, forms, queries, words
from stafette.web.doors import needs
from stafette.web.requests import StaffRequest
from stafette.web.responses import page_or_partial, wants_partial

PAGE, CARD = "partners/request.html", "partners/partials/card.html"


@dataclass(frozen=True)
class Step:
    """A step that the card offers: address, command, the button's look and a question before it."""

    path: str
    command: Callable[..., Any]
    kind: str = "secondary"
    confirm: Any = ""


STEPS: dict[str, Step] = {
    "send": Step("senden", commands.send_request, "primary"),
    "fill": Step("inhalt", commands.fill_request, "primary"),
    "leave_out": Step("weglassen", commands.leave_out),
    "close": Step("gelesen", commands.close_request, "primary"),
    "renew": Step("neuer-link", commands.renew_request),
    "give_up": Step(
        "beenden",
        commands.give_up_request,
        "tertiary",
        _("Nicht länger auf eine Antwort warten? Der Link gilt dann nicht mehr."),
    ),
    "withdraw": Step(
        "zurueckziehen",
        commands.withdraw_request,
        "tertiary",
        _("Die Anfrage zurückziehen? Ihr Inhalt wird gelöscht und der Link gilt nicht mehr."),
    ),
}


@needs(Permission.REFERRAL_VIEW)
def detail(request: StaffRequest, pk: UUID) -> HttpResponse:
    """Show state, dates, exactly what travels, the answer, and what may be done now."""
    return page_or_partial(request, PAGE, CARD, _context(request, pk))


@require_POST
@needs(Permission.REFERRAL_SEND)
def step(request: StaffRequest, pk: UUID, name: str) -> HttpResponse:
    """Take one step; the answer is the page, or the card alone for htmx."""
    form = _step_form(request, pk)
    STEPS[name].command(actor=request.actor, request_id=pk, **form.cleaned_data)
    if not wants_partial(request):
        return redirect("partners:request", pk=pk)
    return page_or_partial(request, PAGE, CARD, _context(request, pk))


@require_POST
@needs(Permission.REFERRAL_SEND)
def code(request: StaffRequest, pk: UUID) -> HttpResponse:
    """Make the code and show it in this answer only: it is kept nowhere in clear."""
    form = _step_form(request, pk)
    made = commands.make_code(actor=request.actor, request_id=pk, **form.cleaned_data)
    return page_or_partial(request, PAGE, CARD, _context(request, pk) | {"code": f"{made[:3]} {made[3:]}"})


def _step_form(request: StaffRequest, pk: UUID) -> forms.StepForm:
    found = get_object_or_404(access.visible_to(request.actor), pk=pk)
    if not request.actor.may(Permission.REFERRAL_SEND, unit=found.unit_id):
        raise PermissionDenied
    form = forms.StepForm(request.POST)
    form.is_valid()
    form.cleaned_data.setdefault("version", None)
    return form


def _context(request: StaffRequest, pk: UUID) -> dict[str, Any]:
    rows = access.visible_to(request.actor).select_related(
        *("unit__authority", "partner", "responsible_user", "responsible_unit", "escalation_unit"),
        *("household", "person"),
    )
    card = queries.card(actor=request.actor, request=get_object_or_404(rows, pk=pk))
    actions = [
        {
            "name": name,
            "label": words.MOVE_NAMES[name],
            "kind": chosen.kind,
            "confirm": chosen.confirm,
        }
        for name, chosen in STEPS.items()
        if name in card.actions
    ]
    return {
        "card": card,
        "asked": card.request,
        "actions": actions,
        "code_label": words.MOVE_NAMES["code"],
        "link_word": words.LINK_STATES.get(card.link_state, ""),
    }
