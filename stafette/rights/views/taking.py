"""A new request: from a household, from a person, or from somebody who is not found yet."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from stafette.kernel.permissions import Permission
from stafette.rights import commands, forms, queries
from stafette.web.doors import needs
from stafette.web.requests import StaffRequest


@needs(Permission.RIGHTS_EDIT)
def take_in(request: StaffRequest) -> HttpResponse:
    """Somebody asks who is not found in the unit's books, or not yet."""
    units = queries.own_units(actor=request.actor)
    return _form(request, units=units, persons=[], back_url=reverse("rights:list"))


@needs(Permission.RIGHTS_EDIT)
def for_household(request: StaffRequest, household_id: UUID) -> HttpResponse:
    """Somebody of a household asks: which one is one click."""
    persons = queries.persons_of_household(actor=request.actor, household_id=household_id)
    if not persons:
        raise Http404
    back_url = reverse("people:household", args=[household_id])
    return _form(request, units=_unit_of(request, UUID(persons[0][0])), persons=persons, back_url=back_url)


@needs(Permission.RIGHTS_EDIT)
def for_person(request: StaffRequest, person_id: UUID) -> HttpResponse:
    """A person asks whose page is open."""
    persons = queries.person_choices(actor=request.actor, person_id=person_id)
    if not persons:
        raise Http404
    back_url = reverse("people:person", args=[person_id])
    return _form(request, units=_unit_of(request, person_id), persons=persons, back_url=back_url)


def _unit_of(request: StaffRequest, person_id: UUID) -> list[tuple[str, str]]:
    """The unit in whose books the person stands; 404 where one takes no requests in there."""
    person = queries.person_of_new(actor=request.actor, person_id=person_id)
    units = [
        one for one in queries.own_units(actor=request.actor) if person and one[0] == str(person.unit_id)
    ]
    if not units:
        raise Http404
    return units


def _form(request: StaffRequest, *, units: list[Any], persons: list[Any], back_url: str) -> HttpResponse:
    kind = request.GET.get("art", "")
    form = forms.TakeInForm(request.POST or None, units=units, persons=persons, initial={"kind": kind})
    if form.is_valid():
        made = commands.take_in_request(actor=request.actor, **form.cleaned_data)
        messages.success(request, _("Der Antrag ist aufgenommen. Die Frist läuft."))
        return redirect("rights:request", pk=made.pk)
    context = {"form": form, "back_url": back_url, "persons": persons}
    return render(request, "rights/take_in.html", context, status=422 if form.errors else 200)
