"""The counter: see what fits, tick what is given along, count, print, take back."""

from __future__ import annotations

from typing import Any
from uuid import UUID, uuid4

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from stafette.intake import commands, forms, printing, queries
from stafette.intake.codes import Result
from stafette.intake.forms.counter import is_stand_in, paper_language
from stafette.kernel.clock import today
from stafette.kernel.errors import NotAllowed, RuleBroken
from stafette.kernel.permissions import Permission
from stafette.people.languages import language_name
from stafette.web import pdf
from stafette.web.doors import needs
from stafette.web.panels import panels_for
from stafette.web.requests import StaffRequest
from stafette.web.responses import wants_partial

LAST = "intake:last_contact"
HABIT = "intake:contact_habit"
PAGE, ANSWER = "intake/counter.html", "intake/partials/answer.html"


def count(request: StaffRequest) -> HttpResponse:
    """Show the page, show what fits while somebody clicks, count; then it is empty for the next person."""
    unit_id, topics = _unit(request), _topics()
    start = {"channel": request.session.get(HABIT, "counter"), "result": "answered"}
    asked = forms.looked_for(request.POST)
    if request.POST.get("step") == "show":
        start = {name: value for name, value in asked.items() if value} | start
    elif request.method == "POST":
        form = forms.CounterForm(request.POST, topics=topics)
        if form.is_valid():
            return _counted(request, form, unit_id)
        return render(request, PAGE, _page(request, form, asked, unit_id), status=422)
    form = forms.CounterForm(topics=topics, initial={**start, "once": uuid4(), "unit": unit_id})
    page = ANSWER if wants_partial(request) else PAGE
    return render(request, page, _page(request, form, asked, unit_id))


def _counted(request: StaffRequest, form: forms.CounterForm, unit_id: UUID) -> HttpResponse:
    """Count, and lead to the paper, to the code for the telephone, or to the next person."""
    contact = commands.count_contact(actor=request.actor, unit_id=unit_id, **form.arguments())
    request.session[LAST] = str(contact.pk)
    request.session[HABIT] = form.cleaned_data["channel"]
    way = {"print": "intake:paper", "phone": "intake:code"}.get(request.POST.get("step", ""))
    if way and (contact.services or contact.sheets):
        return redirect(f"{reverse(way)}?{_slip(contact)}")
    messages.success(request, _("Gezählt.") if not way else _("Gezählt. Zum Drucken war nichts angekreuzt."))
    return redirect("intake:contact")


@needs(Permission.CONTACT_COUNT)
@require_GET
def paper(request: StaffRequest) -> HttpResponse:
    """Print cards and sheets; opened in a tab of its own, because somebody waits for the paper."""
    slip = forms.slip_of(request.GET)
    content = printing.slip_pdf(**slip, sender=queries.sender_of(_unit(request)))
    if content is None:
        raise Http404
    name = f"{_('Wegweiser')}-{slip['language']}.pdf"
    response = HttpResponse(content, content_type=pdf.KIND)
    response["Content-Disposition"] = f'inline; filename="{name}"'
    response["Cache-Control"] = "no-store"
    return response


@needs(Permission.CONTACT_COUNT)
@require_GET
def code(request: StaffRequest) -> HttpResponse:
    """Show a code to be photographed: it leads to the public page with exactly these services and sheets."""
    slip = forms.slip_of(request.GET)
    given = queries.known_given(slip["services"], slip["sheets"])
    if not given:
        raise Http404
    address = printing.slip_address(given.services, given.sheets, slip["language"])
    context = {
        "address": address,
        "svg": printing.qr_svg(address),
        "language": slip["language"],
        "invitation": printing.invitation(slip["language"]),
        "print_url": f"{reverse('intake:paper')}?{forms.slip_query(**slip)}",
    }
    return render(request, "intake/code.html", context)


@require_POST
def undo(request: StaffRequest, pk: UUID) -> HttpResponse:
    """Take back what was counted by mistake."""
    if queries.undoable(actor=request.actor, contact_id=pk) is None:
        raise Http404
    commands.undo_contact(actor=request.actor, contact_id=pk)
    request.session.pop(LAST, None)
    messages.success(request, _("Zurückgenommen."))
    return redirect("intake:contact")


def _topics() -> Any:
    topics = queries.current_topics()
    if topics is None:
        raise RuleBroken(
            _("Es gibt noch keine Themenliste. Bitten Sie die Administration, sie zu veröffentlichen.")
        )
    return topics.read()


def _unit(request: StaffRequest) -> UUID:
    units = sorted(request.actor.units(Permission.CONTACT_COUNT))
    if not units:
        raise NotAllowed(
            _("Kurzkontakte zählt, wer am Schalter arbeitet. Ihnen fehlt dafür die Berechtigung.")
        )
    wanted = forms.wanted_unit(request.POST) or forms.wanted_unit(request.GET)
    return wanted if wanted in units else units[0]


def _page(request: StaffRequest, form: Any, asked: dict[str, Any], unit_id: UUID) -> dict[str, Any]:
    language = paper_language(asked["paper"], asked["language"])
    names = ("topics", "words", "language", "services", "sheets")
    answer = queries.answer_to(actor=request.actor, paper=language, **{name: asked[name] for name in names})
    context = {"form": form, "answer": answer, "words": asked["words"], "language": language}
    context["is_stand_in"] = is_stand_in(asked["paper"], asked["language"])
    if wants_partial(request):
        return context | {"is_swap": True}
    house = panels_for("counter", actor=request.actor, subject_id=unit_id)
    return context | {"panels": house, **_today(request, unit_id)}


def _today(request: StaffRequest, unit_id: UUID) -> dict[str, Any]:
    day = queries.contacts_of_day(actor=request.actor, unit_id=unit_id, day=today())
    words = {topic.code: topic.words["de"] for topic in _topics().topics}
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
        "slip": _slip(contact) if contact and (contact.services or contact.sheets) else "",
        "carry_on_url": f"{reverse('intake:start')}?contact={contact.pk}&language={contact.language}"
        if contact and carry_on
        else "",
    }


def _slip(contact: Any) -> str:
    return forms.slip_query(contact.services, contact.sheets, contact.given_language)
