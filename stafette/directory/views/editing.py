"""Write a service, a provider, a place: new, or in place of what it says."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from stafette.directory import commands, forms, queries
from stafette.directory import data as d
from stafette.directory.books import books_of
from stafette.directory.reading import location_data, organization_data, service_data
from stafette.directory.views.doors import EDIT
from stafette.kernel.errors import BadInput
from stafette.web.doors import needs
from stafette.web.requests import StaffRequest


def _names() -> dict[str, dict[str, str]]:
    units = queries.unit_codes()
    providers, places = queries.organization_codes(), queries.location_codes()
    return {"organization": providers, "location": places, "keeper": units, "unit": units}


@needs(EDIT)
def add_service(request: StaffRequest) -> HttpResponse:
    """A new service; whoever comes from a provider's page has it filled in."""
    base = d.ServiceData(code="", organization=request.GET.get("traeger", ""), name="", languages=("de",))
    form = forms.ServiceForm(request.POST or None, base=base, names=_names())
    if form.is_valid():
        entry = replace(form.entry(), code=queries.new_code("service", form.cleaned_data["name"]))
        phones = [one.number for one in entry.phones]
        similar = queries.similar_services(name=entry.name, phones=phones, organization=entry.organization)
        if _goes_on(form, similar) and _save_service(request, form, entry):
            messages.success(request, _("Das Angebot steht jetzt im Verzeichnis."))
            return redirect("directory:service", code=entry.code)
        return _form(request, form, _("Neues Angebot"), "services", similar=similar)
    return _form(request, form, _("Neues Angebot"), "services")


@needs(EDIT)
def change_service(request: StaffRequest, code: str) -> HttpResponse:
    """Everything about a service on one page."""
    row = get_object_or_404(queries.service_entries(), code=code)
    latest = queries.latest_number(row.pk)
    form = forms.ServiceForm(request.POST or None, base=service_data(row), latest=latest, names=_names())
    if form.is_valid() and _save_service(request, form, form.entry()):
        messages.success(request, _("Das Angebot ist gespeichert."))
        return redirect("directory:service", code=code)
    return _form(request, form, row.name, "services", back=reverse("directory:service", args=[code]))


def _save_service(request: StaffRequest, form: forms.ServiceForm, entry: d.ServiceData) -> bool:
    """Write the service, with its new place where one was typed."""
    provider = queries.organizations().filter(code=entry.organization).first()
    new = form.new_place()
    write: Callable[..., Any] = commands.put_service
    if new:
        write = partial(commands.put_service_at_new_place, place=new[0], hours=new[1])
    return _save(request, form, write, provider, entry)


@needs(EDIT)
def add_organization(request: StaffRequest) -> HttpResponse:
    """A new provider, employer, school, landlord, club."""
    base = d.OrganizationData(code="", name="")
    form = forms.OrganizationForm(request.POST or None, base=base, names=_names())
    if form.is_valid():
        entry = replace(form.entry(), code=queries.new_code("organization", form.cleaned_data["name"]))
        similar = queries.similar_organizations(name=entry.name, phones=[one.number for one in entry.phones])
        if _goes_on(form, similar) and _save_organization(request, form, entry):
            messages.success(request, _("Der Träger steht jetzt im Verzeichnis."))
            return redirect("directory:organization", code=entry.code)
        return _form(request, form, _("Neuer Träger"), "organizations", similar=similar)
    return _form(request, form, _("Neuer Träger"), "organizations")


@needs(EDIT)
def change_organization(request: StaffRequest, code: str) -> HttpResponse:
    """Everything about a provider."""
    row = get_object_or_404(queries.organization_entries(), code=code)
    form = forms.OrganizationForm(
        request.POST or None,
        base=organization_data(row),
        latest=queries.latest_number(row.pk),
        names=_names(),
    )
    if form.is_valid() and _save_organization(request, form, form.entry()):
        messages.success(request, _("Der Träger ist gespeichert."))
        return redirect("directory:organization", code=code)
    return _form(
        request, form, row.name, "organizations", back=reverse("directory:organization", args=[code])
    )


def _save_organization(request: StaffRequest, form: Any, entry: d.OrganizationData) -> bool:
    known = queries.organizations().filter(code=entry.code).first()
    return _save(request, form, commands.put_organization, known, entry)


@needs(EDIT)
def add_location(request: StaffRequest) -> HttpResponse:
    """A new place."""
    base = d.LocationData(code="", organization=request.GET.get("traeger", ""))
    form = forms.LocationForm(request.POST or None, base=base, names=_names())
    if form.is_valid():
        entry = form.entry()
        entry = replace(entry, code=queries.new_code("location", entry.name or entry.address_1))
        similar = queries.similar_locations(address=entry.address_1, postal_code=entry.postal_code)
        if _goes_on(form, similar) and _save_location(request, form, entry):
            messages.success(request, _("Der Ort steht jetzt im Verzeichnis."))
            return redirect("directory:location", code=entry.code)
        return _form(request, form, _("Neuer Ort"), "locations", similar=similar)
    return _form(request, form, _("Neuer Ort"), "locations")


@needs(EDIT)
def change_location(request: StaffRequest, code: str) -> HttpResponse:
    """Everything about a place."""
    row = get_object_or_404(queries.location_entries(), code=code)
    form = forms.LocationForm(
        request.POST or None, base=location_data(row), latest=queries.latest_number(row.pk), names=_names()
    )
    if form.is_valid() and _save_location(request, form, form.entry()):
        messages.success(request, _("Der Ort ist gespeichert."))
        return redirect("directory:location", code=code)
    return _form(request, form, str(row), "locations", back=reverse("directory:location", args=[code]))


def _save_location(request: StaffRequest, form: Any, entry: d.LocationData) -> bool:
    provider = queries.organizations().filter(code=entry.organization).first()
    return _save(request, form, commands.put_location, provider, entry)


def _save(request: StaffRequest, form: Any, write: Callable[..., Any], provider: Any, entry: Any) -> bool:
    """Write an entry into the books of its provider's unit; what the command refuses stands in the form."""
    try:
        write(actor=request.actor, unit_id=books_of(provider), data=entry)
    except BadInput as error:
        form.add_error(None, error.message)
    return not form.errors


def _goes_on(form: Any, similar: list[Any]) -> bool:
    """Whether to save a new entry: nothing alike is there, or somebody looked and says it is another one."""
    return not similar or bool(form.cleaned_data.get("trust"))


def _form(request: StaffRequest, form: Any, title: str, up: str, **more: Any) -> HttpResponse:
    lists = {
        "services": (_("Angebote"), reverse("directory:services")),
        "organizations": (_("Träger"), reverse("directory:organizations")),
        "locations": (_("Orte"), reverse("directory:locations")),
    }
    wrong = bool(form.is_bound and (form.errors or form.row_errors or more.get("similar")))
    context = {
        "form": form,
        "title": title,
        "up_text": lists[up][0],
        "up_url": lists[up][1],
        "names": _names(),
    }
    return render(request, "directory/entry_form.html", context | more, status=422 if wrong else 200)
