"""Notices to the foreigners' authority: draft, second person, letter; the rules and the count for the committee."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from stafette.kernel.clock import today
from stafette.kernel.permissions import Permission
from stafette.notices import access, commands, forms, queries, sheets, words
from stafette.notices.outbound_rules import outbound_rules, why_not
from stafette.notices.queries.outbound import filtered
from stafette.people.access import households_visible_to
from stafette.protection.commands.own import log_own
from stafette.protection.data import Channel
from stafette.web.doors import needs
from stafette.web.lists import Column, ListSpec, show_list
from stafette.web.requests import StaffRequest
from stafette.web.responses import file_response


@dataclass(frozen=True)
class Step:
    """A step that the page offers as a button."""

    path: str
    command: Callable[..., Any]
    permission: Permission
    kind: str = "secondary"
    confirm: Any = ""


STEPS: dict[str, Step] = {
    "confirm": Step(
        "bestaetigen",
        commands.confirm_outbound,
        Permission.NOTICE_CONFIRM,
        "primary",
        gettext_lazy(
            "Haben Sie Norm, Ausnahmen und Tatsache selbst geprüft? Danach gilt die Mitteilung als gemacht."
        ),
    ),
    "submit": Step("pruefen-lassen", commands.submit_outbound, Permission.NOTICE_EDIT, "primary"),
    "withdraw": Step(
        "zurueckziehen",
        commands.withdraw_outbound,
        Permission.NOTICE_EDIT,
        "tertiary",
        gettext_lazy("Die Mitteilung zurückziehen? Ihr Inhalt wird gelöscht."),
    ),
}
OUTBOUNDS = ListSpec(
    name="outbound_notices",
    title=gettext_lazy("Mitteilungen nach § 87 AufenthG"),
    order="next_on",
    filters=forms.OutboundFilter,
    apply=filtered,
    empty=gettext_lazy("Zurzeit ist keine Mitteilung offen."),
    columns=(
        Column(
            "number", gettext_lazy("Nummer"), lambda row: row.number, sort="number",
            link=lambda row: reverse("notices:outbound", args=[row.pk]),
        ),
        Column("norm", gettext_lazy("Norm"), lambda row: outbound_rules().norm(row.norm).section),
        Column("state", gettext_lazy("Stand"), lambda row: row.state_word, badge=lambda row: "neutral"),
        Column(
            "due", gettext_lazy("Nächster Schritt"), lambda row: row.next_on if row.is_open else "–",
            sort="next_on", badge=lambda row: "due" if row.is_open else "",
            export=lambda row: row.next_on if row.is_open else None,
        ),
    ),
)  # fmt: skip


@needs(Permission.NOTICE_VIEW)
def index(request: StaffRequest) -> HttpResponse:
    """Show number, norm and state; nobody's name."""
    return show_list(request, OUTBOUNDS, queries.outbounds(actor=request.actor))


@needs(Permission.UNIT_VIEW)
def rules(request: StaffRequest) -> HttpResponse:
    """Show norms, exceptions and who may draft at all, each with its source: the law is no secret of the house."""
    found, day = outbound_rules(), today()
    context = {
        "norms": found.norms_on(day),
        "questions": found.questions_on(day),
        "units": [(words.UNIT_KINDS.get(unit.kind, unit.kind), unit) for unit in found.units_on(day)],
    }
    return render(request, "notices/outbound_rules.html", context)


@needs(Permission.FIGURES_VIEW)
def figures(request: StaffRequest) -> HttpResponse:
    """Show how many notices went out, per norm and quarter, small numbers hidden."""
    return render(request, "notices/figures.html", {"counts": queries.counts(actor=request.actor)})


