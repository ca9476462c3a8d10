"""Single steps: confirm, room, end and reopen, hours as one types them, words in other languages."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from stafette.directory import commands, forms, queries
from stafette.directory.books import books_of
from stafette.directory.hours import preview_of
from stafette.directory.showing import CHOICES
from stafette.directory.views.doors import EDIT
from stafette.directory.words import LANGUAGES, RIGHT_TO_LEFT, TEXT_LANGUAGES
from stafette.kernel.clock import today
from stafette.kernel.errors import BadInput
from stafette.web.doors import needs
from stafette.web.requests import StaffRequest

MADE = "approved"


@require_POST
@needs(EDIT)
def confirm(request: StaffRequest, code: str) -> HttpResponse:
    """An editor asked the provider, by phone or otherwise: everything still holds."""
    row = get_object_or_404(queries.service_entries(), code=code)
    commands.confirm_service(actor=request.actor, service_id=row.pk, by=_("Redaktion"))
    messages.success(request, _("Bestätigt: Das Angebot stimmt heute."))
    return redirect("directory:service", code=code)


@require_POST
@needs(EDIT)
def room(request: StaffRequest, code: str) -> HttpResponse:
    """Whether people are taken in; holds at once."""
    row = get_object_or_404(queries.service_entries(), code=code)
    form = forms.RoomForm(request.POST)
    if not form.is_valid():
        raise BadInput(_("Prüfen Sie Wartezeit und Plätze: Es sind ganze Zahlen."))
    commands.set_room(actor=request.actor, service_id=row.pk, **form.cleaned_data)
    messages.success(request, _("Die Aufnahme ist geändert."))
    return redirect("directory:service", code=code)


@require_POST
@needs(EDIT)
def status(request: StaffRequest, code: str) -> HttpResponse:
    """End a service, let it rest, or take it up again."""
    row = get_object_or_404(queries.service_entries(), code=code)
    form = forms.StatusForm(request.POST)
    if not form.is_valid():
        raise BadInput(_("Wählen Sie einen Stand aus der Liste."))
    wanted = form.cleaned_data["status"]
    commands.end_service(
        actor=request.actor, unit_id=books_of(row.organization), service_id=row.pk, status=wanted
    )
    messages.success(request, _("Stand des Angebots: {state}.").format(state=dict(CHOICES["status"])[wanted]))
    return redirect("directory:service", code=code)


@require_POST
@needs(EDIT)
def hours(request: StaffRequest) -> HttpResponse:
    """How typed hours are understood: the field that asks names its neighbour by the same beginning."""
    name = request.headers.get("HX-Trigger-Name", "hours")
    stem = name.removesuffix("exceptions") if name.endswith("exceptions") else name.removesuffix("hours")
    typed, closed = (request.POST.get(f"{stem}{part}", "")[:2000] for part in ("hours", "exceptions"))
    context = {"preview": preview_of(typed, closed, today())}
    return render(request, "directory/partials/hours_preview.html", context)


@needs(EDIT)
def text(request: StaffRequest, code: str, language: str) -> HttpResponse:
    """The words of a service in one language, beside the German ones."""
    row = get_object_or_404(queries.service_entries(), code=code)
    known = next((one for one in row.texts.all() if one.language == language), None)
    german = {name: getattr(row, name) for name in forms.WORDS}
    documents = [one.document for one in row.documents.all()]
    first: dict[str, Any] = {name: getattr(known, name, "") for name in forms.WORDS}
    first |= {f"document_{n}": one for n, one in enumerate(known.documents if known else ())}
    form = forms.TextForm(
        request.POST or None, german=german, documents=documents, initial=first, language=language
    )
    if form.is_valid() and _keep(request, form, row, language):
        messages.success(request, _("Die Übersetzung ist gespeichert."))
        return redirect("directory:service", code=code)
    context = {
        "form": form, "row": row, "language": language, "language_name": LANGUAGES.get(language, language),
        "is_outdated": known is not None and known.made_for != row.german_digest, "known": known,
        "right_to_left": language in RIGHT_TO_LEFT, "exists": language in TEXT_LANGUAGES,
    }  # fmt: skip
    return render(request, "directory/text.html", context, status=422 if form.errors else 200)


def _keep(request: StaffRequest, form: forms.TextForm, row: Any, language: str) -> bool:
    state = MADE if "freigeben" in request.POST else "draft"
    try:
        commands.put_text(
            actor=request.actor, unit_id=books_of(row.organization), service_id=row.pk, language=language,
            words=form.words(), documents=form.documents(), state=state,
        )  # fmt: skip
    except BadInput as error:
        form.add_error(None, error.message)
    return not form.errors
