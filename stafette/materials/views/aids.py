"""Work aids: found by words and topics, put in with a look at the text that was read from the file."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from stafette.kernel.permissions import Permission
from stafette.materials import commands, forms, queries
from stafette.materials.choices import LANGUAGE_WORDS
from stafette.materials.recognizing import readable_languages
from stafette.materials.scanning import Scan
from stafette.materials.views.common import may_edit, own_unit, tabs
from stafette.web.doors import needs
from stafette.web.panels import Panel, panels_for
from stafette.web.requests import StaffRequest
from stafette.web.responses import file_response

ENDINGS = {"application/pdf": "pdf", "image/png": "png", "image/jpeg": "jpg"}
MOST = 200


@needs(Permission.UNIT_VIEW)
def aids(request: StaffRequest) -> HttpResponse:
    """Work aids by words, topic, target group, language; with a topic also what other rooms have about it."""
    topics = queries.topic_choices()
    form = forms.AidFilter(request.GET or None, topics=topics)
    values = form.values()
    rows = list(queries.filtered_aids(queries.aids(actor=request.actor), values)[:MOST])
    words = dict(topics)
    context = {
        "form": form,
        "rows": [(row, [words.get(one, one) for one in row.topics]) for row in rows],
        "topic": values.get("topic", ""),
        "overview": [(code, label, len(found)) for code, label in topics
                     if (found := queries.aids_by_topic(actor=request.actor).get(code))] if not values else [],
        "panels": _panels(request, values.get("topic", "")),
        "stale": len(queries.stale_aids(actor=request.actor)),
        "may_edit": may_edit(request.actor),
        "tabs": tabs(request, "aids"),
    }  # fmt: skip
    return render(request, "materials/aids.html", context)


def _panels(request: StaffRequest, topic: str) -> list[Panel]:
    """What other rooms have about the chosen topic: the services of the directory."""
    topic_id = queries.topic_id(topic)
    return panels_for("aids", actor=request.actor, subject_id=topic_id) if topic_id else []


@needs(Permission.UNIT_VIEW)
def aid(request: StaffRequest, pk: UUID) -> HttpResponse:
    """One work aid with the text that is searched."""
    found = get_object_or_404(queries.aids(actor=request.actor), pk=pk)
    words = dict(queries.topic_choices())
    context = {
        "aid": found,
        "topics": [words.get(one, one) for one in found.topics],
        "groups": [dict(forms.AidForm.base_fields["target_groups"].choices).get(one, one)  # type: ignore[attr-defined]
                   for one in found.target_groups],
        "may_edit": request.actor.may(Permission.MATERIAL_EDIT, unit=found.owner_unit_id),
    }  # fmt: skip
    return render(request, "materials/aid.html", context)


@needs(Permission.MATERIAL_EDIT)
def new_aid(request: StaffRequest) -> HttpResponse:
    """Put a work aid in."""
    form = forms.AidForm(request.POST or None, request.FILES or None, topics=queries.topic_choices())
    if request.method == "POST" and form.is_valid():
        data, file = _given(form)
        made = commands.add_aid(actor=request.actor, unit_id=own_unit(request), data=data, file=file)
        return _saved(request, made)
    return _form_page(request, form, None)


@needs(Permission.MATERIAL_EDIT)
def edit_aid(request: StaffRequest, pk: UUID) -> HttpResponse:
    """Change a work aid or correct the text that was read from it."""
    found = get_object_or_404(queries.aids(actor=request.actor), pk=pk)
    initial = {name: getattr(found, name) for name in forms.AidForm.base_fields if name != "file"}
    form = forms.AidForm(
        request.POST or None, request.FILES or None, topics=queries.topic_choices(), initial=initial
    )
    if request.method == "POST" and form.is_valid():
        data, file = _given(form)
        return _saved(request, commands.change_aid(actor=request.actor, aid_id=pk, data=data, file=file))
    return _form_page(request, form, found)


def _given(form: Any) -> tuple[commands.AidData, Scan | None]:
    """What was filled in, and the file; with a new file the old text goes unless somebody changed it."""
    data = dict(form.cleaned_data)
    file = data.pop("file")
    if file and "text" not in form.changed_data:
        data["text"] = ""
    return commands.AidData(**data), file


def _saved(request: StaffRequest, made: Any) -> HttpResponse:
    if made.text_by == "none" and made.mime:
        messages.warning(
            request,
            _(
                "Aus der Datei ließ sich kein Text lesen. Tippen Sie die wichtigsten Wörter ab, damit man sie findet."
            ),
        )
    else:
        messages.success(request, _("Gespeichert. Bitte prüfen Sie unten den Text, nach dem gesucht wird."))
    return redirect("materials:aid", pk=made.pk)


def _form_page(request: StaffRequest, form: Any, aid: Any) -> HttpResponse:
    languages = [str(LANGUAGE_WORDS[code]) for code in readable_languages() if code not in ("ls", "mul")]
    context = {"form": form, "aid": aid, "languages": languages}
    return render(request, "materials/aid_form.html", context, status=422 if form.errors else 200)


@require_POST
@needs(Permission.MATERIAL_EDIT)
def withdraw_aid(request: StaffRequest, pk: UUID) -> HttpResponse:
    """Take a work aid off."""
    get_object_or_404(queries.aids(actor=request.actor), pk=pk)
    commands.withdraw_aid(actor=request.actor, aid_id=pk)
    messages.success(request, _("Die Arbeitshilfe ist herausgenommen."))
    return redirect("materials:aids")


@needs(Permission.UNIT_VIEW)
def aid_file(request: StaffRequest, pk: UUID) -> HttpResponse:
    """Hand the file out to be saved: it never runs inside our pages."""
    found = queries.aid_content(actor=request.actor, pk=pk)
    if found is None or found.content is None:
        raise Http404
    name = f"arbeitshilfe-{found.dated_on:%Y-%m-%d}.{ENDINGS.get(found.mime, 'bin')}"
    return file_response(bytes(found.content), name=name, kind=found.mime)