@needs(Permission.NOTICE_EDIT)
def draft(request: StaffRequest, household_id: UUID) -> HttpResponse:
    """Draft a notice: norm, exceptions, the one fact."""
    rows = households_visible_to(request.actor).select_related("unit")
    household = get_object_or_404(rows, pk=household_id)
    if not request.actor.may(Permission.NOTICE_EDIT, unit=household.unit_id):
        raise PermissionDenied
    persons = queries.person_choices(actor=request.actor, household_id=household_id)
    form = forms.DraftForm(request.POST or None, persons=persons)
    if form.is_valid():
        made = commands.draft_outbound(actor=request.actor, unit_id=household.unit_id, **form.cleaned_data)
        messages.success(request, _("Der Entwurf ist gespeichert. Mitgeteilt ist noch nichts."))
        return redirect("notices:outbound", pk=made.pk)
    context = {
        "household": household,
        "form": form,
        "norms": outbound_rules().norms_on(today()),
        "refusal": why_not(household.unit.kind),
    }
    return render(request, "notices/draft.html", context, status=422 if form.errors else 200)


@needs(Permission.NOTICE_VIEW)
def detail(request: StaffRequest, pk: UUID) -> HttpResponse:
    """Show norm, answers and state; the content only to the two people who answer for it."""
    return render(request, "notices/outbound.html", _context(request, pk))


@require_POST
@needs(Permission.NOTICE_EDIT, Permission.NOTICE_CONFIRM)
def step(request: StaffRequest, pk: UUID, name: str) -> HttpResponse:
    """Take one step."""
    found = get_object_or_404(access.outbound_visible_to(request.actor), pk=pk)
    if not request.actor.may(STEPS[name].permission, unit=found.unit_id):
        raise PermissionDenied
    form = forms.StepForm(request.POST)
    form.is_valid()
    version = form.cleaned_data.get("version")
    STEPS[name].command(actor=request.actor, notice_id=pk, version=version)
    return redirect("notices:outbound", pk=pk)


@needs(Permission.NOTICE_CONFIRM)
def reject(request: StaffRequest, pk: UUID) -> HttpResponse:
    """The second person does not agree, and says why."""
    context = _context(request, pk)
    card: queries.OutboundCard = context["card"]
    if not request.actor.may(Permission.NOTICE_CONFIRM, unit=card.notice.unit_id):
        raise PermissionDenied
    form = forms.RejectForm(request.POST or None, initial={"version": card.notice.version})
    if form.is_valid():
        commands.reject_outbound(actor=request.actor, notice_id=pk, **form.cleaned_data)
        return redirect("notices:outbound", pk=pk)
    return render(
        request, "notices/reject.html", context | {"form": form}, status=422 if form.errors else 200
    )


@needs(Permission.NOTICE_EDIT, Permission.NOTICE_CONFIRM)
def letter(request: StaffRequest, pk: UUID) -> HttpResponse:
    """The letter, only once a second person has agreed."""
    card: queries.OutboundCard = _context(request, pk)["card"]
    if not card.may_print:
        raise Http404
    log_own(
        actor=request.actor, unit_id=card.notice.unit_id, kind=Channel.PRINT, reference=card.notice.number,
        purpose=_("Ausdruck einer Mitteilung nach § 87 AufenthG"),
    )  # fmt: skip
    return file_response(sheets.outbound_pdf(card), name=f"{card.notice.number}.pdf", kind="application/pdf")


def _context(request: StaffRequest, pk: UUID) -> dict[str, Any]:
    rows = access.outbound_visible_to(request.actor).select_related(
        *("unit__authority", "responsible_user", "responsible_unit", "escalation_unit"),
        *("drafted_by", "checked_by"),
    )
    card = queries.outbound_card(actor=request.actor, notice=get_object_or_404(rows, pk=pk))
    actions = [
        {
            "name": name,
            "label": words.OUTBOUND_NAMES[name],
            "kind": STEPS[name].kind,
            "confirm": STEPS[name].confirm,
        }
        for name in card.actions
    ]
    return {"card": card, "notice": card.notice, "actions": actions}
