"""Report a breach; keep the register; print the notification."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from stafette.kernel.clock import now
from stafette.kernel.errors import BadInput, NotAllowed
from stafette.kernel.permissions import Permission
from stafette.oversight import commands, papers
from stafette.oversight.forms import breaches as forms
from stafette.oversight.queries import breaches as questions
from stafette.oversight.queries.readings import choices_for
from stafette.oversight.values import AUTHORITY_HOURS, REPORT_HOURS, rule
from stafette.oversight.wordlists import CONSEQUENCES, DATA_KINDS, NATURES, words_of
from stafette.web import pdf
from stafette.web.doors import needs
from stafette.web.requests import StaffRequest
from stafette.web.responses import file_response

MOST = 200
WATCH = (Permission.BREACH_VIEW, Permission.BREACH_EDIT)


def report(request: StaffRequest) -> HttpResponse:
    """Take a report of anybody who works here: a short form, and the officer knows at once."""
    units = questions.staff_units(request.actor)
    if not units:
        raise NotAllowed(
            _("Melden kann, wer in einer Stelle arbeitet. Rufen Sie die Datenschutzbeauftragten an.")
        )
    at = timezone.localtime(now())
    initial = {"detected_on": at.date(), "detected_time": f"{at:%H:%M}", "unit_id": units[0][0]}
    form = forms.ReportForm(request.POST or None, units=units, initial=initial)
    if form.is_valid() and (done := _tried(form, commands.report_breach, actor=request.actor)):
        return render(request, "oversight/reported.html", {"breach": done})
    context = {"form": form, "rules": [rule(REPORT_HOURS), rule(AUTHORITY_HOURS)]}
    return render(request, "oversight/report.html", context, status=422 if form.errors else 200)


@needs(*WATCH)
def index(request: StaffRequest) -> HttpResponse:
    """Show the register, the newest first, each with its clock."""
    found = questions.breaches(actor=request.actor)[:MOST]
    rows = [{"breach": one, "clock": questions.clock_of(one)} for one in found]
    return render(request, "oversight/breaches.html", {"rows": rows})


@needs(*WATCH)
def detail(request: StaffRequest, pk: UUID) -> HttpResponse:
    """Show one breach with what is decided and what comes next."""
    return render(request, "oversight/breach.html", _context(request, _found(request, pk)))


@needs(Permission.BREACH_EDIT)
def assess(request: StaffRequest, pk: UUID) -> HttpResponse:
    """Write down what the notification asks for."""
    breach = _found(request, pk)
    units, _accounts = choices_for(request.actor)
    aware = timezone.localtime(breach.aware_at)
    initial = {**_fields(breach), "aware_on": aware.date(), "aware_time": f"{aware:%H:%M}"}
    form = forms.AssessForm(request.POST or None, units=units, initial=initial)
    if form.is_valid() and _tried(form, commands.assess_breach, actor=request.actor, breach_id=pk):
        messages.success(request, _("Die Bewertung ist gespeichert."))
        return redirect("oversight:breach", pk=pk)
    return render(
        request, "oversight/assess.html", {"breach": breach, "form": form}, status=422 if form.errors else 200
    )


STEPS: dict[str, tuple[Any, Any]] = {
    "notify": (commands.notify_authority, forms.NotifyForm),
    "leave": (commands.leave_breach, forms.LeaveForm),
    "telling": (commands.decide_telling, forms.TellingForm),
}


@require_POST
@needs(Permission.BREACH_EDIT)
def step(request: StaffRequest, pk: UUID, name: str) -> HttpResponse:
    """Take one of the decisions; the page comes back with what is missing."""
    breach = _found(request, pk)
    command, form_class = STEPS[name]
    form = form_class(request.POST, auto_id=f"{name}-%s")
    if form.is_valid() and _tried(form, command, actor=request.actor, breach_id=pk):
        messages.success(request, _("Die Entscheidung ist vermerkt."))
        return redirect("oversight:breach", pk=pk)
    return render(request, "oversight/breach.html", _context(request, breach, {name: form}), status=422)


@require_POST
@needs(Permission.BREACH_EDIT)
def close(request: StaffRequest, pk: UUID) -> HttpResponse:
    """End it."""
    _found(request, pk)
    commands.close_breach(actor=request.actor, breach_id=pk)
    messages.success(request, _("Die Datenpanne ist abgeschlossen und bleibt im Register."))
    return redirect("oversight:breach", pk=pk)


@needs(*WATCH)
def notification(request: StaffRequest, pk: UUID) -> HttpResponse:
    """Print what the authority is told (Art. 33(3))."""
    breach = _found(request, pk)
    content = papers.notification(
        breach, authority=breach.authority or questions.authority_for(breach.unit_id),
        units=questions.units_named(breach.units), officer=questions.officers_named(breach.unit_id),
    )  # fmt: skip
    return file_response(content, name=f"meldung-{breach.number}.pdf", kind=pdf.KIND)


@needs(*WATCH, Permission.PERSON_VIEW)
def letter(request: StaffRequest, pk: UUID, language: str) -> HttpResponse:
    """Print the letter to the people, in their language and in German; it holds no name."""
    facts = questions.letter_of(actor=request.actor, breach_id=pk)
    if facts is None or language not in papers.LANGUAGES:
        raise Http404
    name = f"brief-{facts.number}-{language}.pdf"
    return file_response(papers.letter(facts, language), name=name, kind=pdf.KIND)


def _found(request: StaffRequest, pk: UUID) -> Any:
    return get_object_or_404(questions.breaches(actor=request.actor), pk=pk)


def _tried(form: Any, command: Any, **who: Any) -> Any:
    """Run the command with what the form says; what the command refuses stands in the form."""
    try:
        return command(**who, **form.cleaned_data)
    except BadInput as error:
        form.add_error(None, error.message)
        return None


def _fields(breach: Any) -> dict[str, Any]:
    names = (
        *("what", "natures", "data_kinds", "people_count", "records_count", "consequences", "effects"),
        *("measures", "risk", "risk_reason"),
    )
    return {name: getattr(breach, name) for name in names} | {"units": [str(one) for one in breach.units]}


def _context(request: StaffRequest, breach: Any, bound: dict[str, Any] | None = None) -> dict[str, Any]:
    at = timezone.localtime(now())
    authority = breach.authority or questions.authority_for(breach.unit_id)
    initial: dict[str, dict[str, Any]] = {
        "notify": {"authority": authority, "at_on": at.date(), "at_time": f"{at:%H:%M}"},
        "telling": {"telling": breach.telling, "told_on": breach.told_on},
    }
    return {
        "breach": breach,
        "clock": questions.clock_of(breach),
        "authority": authority,
        "units": questions.units_named(breach.units),
        "natures": words_of(NATURES, breach.natures),
        "data_kinds": words_of(DATA_KINDS, breach.data_kinds),
        "consequences": words_of(CONSEQUENCES, breach.consequences),
        "may_edit": request.actor.may(Permission.BREACH_EDIT, unit=breach.unit_id),
        "shares": questions.shares_of(actor=request.actor, breach_id=breach.pk),
        "languages": papers.LANGUAGES.items(),
        "can": {move: breach.can(move) for move in breach.MOVES},
        "forms": {
            name: (bound or {}).get(name) or form(initial=initial.get(name), auto_id=f"{name}-%s")
            for name, (_command, form) in STEPS.items()
        },
    }
