"""Agreeing at the counter, and withdrawing at whatever unit one happens to stand in."""

from __future__ import annotations

from typing import Any
from uuid import UUID, uuid4

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from stafette.kernel.permissions import Permission
from stafette.people.access import households_visible_to
from stafette.protection import agreeing, commands, forms, printing, queries, receipts
from stafette.protection.kinds import Kind
from stafette.web import pdf
from stafette.web.doors import needs
from stafette.web.ratelimit import limited
from stafette.web.requests import StaffRequest
from stafette.web.responses import file_response


def agree(request: StaffRequest, household_id: UUID, kind: str) -> HttpResponse:
    """Read the text together in two languages, keep what was ticked: one consent per receiver."""
    found = get_object_or_404(
        households_visible_to(request.actor).select_related("unit__authority"), pk=household_id
    )
    if kind not in Kind.values:
        raise Http404
    if not request.actor.may(Permission.CONSENT_EDIT, unit=found.unit_id):
        raise PermissionDenied
    asked = agreeing.asked(request.actor, found, Kind(kind), request.GET.get("sprache", ""))
    form = forms.AgreeForm(
        request.POST or None, kind=asked.kind, choices=asked.choices, initial=asked.initial | {"key": uuid4()}
    )
    if form.is_valid():
        given = commands.give_consents(
            actor=request.actor, **agreeing.arguments(asked, found, form.cleaned_data)
        )
        messages.success(request, _("Festgehalten. Geben Sie der Person den Beleg mit."))
        return redirect("protection:consent", pk=given[0].pk)
    context: dict[str, Any] = {"household": found, "asked": asked, "form": form}
    return render(request, "protection/agree.html", context, status=422 if form.errors else 200)


@needs(Permission.CONSENT_EDIT)
@limited("withdraw-by-number", per_minute=10)
def withdraw_by_number(request: StaffRequest) -> HttpResponse:
    """Take a withdrawal down for any unit: the same page, the same answer for every number."""
    form = forms.WithdrawByNumberForm(request.POST or None, initial={"key": uuid4(), "language": "de"})
    if form.is_valid():
        unit = sorted(request.actor.units(Permission.CONSENT_EDIT))[0]
        note = commands.note_withdrawal(actor=request.actor, unit_id=unit, **form.cleaned_data)
        return redirect("protection:withdrawal", pk=note.pk)
    status = 422 if form.errors else 200
    context = {"form": form, "papers": printing.papers()}
    return render(request, "protection/withdraw.html", context, status=status)


@needs(Permission.CONSENT_EDIT)
def withdrawal(request: StaffRequest, pk: UUID) -> HttpResponse:
    """Say what happens now, and offer the receipt."""
    note = get_object_or_404(queries.withdrawal_notes(actor=request.actor), pk=pk)
    return render(request, "protection/withdrawal.html", {"note": note})


@needs(Permission.CONSENT_EDIT)
def withdrawal_receipt(request: StaffRequest, pk: UUID) -> HttpResponse:
    """The receipt of the withdrawal, in the person's language and in German."""
    note = get_object_or_404(queries.withdrawal_notes(actor=request.actor), pk=pk)
    content = receipts.withdrawal_pdf(queries.withdrawal_facts(note))
    return file_response(content, name=f"widerruf-{note.number}.pdf", kind=pdf.KIND)
