"""Does it last? The list of follow-ups, the page of one, and a date of one's own."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any
from uuid import UUID

from django import forms as django_forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from stafette.accounts.queries import finding_labels
from stafette.kernel.permissions import Permission
from stafette.people.access import households_visible_to
from stafette.referrals import commands, queries
from stafette.referrals.forms import lasting
from stafette.referrals.queries import followups as questions
from stafette.web.doors import needs
from stafette.web.lists import Column, ListSpec, show_list
from stafette.web.panels import panels_for
from stafette.web.requests import StaffRequest

STEPS: dict[str, tuple[Callable[..., Any], type[django_forms.Form], Any]] = {
    "result": (commands.answer_follow_up, lasting.ResultForm, gettext_lazy("Ergebnis festhalten")),
    "move": (commands.move_follow_up, lasting.NextForm, gettext_lazy("Termin verschieben")),
    "drop": (commands.drop_follow_up, lasting.DropForm, gettext_lazy("Entfallen lassen")),
}


@needs(Permission.REFERRAL_VIEW)
def index(request: StaffRequest) -> HttpResponse:
    """Show what the unit will ask, and what came of it."""
    rows = questions.follow_ups(actor=request.actor)
    tabs = {"tabs": duty_tabs("follow_ups")}
    return show_list(request, _spec(request), rows, **tabs)


def duty_tabs(current: str) -> list[dict[str, Any]]:
    """The two lists of open things besides referrals."""
    named = (("follow_ups", _("Nachverfolgung")), ("tasks", _("Aufgaben")))
    return [
        {"label": label, "url": reverse(f"referrals:{name}"), "current": name == current}
        for name, label in named
    ]


def _spec(request: StaffRequest) -> ListSpec:
    labels = finding_labels()
    return ListSpec(
        name="follow_ups",
        title=_("Nachverfolgung"),
        order="next_on",
        page="referrals/duties.html",
        filters=lasting.follow_up_filter(labels),
        apply=partial(questions.filtered_follow_ups, actor=request.actor),
        empty=_("30 und 90 Tage nach dem Ende einer Übergabe steht hier die Frage, ob es gehalten hat."),
        columns=(
            Column(
                "due", _("Fällig"), _due, sort="next_on", badge=_due_badge, export=lambda row: row.next_on
            ),
            Column("number", _("Nummer"), lambda row: row.number, link=_url),
            Column("household", _("Haushalt"), _household),
            Column("finding", _("Feststellung"), lambda row: labels.get(row.finding_code, row.finding_code)),
            Column("kind", _("Art"), lambda row: row.get_kind_display()),
            Column("result", _("Ergebnis"), _result),
            Column("who", _("Wer ist dran"), lambda row: row.responsible_user.label if row.is_open else "–"),
        ),
    )


def _url(row: Any) -> str:
    return reverse("referrals:follow_up", args=[row.pk])


def _due(row: Any) -> Any:
    return row.next_on


def _due_badge(row: Any) -> str:
    return "due" if row.is_open else ""


def _household(row: Any) -> str:
    return row.household.label if row.household else ""


def _result(row: Any) -> str:
    return str(row.get_result_display() or row.get_drop_reason_display() or row.get_state_display())


def detail(request: StaffRequest, pk: UUID) -> HttpResponse:
    """Show what was reached with whom, the question, and what may be done now."""
    return render(request, "referrals/follow_up.html", _context(request, pk))


@require_POST
def step(request: StaffRequest, pk: UUID, name: str) -> HttpResponse:
    """Keep the result, another date, or why nobody asks any more."""
    row = get_object_or_404(questions.follow_ups(actor=request.actor), pk=pk)
    if not request.actor.may(Permission.REFERRAL_SEND, unit=row.unit_id):
        raise PermissionDenied
    command, form_class, _label = STEPS[name]
    form = form_class(request.POST, auto_id=f"{name}-%s")
    if not form.is_valid():
        return render(request, "referrals/follow_up.html", _context(request, pk, {name: form}), status=422)
    command(actor=request.actor, follow_up_id=pk, **form.cleaned_data)
    messages.success(request, _("Gespeichert."))
    return redirect("referrals:follow_up", pk=pk)


def _context(
    request: StaffRequest, pk: UUID, bound: dict[str, django_forms.Form] | None = None
) -> dict[str, Any]:
    row = get_object_or_404(
        questions.follow_ups(actor=request.actor).select_related("escalation_unit"), pk=pk
    )
    card = questions.follow_up_card(actor=request.actor, follow_up=row)
    given = bound or {}
    actions = [
        {
            "name": name,
            "label": STEPS[name][2],
            "form": given.get(name) or STEPS[name][1](initial={"version": row.version}, auto_id=f"{name}-%s"),
            "open": name in given,
        }
        for name in card.actions
    ]
    sections = panels_for("follow_up", actor=request.actor, subject_id=pk)
    return {"card": card, "follow_up": row, "actions": actions, "panels": sections}


@needs(Permission.REFERRAL_SEND)
def plan(request: StaffRequest, household_id: UUID) -> HttpResponse:
    """Plan to look at a household again."""
    household = get_object_or_404(households_visible_to(request.actor), pk=household_id)
    proposals = queries.proposals(actor=request.actor, household_id=household_id)
    findings = [(str(one.finding.pk), one.label) for one in proposals]
    form = lasting.OwnFollowUpForm(request.POST or None, findings=findings)
    if form.is_valid():
        row = commands.plan_own_follow_up(actor=request.actor, household_id=household_id, **form.cleaned_data)
        messages.success(request, _("Die Wiedervorlage ist geplant."))
        return redirect("referrals:follow_up", pk=row.pk)
    context = {"household": household, "form": form}
    return render(request, "referrals/plan.html", context, status=422 if form.errors else 200)
