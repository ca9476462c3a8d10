"""Sealed notes: write, read, change, delete, name who reads in one's stead. Every page is quiet (web/quiet.py)."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from stafette.casework import access, commands, forms, queries
from stafette.casework.printing import note_sheet
from stafette.kernel.permissions import Permission
from stafette.people.access import households_visible_to
from stafette.people.queries import members_of
from stafette.protection.commands.own import log_own
from stafette.protection.data import Channel
from stafette.web.doors import needs
from stafette.web.quiet import quiet
from stafette.web.requests import StaffRequest
from stafette.web.responses import file_response


@needs(Permission.SEALED_VIEW)
def index(request: StaffRequest) -> HttpResponse:
    """List one's own notes by day, those without a deputy first, without opening any."""
    notes = list(queries.own_notes(actor=request.actor))
    context = {
        "own": [note for note in notes if note.author_id == request.actor.id],
        "others": [note for note in notes if note.author_id != request.actor.id],
    }
    return render(request, "casework/index.html", context)


@quiet
def write(request: StaffRequest, household_id: UUID) -> HttpResponse:
    """Put something new under seal."""
    household = get_object_or_404(households_visible_to(request.actor), pk=household_id)
    if not request.actor.may(Permission.SEALED_EDIT, unit=household.unit_id):
        raise PermissionDenied
    queries.key_in_use(household.unit_id)
    people = members_of(actor=request.actor, household_id=household_id)
    persons = [(member.person_id, member.person.full_name) for member in people]
    form = forms.WriteForm(request.POST if request.method == "POST" else None, persons=persons)
    if form.is_valid():
        note = commands.write_note(actor=request.actor, household_id=household_id, **form.cleaned_data)
        messages.success(request, _("Der Vermerk ist verschlossen. Lesen können ihn nur Sie."))
        return redirect("casework:note", pk=note.pk)
    context = {"household": household, "form": form}
    return render(request, "casework/write.html", context, status=422 if form.errors else 200)


@quiet
def detail(request: StaffRequest, pk: UUID) -> HttpResponse:
    """Open a note; the log of readings keeps that it was opened."""
    get_object_or_404(access.notes_visible_to(request.actor), pk=pk)
    opened = queries.read_note(actor=request.actor, note_id=pk)
    return render(request, "casework/note.html", _about(request, opened.note) | {"said": opened.text})


def _about(request: StaffRequest, note: Any) -> dict[str, Any]:
    is_author = note.author_id == request.actor.id
    return {
        "note": note,
        "is_author": is_author,
        "is_holder": is_author or note.author.left_on is not None,
    }


@quiet
def change(request: StaffRequest, pk: UUID) -> HttpResponse:
    """Replace the text; the old one is gone."""
    found = get_object_or_404(access.notes_visible_to(request.actor).filter(author=request.actor.id), pk=pk)
    if request.method == "POST":
        form = forms.TextForm(request.POST)
    else:
        text = queries.read_note(actor=request.actor, note_id=pk).text
        form = forms.TextForm(initial={"title": text.title, "body": text.body})
    if form.is_bound and form.is_valid():
        commands.change_note(actor=request.actor, note_id=pk, **form.cleaned_data)
        messages.success(request, _("Der Vermerk ist geändert. Vom alten Text ist nichts geblieben."))
        return redirect("casework:note", pk=pk)
    context = {"note": found, "form": form}
    return render(request, "casework/change.html", context, status=422 if form.errors else 200)


@require_POST
@quiet
def delete(request: StaffRequest, pk: UUID) -> HttpResponse:
    """Remove a note for good."""
    note = get_object_or_404(access.notes_visible_to(request.actor), pk=pk)
    commands.delete_note(actor=request.actor, note_id=pk)
    messages.success(request, _("Der Vermerk ist gelöscht."))
    return redirect("people:household", pk=note.household_id)


@quiet
def deputy(request: StaffRequest, pk: UUID) -> HttpResponse:
    """Name who may read it in one's stead."""
    note = get_object_or_404(access.notes_visible_to(request.actor), pk=pk)
    if not _about(request, note)["is_holder"]:
        raise PermissionDenied
    choices = queries.deputies_for(note, actor=request.actor).values_list("pk", "label")
    data = request.POST if request.method == "POST" else None
    form = forms.DeputyForm(data, deputies=choices, asks_consent=note.ground == "entrusted")
    if form.is_valid():
        commands.name_deputy(actor=request.actor, note_id=pk, **form.cleaned_data)
        messages.success(request, _("Die Vertretung ist benannt."))
        return redirect("casework:index")
    context = {"note": note, "form": form}
    return render(request, "casework/deputy.html", context, status=422 if form.errors else 200)


@quiet
@needs(Permission.SEALED_EDIT)
def deputies(request: StaffRequest) -> HttpResponse:
    """Name one deputy for several of one's own notes, as before leaving."""
    choices = queries.without_deputy(actor=request.actor)
    data = request.POST if request.method == "POST" else None
    form = forms.ManyForm(data, deputies=choices.deputies, notes=choices.notes)
    if form.is_valid():
        named = commands.name_deputy_for_many(actor=request.actor, **form.cleaned_data)
        messages.success(
            request, _("Die Vertretung ist benannt, Vermerke: {count}.").format(count=len(named))
        )
        return redirect("casework:index")
    context = {"form": form, "count": len(choices.notes)}
    return render(request, "casework/deputies.html", context, status=422 if form.errors else 200)


@require_POST
@quiet
def withdraw(request: StaffRequest, pk: UUID) -> HttpResponse:
    """Take the deputy's look away."""
    get_object_or_404(access.notes_visible_to(request.actor).filter(author=request.actor.id), pk=pk)
    commands.withdraw_deputy(actor=request.actor, note_id=pk)
    messages.success(request, _("Die Vertretung ist zurückgenommen. Lesen können den Vermerk nur noch Sie."))
    return redirect("casework:note", pk=pk)


@quiet
def print_note(request: StaffRequest, pk: UUID) -> HttpResponse:
    """Give the author the note as a PDF, for the person who asks what is kept about them (Art. 15 GDPR)."""
    get_object_or_404(access.notes_visible_to(request.actor).filter(author=request.actor.id), pk=pk)
    opened = queries.read_note(actor=request.actor, note_id=pk)
    log_own(
        actor=request.actor, unit_id=opened.note.unit_id, kind=Channel.LETTER, reference="Vermerk",
        purpose=_("Anvertrauter Vermerk für die Person selbst gedruckt"),
    )  # fmt: skip
    return file_response(note_sheet(opened), name=_("vermerk.pdf"), kind="application/pdf")
