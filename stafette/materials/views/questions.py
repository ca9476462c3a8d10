"""What the counter could not answer, for those who ask and those who close the gap."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from stafette.kernel.permissions import Permission
from stafette.materials import commands, forms, queries
from stafette.materials.answers import answer_choices, answer_of
from stafette.materials.choices import LANGUAGE_WORDS
from stafette.materials.views.common import tabs
from stafette.web.doors import needs
from stafette.web.requests import StaffRequest

MOST = 200


@needs(Permission.MATERIAL_EDIT, Permission.CONTACT_COUNT)
def questions(request: StaffRequest) -> HttpResponse:
    """The questions of one's units, the open ones first, and which topics they name."""
    topics = queries.topic_choices()
    form = forms.QuestionFilter(request.GET or {"state": "open"}, topics=topics)
    rows = queries.filtered_questions(queries.questions(actor=request.actor), form.values())[:MOST]
    context = {
        "form": form,
        "rows": [_row(one, dict(topics)) for one in rows],
        "counts": queries.open_questions_by_topic(actor=request.actor),
        "tabs": tabs(request, "questions"),
        "may_edit": request.actor.may(Permission.MATERIAL_EDIT),
    }
    return render(request, "materials/questions.html", context)


def _row(question: Any, words: dict[str, str]) -> dict[str, Any]:
    return {
        "question": question,
        "topics": [words.get(one, one) for one in question.topics],
        "language": LANGUAGE_WORDS.get(question.language, question.language),
        "answer": answer_of(question),
    }


@needs(Permission.MATERIAL_EDIT, Permission.CONTACT_COUNT)
def question(request: StaffRequest, pk: UUID) -> HttpResponse:
    """One question; an editor answers it here."""
    found = get_object_or_404(queries.questions(actor=request.actor), pk=pk)
    form = forms.AnswerForm(request.POST or None, answers=answer_choices(request.actor))
    if request.method == "POST" and form.is_valid():
        commands.answer_question(actor=request.actor, question_id=pk, **form.answer())
        messages.success(
            request, _("Die Frage ist beantwortet. Die Stelle sieht die Antwort in ihrer Liste.")
        )
        return redirect("materials:questions")
    context = {
        **_row(found, dict(queries.topic_choices())),
        "form": form,
        "drop_form": forms.DropForm(auto_id="weg_%s"),
        "may_edit": request.actor.may(Permission.MATERIAL_EDIT, unit=found.unit_id),
    }
    return render(request, "materials/question.html", context, status=422 if form.errors else 200)


@require_POST
@needs(Permission.MATERIAL_EDIT)
def drop_question(request: StaffRequest, pk: UUID) -> HttpResponse:
    """Say that a question is not followed up."""
    get_object_or_404(queries.questions(actor=request.actor), pk=pk)
    form = forms.DropForm(request.POST)
    commands.drop_question(
        actor=request.actor, question_id=pk, text=form.cleaned_data["text"] if form.is_valid() else ""
    )
    return redirect("materials:questions")


@require_POST
@needs(Permission.MATERIAL_EDIT)
def reopen_question(request: StaffRequest, pk: UUID) -> HttpResponse:
    """Take a question up again."""
    get_object_or_404(queries.questions(actor=request.actor), pk=pk)
    commands.reopen_question(actor=request.actor, question_id=pk)
    return redirect("materials:question", pk=pk)
