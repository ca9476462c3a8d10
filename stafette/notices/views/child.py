"""The guided way of § 4 KKG: one page per child, each step a form; in acute danger a short way."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django import forms as django_forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from stafette.kernel.permissions import Permission
from stafette.notices import access, commands, forms, queries, sheets, words
from stafette.notices.queries.child import filtered
from stafette.people.access import households_visible_to
from stafette.protection.commands.own import log_own
from stafette.protection.data import Channel
from stafette.web.doors import needs
from stafette.web.lists import Column, ListSpec, show_list
from stafette.web.requests import StaffRequest
from stafette.web.responses import file_response

PAGE = "notices/child.html"
PDF = "application/pdf"


@dataclass(frozen=True)
class Step:
    """A step of the way: its address, its command, its form, and what the button says."""

    path: str
    command: Callable[..., Any]
    form: Callable[..., django_forms.Form]
    submit: Any


STEPS: dict[str, Step] = {
    "talk": Step("gespraech", commands.note_talk, forms.TalkForm, gettext_lazy("Gespräch festhalten")),
    "consult": Step(
        "beratung", commands.note_consultation, forms.ConsultationForm, gettext_lazy("Beratung festhalten")
    ),
    "help": Step("hilfe", commands.note_help, forms.HelpForm, gettext_lazy("Angebot festhalten")),
    "send": Step(
        "mitteilen", commands.send_child_notice, forms.SendForm, gettext_lazy("Dem Jugendamt mitteilen")
    ),
    "acute": Step("akut", commands.send_child_notice, forms.SendForm, gettext_lazy("Sofort mitteilen")),
    "leave": Step(
        "beenden", commands.leave_without_notice, forms.LeaveForm, gettext_lazy("Ohne Mitteilung beenden")
    ),
    "feedback": Step(
        "rueckmeldung", commands.note_feedback, forms.FeedbackForm, gettext_lazy("Rückmeldung festhalten")
    ),
}
CHILDREN = ListSpec(
    name="child_notices",
    title=gettext_lazy("Kinderschutz"),
    order="next_on",
    filters=forms.ChildFilter,
    apply=filtered,
    empty=gettext_lazy("Zurzeit geht Ihre Stelle keinem Anhaltspunkt nach."),
    columns=(
        Column(
            "number", gettext_lazy("Nummer"), lambda row: row.number, sort="number",
            link=lambda row: reverse("notices:child", args=[row.pk]),
        ),
        Column("state", gettext_lazy("Stand"), lambda row: row.state_word, badge=lambda row: "neutral"),
        Column("acute", gettext_lazy("Akut"), lambda row: _("ja") if row.is_acute else "–"),
        Column(
            "due", gettext_lazy("Nächster Schritt"), lambda row: row.next_on if row.is_open else "–",
            sort="next_on", badge=lambda row: "due" if row.is_open else "",
            export=lambda row: row.next_on if row.is_open else None,
        ),
        Column(
            "who", gettext_lazy("Wer ist dran"),
            lambda row: row.responsible_user.label if row.is_open else "–",
        ),
    ),
)  # fmt: skip


@needs(Permission.CHILD_VIEW)
def index(request: StaffRequest) -> HttpResponse:
    """Show the unit's notices, the most urgent first: numbers and states, no names."""
    return show_list(request, CHILDREN, queries.children(actor=request.actor))


@needs(Permission.CHILD_EDIT)
def begin(request: StaffRequest, household_id: UUID) -> HttpResponse:
    """Step 1: what was observed."""
    household = get_object_or_404(households_visible_to(request.actor), pk=household_id)
    if not request.actor.may(Permission.CHILD_EDIT, unit=household.unit_id):
        raise PermissionDenied
    persons = queries.child_choices(actor=request.actor, household_id=household_id)
    form = forms.ObservedForm(request.POST or None, persons=persons)
    if form.is_valid():
        made = commands.open_child_notice(actor=request.actor, household_id=household_id, **form.cleaned_data)
        messages.success(request, _("Festgehalten. Nach außen gegangen ist noch nichts."))
        return redirect("notices:child", pk=made.pk)
    context = {"household": household, "form": form, "offices": queries.youth_offices()}
    return render(request, "notices/begin.html", context, status=422 if form.errors else 200)


@needs(Permission.CHILD_VIEW)
def detail(request: StaffRequest, pk: UUID) -> HttpResponse:
    """Show how far the way was gone and the form of the next step."""
    card = _card(request, pk)
    name = card.next_form
    return render(request, PAGE, _context(card, name, _form(card, name, None) if name else None))


@needs(Permission.CHILD_EDIT)
def take(request: StaffRequest, pk: UUID, name: str) -> HttpResponse:
    """Take one step; wrong input shows its form again."""
    card = _card(request, pk)
    if not card.may_work:
        raise PermissionDenied
    form = _form(card, name, request.POST if request.method == "POST" else None)
    if form.is_valid():
        extra = {"is_acute": True} if name == "acute" else {}
        STEPS[name].command(actor=request.actor, notice_id=pk, **form.cleaned_data, **extra)
        return redirect("notices:child", pk=pk)
    return render(request, PAGE, _context(card, name, form), status=422 if form.errors else 200)


@needs(Permission.CHILD_VIEW)
def consultation(request: StaffRequest, pk: UUID) -> HttpResponse:
    """The case without names, for the experienced expert."""
    content = sheets.consultation_pdf(request.actor, _card(request, pk))
    return file_response(content, name=_("Beratungsbogen.pdf"), kind=PDF)


@needs(Permission.CHILD_VIEW)
def letter(request: StaffRequest, pk: UUID) -> HttpResponse:
    """The notice to the youth office, once it was made."""
    card = _card(request, pk)
    if card.notice.sent_at is None:
        raise Http404
    log_own(
        actor=request.actor, unit_id=card.notice.unit_id, kind=Channel.PRINT, reference=card.notice.number,
        purpose=_("Ausdruck einer Mitteilung an das Jugendamt"),
    )  # fmt: skip
    return file_response(sheets.letter_pdf(card), name=f"{card.notice.number}.pdf", kind=PDF)


def _card(request: StaffRequest, pk: UUID) -> queries.ChildCard:
    rows = access.children_visible_to(request.actor).select_related(
        *(
            "unit__authority",
            "responsible_user",
            "responsible_unit",
            "escalation_unit",
            "household",
            "person",
        ),
    )
    return queries.child_card(actor=request.actor, notice=get_object_or_404(rows, pk=pk))


def _form(card: queries.ChildCard, name: str, data: Any) -> django_forms.Form:
    offices = [(str(one.pk), one.name) for one in card.offices]
    initial = {"version": card.notice.version, "receiver": offices[0][0] if offices else ""}
    extra = {"offices": offices} if name in ("send", "acute") else {}
    return STEPS[name].form(data, initial=initial, **extra)


def _context(card: queries.ChildCard, name: str, form: django_forms.Form | None) -> dict[str, Any]:
    context: dict[str, Any] = {"card": card, "notice": card.notice, "form": form, "step_name": name}
    if form is not None:
        context |= {
            "submit": STEPS[name].submit,
            "action": reverse(f"notices:child_{name}", args=[card.notice.pk]),
            "heading": words.CHILD_NAMES["alarm" if name == "acute" else name],
        }
    return context
