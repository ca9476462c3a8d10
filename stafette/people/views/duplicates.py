"""Possible duplicates: a list, a comparison, a merge by hand, and the way back."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from stafette.kernel.permissions import Permission
from stafette.people import access, commands, forms, queries
from stafette.web import readings
from stafette.web.doors import needs
from stafette.web.requests import StaffRequest

SHOWN = 100


@needs(Permission.PERSON_VIEW)
def index(request: StaffRequest) -> HttpResponse:
    """Show the pairs that wait for a human, the likeliest first."""
    found = list(queries.open_proposals(actor=request.actor)[:SHOWN])
    readings.note_list(request, found)
    context = {
        "proposals": found,
        "may_merge": request.actor.may(Permission.PERSON_MERGE),
        "tab": "open",
    }
    return render(request, "people/duplicates.html", context)


@needs(Permission.PERSON_VIEW)
def merged(request: StaffRequest) -> HttpResponse:
    """Show what was merged, with the way back."""
    found = list(queries.merges(actor=request.actor)[:SHOWN])
    readings.note_list(request, found)
    context = {
        "merges": found,
        "may_merge": request.actor.may(Permission.PERSON_MERGE),
        "tab": "merged",
    }
    return render(request, "people/merges.html", context)


@require_POST
@needs(Permission.PERSON_MERGE)
def propose(request: StaffRequest) -> HttpResponse:
    """Look for new pairs in every unit in which the actor may merge."""
    units = request.actor.units(Permission.PERSON_MERGE)
    count = sum(commands.propose_duplicates(actor=request.actor, unit=unit) for unit in sorted(units))
    text = ngettext("%(count)d neues Paar gefunden.", "%(count)d neue Paare gefunden.", count) % {
        "count": count
    }
    messages.info(request, text)
    return redirect("people:duplicates")


def compare(request: StaffRequest, pk: UUID, other: UUID) -> HttpResponse:
    """Show two persons side by side; by POST merge them as the human says."""
    persons = access.visible_to(request.actor).filter(merged_into=None)
    left, right = get_object_or_404(persons, pk=pk), get_object_or_404(persons, pk=other)
    form = forms.MergeForm(request.POST or None, left=left.full_name, right=right.full_name)
    if form.is_valid():
        kept, dropped = (left, right) if form.cleaned_data["keep"] == "left" else (right, left)
        take = tuple(form.cleaned_data["take"])
        commands.merge_persons(actor=request.actor, kept_id=kept.pk, dropped_id=dropped.pk, take=take)
        messages.success(
            request, _("Zusammengeführt. Unter „Zusammengeführt“ können Sie das rückgängig machen.")
        )
        return redirect("people:person", pk=kept.pk)
    context = {
        "left": left,
        "right": right,
        "form": form,
        "lines": queries.comparison(queries.data_of(left), queries.data_of(right)),
        "proposal": queries.proposal_of(actor=request.actor, one=pk, other=other),
        "may_merge": request.actor.may(Permission.PERSON_MERGE, unit=left.unit_id),
    }
    return render(request, "people/compare.html", context, status=422 if form.errors else 200)


@require_POST
def dismiss(request: StaffRequest, pk: UUID) -> HttpResponse:
    """Say that two records are two humans."""
    get_object_or_404(access.proposals_visible_to(request.actor), pk=pk)
    commands.dismiss_proposal(actor=request.actor, proposal_id=pk)
    messages.success(request, _("Vermerkt: Das sind verschiedene Personen."))
    return redirect("people:duplicates")


@require_POST
def undo(request: StaffRequest, pk: UUID) -> HttpResponse:
    """Take a merge back."""
    get_object_or_404(access.merges_visible_to(request.actor), pk=pk)
    commands.undo_merge(actor=request.actor, merge_id=pk)
    messages.success(request, _("Rückgängig gemacht: Beide Personen stehen wieder für sich."))
    return redirect("people:merges")
