"""Hold a deletion up, look at what is held, let it go."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from stafette.kernel.errors import BadInput, RuleBroken
from stafette.kernel.permissions import Permission
from stafette.people.access import households_visible_to
from stafette.retention import access, commands, forms, queries
from stafette.retention.words import kind_word
from stafette.web.doors import needs
from stafette.web.requests import StaffRequest


@needs(Permission.RETENTION_VIEW)
def index(request: StaffRequest) -> HttpResponse:
    """Show what is held up in the actor's units, with reason and end."""
    context = {
        "holds": queries.holds(actor=request.actor),
        "may_edit": request.actor.may(Permission.RETENTION_EDIT),
    }
    return render(request, "retention/holds.html", context)


@needs(Permission.RETENTION_EDIT)
def hold(request: StaffRequest, pk: UUID) -> HttpResponse:
    """Hold up the deletion of an announced record: itself, or the file to which it belongs."""
    row = queries.one_announced(actor=request.actor, pk=pk)
    if row is None:
        raise Http404
    kind, object_id = queries.file_of(actor=request.actor, row=row)
    return _form(request, kind, object_id, kind_word(row.kind))


@needs(Permission.RETENTION_EDIT)
def hold_file(request: StaffRequest, household_id: UUID) -> HttpResponse:
    """Hold up the deletion of a whole file before it is announced."""
    household = get_object_or_404(households_visible_to(request.actor), pk=household_id)
    return _form(request, "people.Household", household.pk, str(household))


def _form(request: StaffRequest, kind: str, object_id: UUID, name: str) -> HttpResponse:
    form = forms.HoldForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            commands.hold_up(actor=request.actor, kind=kind, object_id=object_id, **form.cleaned_data)
        except (BadInput, RuleBroken) as problem:
            form.add_error(None, str(problem))
        else:
            messages.success(
                request, _("Das Löschen ist aufgehalten, bis zu dem Tag, den Sie genannt haben.")
            )
            return redirect("retention:holds")
    context = {"form": form, "name": name, "kind": kind_word(kind)}
    return render(request, "retention/hold.html", context, status=422 if form.errors else 200)


@require_POST
def lift(request: StaffRequest, pk: UUID) -> HttpResponse:
    """End a hold."""
    get_object_or_404(access.holds_visible_to(request.actor), pk=pk)
    commands.lift_hold(actor=request.actor, hold_id=pk)
    messages.success(
        request, _("Das Löschen ist nicht länger aufgehalten. Was fällig ist, geht in der Nacht.")
    )
    return redirect("retention:holds")
