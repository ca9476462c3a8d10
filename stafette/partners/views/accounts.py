"""For partners with an account: everything that is asked of them on one page, and nothing else."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from stafette.kernel.permissions import Permission
from stafette.partners import commands, forms, queries
from stafette.partners.questions import QUESTIONS
from stafette.web import readings
from stafette.web.doors import needs
from stafette.web.requests import StaffRequest

MOST = 200


@needs(Permission.PARTNER_ANSWER)
def inbox(request: StaffRequest) -> HttpResponse:
    """Show what waits, from all units, the most urgent first."""
    found = list(queries.inbox(actor=request.actor)[:MOST])
    readings.note_list(request, found)
    rows = [{"request": one, "question": QUESTIONS[one.question].text} for one in found]
    return render(request, "partners/inbox.html", {"rows": rows})


@needs(Permission.PARTNER_ANSWER)
def reply(request: StaffRequest, pk: UUID) -> HttpResponse:
    """Show one question and keep the answer; what was answered before stays."""
    asked = queries.asked(actor=request.actor, request_id=pk)
    if asked is None:
        raise Http404
    form = forms.AnswerForm(request.POST or None, question=asked.question)
    if form.is_valid():
        commands.answer_request(actor=request.actor, request_id=pk, **form.cleaned_data)
        messages.success(request, _("Vielen Dank, Ihre Antwort ist angekommen."))
        return redirect("partners:inbox")
    context = {"asked": asked, "form": form}
    return render(request, "partners/reply.html", context, status=422 if form.errors else 200)
