"""The counter: count, take back, carry on as a talk."""

from __future__ import annotations

from typing import Any
from uuid import UUID, uuid4

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from stafette.intake import commands, forms, queries
from stafette.intake.codes import Result
from stafette.kernel.clock import today
from stafette.kernel.errors import NotAllowed, RuleBroken
from stafette.kernel.permissions import Permission
from stafette.people.languages import language_name
from stafette.web.requests import StaffRequest

LAST = "intake:last_contact"
HABIT = "intake:contact_habit"


def count(request: StaffRequest) -> HttpResponse:
    """Show the form with what was counted today; after counting it is empty again for the next person."""
    unit_id = _unit(request)
    topics = queries.current_topics()
    if topics is None:
        raise RuleBroken(
            _("Es gibt noch keine Themenliste. Bitten Sie die Administration, sie zu veröffentlichen.")
        )
    habit = {"channel": request.session.get(HABIT, "counter"), "result": "answered"}
    form = forms.ContactForm(
        request.POST or None, topics=topics.read(), initial={**habit, "once": uuid4(), "unit": unit_id}
    )
    if form.is_valid():
        contact = commands.count_contact(actor=request.actor, unit_id=unit_id, **form.arguments())
        request.session[LAST] = str(contact.pk)
        request.session[HABIT] = form.cleaned_data["channel"]
        messages.success(request, _("Gezählt."))
        return redirect("intake:contact")
    context = {"form": form, **_today(request, unit_id, topics.read())}
    return render(request, "intake/contact.html", context, status=422 if form.errors else 200)


@require_POST
def undo(request: StaffRequest, pk: UUID) -> HttpResponse:
    """Take back what was counted by mistake."""
    if queries.undoable(actor=request.actor, contact_id=pk) is None:
        raise Http404
    commands.undo_contact(actor=request.actor, contact_id=pk)
    request.session.pop(LAST, None)
    messages.success(request, _("Zurückgenommen."))
    return redirect("intake:contact")


def _unit(request: StaffRequest) -> UUID:
    units = sorted(request.actor.units(Permission.CONTACT_COUNT))
    if not units:
        raise NotAllowed(
            _("Kurzkontakte zählt, wer am Schalter arbeitet. Ihnen fehlt dafür die Berechtigung.")
        )
    wanted = request.POST.get("unit") or request.GET.get("unit", "")
    return next((unit for unit in units if str(unit) == wanted), units[0])


def _today(request: StaffRequest, unit_id: UUID, topics: Any) -> dict[str, Any]:
    day = queries.contacts_of_day(actor=request.actor, unit_id=unit_id, day=today())
    words = {topic.code: topic.words["de"] for topic in topics.topics}
    last = request.session.get(LAST)
    contact = queries.undoable(actor=request.actor, contact_id=UUID(last)) if last else None
    carry_on = request.actor.may(Permission.INTERVIEW_EDIT, unit=unit_id)
    return {
        "day": day,
        "topics_today": [(words.get(code, code), number) for code, number in day.topics],
        "languages_today": [
            (language_name(code) if code else _("andere oder unbekannt"), n) for code, n in day.languages
        ],
        "results_today": [(Result(code).label, number) for code, number in day.results],
        "last": contact,
        "carry_on_url": f"{reverse('intake:start')}?contact={contact.pk}&language={contact.language}"
        if contact and carry_on
        else "",
    }
