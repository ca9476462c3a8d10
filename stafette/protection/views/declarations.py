"""The commitment of a body outside the public service: what is on record, and by its head a new one."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from stafette.accounts.access import units_led_by
from stafette.kernel.clock import today
from stafette.kernel.errors import BadInput
from stafette.kernel.permissions import Permission
from stafette.protection.access import declarations_led_by
from stafette.protection.commands import end_declaration, note_declaration
from stafette.protection.forms.declarations import DeclarationForm
from stafette.protection.queries.declarations import commitment_of, is_bound
from stafette.web.doors import needs
from stafette.web.requests import StaffRequest


@needs(Permission.UNIT_ADMIN)
def declarations(request: StaffRequest, code: str) -> HttpResponse:
    """Show what the body behind one's own unit guaranteed, and note a new paper."""
    unit: Any = get_object_or_404(units_led_by(request.actor), code=code)
    form = DeclarationForm(request.POST or None)
    if form.is_valid():
        try:
            note_declaration(actor=request.actor, unit_id=unit.pk, **form.cleaned_data)
            messages.success(request, _("Die Verpflichtung ist festgehalten."))
            return redirect("protection:declarations", code=code)
        except BadInput as error:
            form.add_error(None, str(error.message))
    context = {"unit": unit, "found": commitment_of(unit.pk, on=today()), "form": form, "today": today()}
    return render(request, "protection/declarations.html", context, status=422 if form.errors else 200)


@require_POST
@needs(Permission.UNIT_ADMIN)
def end(request: StaffRequest, pk: UUID) -> HttpResponse:
    """Let a commitment count no longer."""
    found = get_object_or_404(declarations_led_by(request.actor), pk=pk)
    end_declaration(actor=request.actor, declaration_id=pk)
    if is_bound(found.unit_id, on=today()):
        says = _("Beendet. Heute gilt aber noch eine Verpflichtung: Angaben gehen weiter an diese Stelle.")
        messages.warning(request, says)
    else:
        messages.success(
            request, _("Die Verpflichtung ist beendet. An diese Stelle gehen keine Angaben mehr.")
        )
    return redirect("protection:declarations", code=found.unit.code)
