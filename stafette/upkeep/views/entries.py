"""The page on which a provider keeps its entries true, the same by link and by account. GET changes nothing."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from stafette.directory.commands import confirm_service, propose_entry, set_room
from stafette.kernel.actor import Actor
from stafette.kernel.errors import BadInput
from stafette.upkeep import forms
from stafette.upkeep.proposing import changed_entry, ended_entry, new_entry, provider_word
from stafette.upkeep.queries import whole_entry
from stafette.upkeep.queries.own import Entry, own_entries, own_organization, own_service


@dataclass(frozen=True)
class Way:
    """By which way somebody came: the addresses and templates of the page, and what is added to each answer."""

    actor: Actor
    page: str
    change: Callable[[UUID], str]
    add: Callable[[UUID], str]
    template: str
    finish: Callable[[HttpResponse], HttpResponse] = lambda response: response


def show_entries(request: HttpRequest, way: Way) -> HttpResponse:
    """Show all entries, or do what a button says."""
    if request.method == "POST":
        return way.finish(_act(request, way))
    return _page(request, way)


def show_change(request: HttpRequest, way: Way, pk: UUID) -> HttpResponse:
    """Take what has changed and keep it as a proposal for the editors."""
    entry = _entry(way, pk)
    form = forms.ChangeForm(request.POST or None, initial=_initial(entry))
    if request.method == "POST" and form.is_valid():
        data, note = changed_entry(whole_entry(pk), form.changes)
        _propose(way, entry, data, note)
        return way.finish(redirect(_place(way, pk)))
    context = {"form": form, "entry": entry, "back": way.page}
    answer = render(request, "upkeep/change.html", context, status=422 if form.errors else 200)
    return way.finish(answer)


def show_new(request: HttpRequest, way: Way, pk: UUID) -> HttpResponse:
    """Take a service that is not in the directory yet as a proposal for the editors."""
    organization = own_organization(actor=way.actor, organization_id=pk)
    if organization is None:
        raise Http404
    form = forms.NewForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        data, note = new_entry(organization.code, form.cleaned_data)
        propose_entry(actor=way.actor, organization_id=pk, data=data, note=note, source="provider")
        return way.finish(redirect(way.page))
    context = {"form": form, "name": organization.name, "back": way.page}
    return way.finish(render(request, "upkeep/new.html", context, status=422 if form.errors else 200))


def _act(request: HttpRequest, way: Way) -> HttpResponse:
    step = request.POST.get("step", "")
    if step == "confirm_all":
        for found in own_entries(actor=way.actor):
            for one in found.entries:
                confirm_service(actor=way.actor, service_id=one.pk, by=provider_word())
        return redirect(way.page)
    entry = _entry(way, _id(request.POST.get("service", "")))
    if step == "room":
        return _room(request, way, entry)
    if step == "confirm":
        confirm_service(actor=way.actor, service_id=entry.pk, by=provider_word())
        return _thanked(request, way, entry)
    if step == "gone":
        _propose(way, entry, ended_entry(whole_entry(entry.pk)), _("Dieses Angebot gibt es nicht mehr."))
    else:
        raise BadInput(_("Bitte laden Sie die Seite neu und drücken Sie noch einmal."))
    return redirect(_place(way, entry.pk))


def _thanked(request: HttpRequest, way: Way, entry: Entry) -> HttpResponse:
    """Lead to the top, where the thanks stand and, below them, what is still to be confirmed."""
    messages.success(request, _("Danke, „{name}“ ist bestätigt.").format(name=entry.service.name))
    return redirect(f"{way.page}#messages")


def _room(request: HttpRequest, way: Way, entry: Entry) -> HttpResponse:
    """How much room there is holds at once; nobody needs to check it."""
    form = forms.RoomForm(request.POST, auto_id=_auto_id(entry))
    if not form.is_valid():
        return _page(request, way, wrong={entry.pk: form})
    set_room(actor=way.actor, service_id=entry.pk, **form.cleaned_data)
    return redirect(_place(way, entry.pk))


def _page(request: HttpRequest, way: Way, wrong: dict[UUID, forms.RoomForm] | None = None) -> HttpResponse:
    own = own_entries(actor=way.actor)
    groups = [
        {
            "organization": found.organization,
            "open_count": found.open_count,
            "new": found.new,
            "add_url": way.add(found.organization.pk),
            "rows": [_row(way, one, (wrong or {}).get(one.pk)) for one in found.entries],
        }
        for found in own
    ]
    context = {"groups": groups, "page": way.page, "open_count": sum(one.open_count for one in own)}
    return way.finish(render(request, way.template, context, status=422 if wrong else 200))


def _row(way: Way, entry: Entry, wrong: forms.RoomForm | None) -> dict[str, Any]:
    service = entry.service
    initial = {"room": service.room, "waiting_weeks": service.waiting_weeks, "available": entry.available}
    form = wrong or forms.RoomForm(initial=initial, auto_id=_auto_id(entry))
    return {"entry": entry, "form": form, "change_url": way.change(entry.pk), "is_wrong": wrong is not None}


def _initial(entry: Entry) -> dict[str, Any]:
    card, service = entry.card, entry.service
    return {
        "hours": card.hours,
        "phone": card.phone,
        "email": card.email,
        "website": card.website,
        "address": card.address,
        "languages": list(service.languages),
        "documents": "\n".join(card.documents),
        "fees": service.fees,
        "description": service.description,
    }


def _propose(way: Way, entry: Entry, data: dict[str, Any], note: str) -> None:
    propose_entry(
        actor=way.actor,
        organization_id=entry.service.organization_id,
        service_id=entry.pk,
        data=data,
        note=note,
        source="provider",
    )


def _entry(way: Way, pk: UUID) -> Entry:
    found = own_service(actor=way.actor, service_id=pk)
    if found is None:
        raise Http404
    return found


def _id(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError as error:
        raise Http404 from error


def _place(way: Way, pk: UUID) -> str:
    return f"{way.page}#angebot-{pk}"


def _auto_id(entry: Entry) -> str:
    return f"id_{entry.pk}_%s"
