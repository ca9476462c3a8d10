"""The page of a household, its address, who moves out."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from stafette.kernel.permissions import Permission
from stafette.people import access, commands, forms, queries
from stafette.people.data import AddressData
from stafette.people.views import wording
from stafette.web.panels import panels_for
from stafette.web.requests import StaffRequest


def detail(request: StaffRequest, pk: UUID) -> HttpResponse:
    """Show who lives together, how to reach them safely, what other rooms know, what happened in order."""
    household = get_object_or_404(access.households_visible_to(request.actor), pk=pk)
    members = list(queries.members_of(actor=request.actor, household_id=pk))
    rows: list[dict[str, Any]] = [
        {
            "member": m,
            "person": m.person,
            "relation": wording.relation_word(m.relation),
            "nationalities": wording.nationalities_of(m.person) if m.person.nationalities else "",
            "languages": queries.languages_of(m.person),
            "contact": wording.contact_of(m.person),
        }
        for m in members
    ]
    context = {
        "household": household,
        "address": household.shown_address,
        "living": [row for row in rows if row["member"].until_on is None],
        "gone": [row for row in rows if row["member"].until_on],
        "panels": panels_for("household", actor=request.actor, subject_id=pk),
        "closings": queries.closings_of(actor=request.actor, household_id=pk),
        "entries": wording.timeline_of(request.actor, pk),
        "may_change": request.actor.may(Permission.PERSON_EDIT, unit=household.unit_id),
    }
    return render(request, "people/household.html", context)


def move(request: StaffRequest, pk: UUID) -> HttpResponse:
    """Give the household another address; the present one of a locked household is not shown."""
    household = get_object_or_404(access.households_visible_to(request.actor), pk=pk)
    shown = household.shown_address
    form = forms.MoveForm(request.POST or None, initial=vars(shown) if shown else {})
    if form.is_valid():
        commands.move_household(
            actor=request.actor,
            household_id=pk,
            address=form.address_out() or AddressData(),
            source=form.cleaned_data["source"],
            source_date=form.cleaned_data["source_date"],
        )
        messages.success(request, _("Die Anschrift ist geändert."))
        return redirect("people:household", pk=pk)
    status = 422 if form.errors else 200
    return render(request, "people/move.html", {"form": form, "household": household}, status=status)


def leave(request: StaffRequest, pk: UUID) -> HttpResponse:
    """Note that somebody moved out."""
    member = get_object_or_404(access.members_visible_to(request.actor).select_related("person"), pk=pk)
    form = forms.LeaveForm(request.POST or None)
    if form.is_valid():
        commands.end_membership(actor=request.actor, member_id=pk, **form.cleaned_data)
        messages.success(request, _("Der Auszug ist vermerkt."))
        return redirect("people:household", pk=member.household_id)
    status = 422 if form.errors else 200
    return render(request, "people/leave.html", {"form": form, "member": member}, status=status)
