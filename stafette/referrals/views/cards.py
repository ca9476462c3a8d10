"""The page of one referral: its card, its steps, its consent sheet."""

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
from django.views.decorators.http import require_POST

from stafette.kernel.permissions import Permission
from stafette.protection.commands import give_consent
from stafette.referrals import access, commands, forms, queries, words
from stafette.referrals.consenting import consent_sheet
from stafette.referrals.drawing import picture
from stafette.referrals.queries.path import referral_path
from stafette.web.panels import panels_for
from stafette.web.requests import StaffRequest
from stafette.web.responses import page_or_partial, wants_partial

PAGE, CARD = "referrals/detail.html", "referrals/partials/card.html"


@dataclass(frozen=True)
class Step:
    """A step that the card offers: address, command, form, the button's look and a question before it."""

    path: str
    command: Callable[..., Any]
    form: type[forms.StepForm] = forms.StepForm
    kind: str = "secondary"
    confirm: Any = ""


STEPS: dict[str, Step] = {
    "check": Step("inhalt", commands.check_referral, forms.CheckForm, "primary"),
    "send": Step("senden", commands.send_referral, kind="primary"),
    "revise": Step("aendern", commands.revise_referral),
    "receive": Step("empfang", commands.confirm_receipt),
    "accept": Step("annehmen", commands.accept_referral, kind="primary"),
    "decline": Step("ablehnen", commands.decline_referral, forms.DeclineForm),
    "reach": Step("erstkontakt", commands.note_first_contact, forms.ReachForm, "primary"),
    "attempt": Step("kontaktversuch", commands.note_attempt, forms.AttemptForm),
    "miss": Step("nicht-erreicht", commands.note_not_reached),
    "close": Step("abschliessen", commands.close_referral, forms.CloseForm),
    "answer": Step("rueckmeldung", commands.give_feedback, kind="primary"),
    "settle": Step("kenntnis", commands.settle_decline, kind="primary"),
    "forward": Step("weitergeben", commands.forward_referral, forms.ForwardForm),
    "resume": Step("weiterfuehren", commands.resume_referral, kind="primary"),
    "suspend": Step("ruhen-lassen", commands.suspend_referral, forms.SuspendForm),
    "extend": Step("verlaengern", commands.extend_referral, forms.ExtendForm),
    "pause": Step("erinnerungen-pausieren", commands.pause_reminders, forms.PauseForm),
    "offer_lead": Step("federfuehrung-anbieten", commands.offer_lead, forms.OfferLeadForm),
    "return": Step("zurueckgeben", commands.return_referral, forms.ReturnForm),
    "reopen": Step("wieder-oeffnen", commands.reopen_referral, forms.ReopenForm),
    "correct_outcome": Step("ergebnis-berichtigen", commands.correct_referral, forms.CorrectOutcomeForm),
    "correct_reason": Step("grund-berichtigen", commands.correct_referral, forms.CorrectReasonForm),
    "correct_contact": Step("erstkontakt-berichtigen", commands.correct_referral, forms.CorrectContactForm),
    "take_over": Step("uebernehmen", commands.take_over),
    "withdraw": Step(
        "zurueckziehen",
        commands.withdraw_referral,
        kind="tertiary",
        confirm=gettext_lazy("Die Übergabe zurückziehen? Ihr Inhalt wird gelöscht."),
    ),
}


def detail(request: StaffRequest, pk: UUID) -> HttpResponse:
    """Show state, dates, who holds the baton, exactly what travels, and what may be done now."""
    return page_or_partial(request, PAGE, CARD, _context(request, pk))


