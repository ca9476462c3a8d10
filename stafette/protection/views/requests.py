"""Requests of police, job centre and other authorities: taken in by the unit, decided by its head."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from stafette.kernel.errors import StafetteError
from stafette.kernel.permissions import Permission
from stafette.protection import words
from stafette.protection.commands.requests import TAKERS, grant_request, refuse_request, take_request
from stafette.protection.forms.requests import RefusalForm, RequestForm
from stafette.protection.queries.requests import asked_of, bodies, household_choices, units_taking, would_tell
from stafette.web.doors import needs
from stafette.web.lists import Column, ListSpec, show_list
from stafette.web.requests import StaffRequest


@needs(*TAKERS)
def requests(request: StaffRequest) -> HttpResponse:
    """List what was asked of the unit and what became of it."""
    spec = ListSpec(
        name="ersuchen",
        title=_("Ersuchen anderer Behörden"),
        order="-received_on",
        page="protection/requests.html",
        empty=_("Noch kein Ersuchen. Nehmen Sie jedes auf, auch wenn Sie es ablehnen."),
        columns=(
            Column("number", _("Nummer"), lambda row: row.number, sort="number", link=_url),
            Column("body", _("Wer fragt"), lambda row: words.party_word(row.body_kind)),
            Column("received", _("Eingang"), lambda row: row.received_on, sort="received_on"),
            Column("what", _("Gefragt"), lambda row: words.category_words(row.categories)),
            Column("state", _("Stand"), lambda row: row.state_word),
        ),
    )
    return show_list(request, spec, asked_of(actor=request.actor))


def _url(row: Any) -> str:
    return f"{row.pk}/"


@needs(*TAKERS)
def take(request: StaffRequest) -> HttpResponse:
    """Take a request in with its reasons."""
    units = units_taking(actor=request.actor, permissions=TAKERS)
    homes = household_choices(actor=request.actor, unit_id=units[0].pk) if len(units) == 1 else []
    form = RequestForm(
        request.POST or None,
        units=[(str(one.pk), one.name) for one in units],
        bodies=[(kind, words.party_word(kind)) for kind in bodies()],
        households=homes,
    )
    if form.is_valid():
        try:
            found = take_request(actor=request.actor, **form.cleaned_data)
            return redirect("protection:request", pk=found.pk)
        except StafetteError as error:
            form.add_error(None, str(error.message))
    context = {"form": form}
    return render(request, "protection/take_request.html", context, status=422 if form.errors else 200)


@needs(*TAKERS)
def request_page(request: StaffRequest, pk: UUID) -> HttpResponse:
    """Show a request, what the rule says today, and to the head the decision."""
    found = get_object_or_404(asked_of(actor=request.actor), pk=pk)
    return render(request, "protection/request.html", _context(request, found))


def _context(request: StaffRequest, found: Any, form: RefusalForm | None = None) -> dict[str, Any]:
    decision = would_tell(found)
    return {
        "asked": found,
        "body": words.party_word(found.body_kind),
        "what": words.category_words(found.categories),
        "decision": decision,
        "tells": words.category_words(decision.allowed),
        "form": form or RefusalForm(),
        "may_decide": found.can("grant") and request.actor.may(Permission.REQUEST_DECIDE, unit=found.unit_id),
    }


def _for_head(request: StaffRequest, pk: UUID) -> Any:
    found = get_object_or_404(asked_of(actor=request.actor), pk=pk)
    if not request.actor.may(Permission.REQUEST_DECIDE, unit=found.unit_id):
        raise PermissionDenied
    return found


@require_POST
@needs(Permission.REQUEST_DECIDE)
def grant(request: StaffRequest, pk: UUID) -> HttpResponse:
    """Answer what the rule allows."""
    _for_head(request, pk)
    grant_request(actor=request.actor, request_id=pk)
    messages.success(request, _("Das Ersuchen ist beantwortet. Die Weitergabe steht im Nachweis."))
    return redirect("protection:request", pk=pk)


@require_POST
@needs(Permission.REQUEST_DECIDE)
def refuse(request: StaffRequest, pk: UUID) -> HttpResponse:
    """Turn it down."""
    found, form = _for_head(request, pk), RefusalForm(request.POST)
    if not form.is_valid():
        return render(request, "protection/request.html", _context(request, found, form), status=422)
    refuse_request(actor=request.actor, request_id=pk, **form.cleaned_data)
    messages.success(
        request, _("Das Ersuchen ist abgelehnt. Wer gefragt hat, erfährt keine Gründe zur Person.")
    )
    return redirect("protection:request", pk=pk)
