"""A correction that another unit proposes: look, pick the person, decide."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from stafette.kernel.permissions import Permission
from stafette.rights import access, commands, forms, queries
from stafette.web.doors import needs
from stafette.web.requests import StaffRequest

PAGE = "rights/proposal.html"


@needs(Permission.RIGHTS_VIEW)
def detail(request: StaffRequest, pk: UUID) -> HttpResponse:
    """Show what is proposed, by whom, and since when it is so."""
    return render(request, PAGE, _context(request, pk))


@require_POST
@needs(Permission.RIGHTS_EDIT)
def take(request: StaffRequest, pk: UUID) -> HttpResponse:
    """Take the correction over for the person that was picked."""
    context = _context(request, pk, request.POST)
    if not context["form"].is_valid():
        return render(request, PAGE, context, status=422)
    commands.take_proposal(actor=request.actor, proposal_id=pk, **context["form"].cleaned_data)
    messages.success(request, _("Die Berichtigung ist übernommen."))
    return redirect(context["back_url"])


@require_POST
@needs(Permission.RIGHTS_EDIT)
def leave(request: StaffRequest, pk: UUID) -> HttpResponse:
    """Keep one's own value."""
    context = _context(request, pk)
    form = forms.VersionForm(request.POST)
    version = form.cleaned_data["version"] if form.is_valid() else None
    commands.leave_proposal(actor=request.actor, proposal_id=pk, version=version)
    messages.success(request, _("Der Vorschlag ist nicht übernommen."))
    return redirect(context["back_url"])


def _context(request: StaffRequest, pk: UUID, data: Any = None) -> dict[str, Any]:
    rows = access.proposals_visible_to(request.actor).select_related("referral", "from_unit", "to_unit")
    proposal = get_object_or_404(rows, pk=pk)
    card = queries.proposal_card(actor=request.actor, proposal=proposal)
    initial = {"version": proposal.version, "person_id": card.likely}
    here = card.household_id
    return {
        "card": card,
        "proposal": proposal,
        "form": forms.TakeProposalForm(data, persons=card.persons, initial=initial),
        "back_url": reverse("people:household", args=[here]) if here else reverse("rights:list"),
    }