@require_POST
def step(request: StaffRequest, pk: UUID, name: str) -> HttpResponse:
    """Take one step; the answer is the page, or the card alone for htmx."""
    referral = get_object_or_404(access.visible_to(request.actor), pk=pk)
    if not queries.may_take(request.actor, referral, name):
        raise PermissionDenied
    form = STEPS[name].form(request.POST, auto_id=f"{name}-%s")
    if form.is_valid():
        STEPS[name].command(actor=request.actor, referral_id=pk, **form.cleaned_data)
        if not wants_partial(request):
            return redirect("referrals:detail", pk=pk)
    context = _context(request, pk, {name: form} if form.errors else {})
    return page_or_partial(request, PAGE, CARD, context, status=422 if form.errors else 200)


def _context(
    request: StaffRequest, pk: UUID, bound: dict[str, forms.StepForm] | None = None
) -> dict[str, Any]:
    rows = access.visible_to(request.actor).select_related(
        *("from_unit__authority", "to_unit__authority", "responsible_unit", "responsible_user"),
        *("escalation_unit", "lead_unit", "sender_user", "receiver_user", "finding"),
    )
    card = queries.card(actor=request.actor, referral=get_object_or_404(rows, pk=pk))
    order = [name for name in STEPS if name in card.actions]
    actions = [_action(card, name, (bound or {}).get(name)) for name in order]
    small = picture(referral_path(card.referral, card.finding))
    sections = panels_for("referral", actor=request.actor, subject_id=pk)
    shown = {"card": card, "referral": card.referral, "actions": actions}
    return shown | {"picture": small, "panels": sections}


def _action(card: queries.Card, name: str, bound: forms.StepForm | None) -> dict[str, Any]:
    chosen, referral = STEPS[name], card.referral
    form: django_forms.Form = bound or chosen.form(
        initial={"version": referral.version}, auto_id=f"{name}-%s"
    )
    if name == "check":
        agreed = [row.code for row in card.draft if row.state != "missing"]
        form.fields["categories"].choices = [  # type: ignore[attr-defined]
            (row.code, _category_word(row.label, row.state)) for row in card.draft
        ]
        form.initial["categories"] = agreed
    if name == "forward":
        ends = {str(referral.from_unit_id), str(referral.to_unit_id)}
        field = form.fields["unit_id"]
        field.choices = [pair for pair in field.choices if pair[0] not in ends]  # type: ignore[attr-defined]
    if isinstance(form, forms.MoveDateForm):
        form.propose(card.timing.rooms[name])
    if name == "attempt":
        form.initial["next_on"] = card.next_try_on
    return {
        "name": name,
        "label": words.MOVE_NAMES[name],
        "form": form,
        "has_questions": bool(form.visible_fields()),
        "kind": chosen.kind,
        "confirm": chosen.confirm,
        "open": bool(form.errors) or name == "check" or (name == "reach" and card.was_reached),
    }


def _category_word(label: str, state: str) -> str:
    notes = {"missing": _("Einwilligung fehlt"), "agreed": _("mit Einwilligung"), "free": _("erlaubt")}
    return f"{label} – {notes[state]}"


def consent(request: StaffRequest, pk: UUID) -> HttpResponse:
    """Show the consent sheet in the person's language beside German, and keep what was agreed to."""
    referral = get_object_or_404(access.visible_to(request.actor).select_related("to_unit", "route"), pk=pk)
    may_ask = request.actor.may(Permission.CONSENT_EDIT, unit=referral.from_unit_id)
    if referral.household_id is None or not referral.can("check") or not may_ask:
        raise Http404
    sheet = consent_sheet(actor=request.actor, referral=referral, language=request.GET.get("sprache", ""))
    form = forms.ConsentForm(request.POST or None, **sheet.choices, initial=sheet.initial)
    if form.is_valid():
        give_consent(actor=request.actor, **sheet.arguments, **form.cleaned_data)
        messages.success(request, _("Die Einwilligung ist festgehalten."))
        return redirect("referrals:detail", pk=pk)
    back_url = reverse("referrals:detail", args=[pk])
    context = {"number": referral.number, "back_url": back_url, "sheet": sheet, "form": form}
    return render(request, "referrals/consent.html", context, status=422 if form.errors else 200)
