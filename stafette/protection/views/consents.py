"""Consents of a unit and of a household: look at them, renew them, withdraw them, print the receipt."""

from __future__ import annotations

from typing import Any
from uuid import UUID, uuid4

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from django.views.decorators.http import require_POST

from stafette.kernel.clock import today
from stafette.kernel.permissions import Permission
from stafette.people.access import households_visible_to
from stafette.protection import commands, forms, printing, queries, receipts, wording
from stafette.protection.kinds import Kind, box_labels
from stafette.protection.life import Span, life_value
from stafette.web import pdf
from stafette.web.doors import needs
from stafette.web.lists import Column, ListSpec, show_list
from stafette.web.requests import StaffRequest
from stafette.web.responses import file_response

STATES = {
    "soon": lazy("läuft bald ab"),
    "holds": lazy("gilt"),
    "lapsed": lazy("abgelaufen"),
    "withdrawn": lazy("widerrufen"),
}


@needs(Permission.CONSENT_VIEW)
def listed(request: StaffRequest) -> HttpResponse:
    """List what people agreed to at one's own unit: above all what runs out."""
    spec = ListSpec(
        name="consents",
        title=_("Einwilligungen"),
        order="expires_on",
        filters=forms.ConsentFilter,
        apply=queries.filtered_consents,
        empty=_("Hier stehen die Einwilligungen Ihrer Stelle, sobald eine gegeben ist."),
        page="protection/consents.html",
        columns=(
            Column("number", _("Nummer"), lambda row: row.number, link=_address),
            Column("household", _("Haushalt"), lambda row: row.household.label),
            Column("kind", _("Art"), lambda row: row.get_kind_display()),
            Column("receiver", _("Empfänger"), lambda row: row.receiver_name),
            Column("given", _("Gegeben am"), lambda row: row.given_on, sort="given_on"),
            Column("until", _("Gilt bis"), lambda row: row.expires_on, sort="expires_on"),
            Column("state", _("Stand"), lambda row: STATES[state_of(row)]),
        ),
    )
    return show_list(request, spec, queries.all_consents(actor=request.actor))


def _address(row: Any) -> str:
    return reverse("protection:consent", args=[row.pk])


def state_of(consent: Any) -> str:
    """In which state a consent is, in the words of the filter."""
    if consent.withdrawn_at is not None:
        return "withdrawn"
    if consent.is_lapsed:
        return "lapsed"
    return "soon" if consent.expires_on <= queries.remind_from(today()) else "holds"


def household(request: StaffRequest, household_id: UUID) -> HttpResponse:
    """Show what a household agreed to, what has ended, and let it be withdrawn."""
    found = get_object_or_404(households_visible_to(request.actor), pk=household_id)
    if not request.actor.may(Permission.CONSENT_VIEW):
        raise PermissionDenied
    rows = queries.consents_of(actor=request.actor, household_id=household_id)
    context = {
        "household": found,
        "consents": [(consent, state_of(consent)) for consent in rows],
        "kinds": Kind.choices,
        "papers": printing.papers(),
        "forms": [(code, printing.paper("de").forms[code]["title"]) for code in printing.FORMS],
        "may_ask": request.actor.may(Permission.CONSENT_EDIT, unit=found.unit_id),
    }
    return render(request, "protection/household.html", context)


def consent(request: StaffRequest, pk: UUID) -> HttpResponse:
    """Show one consent as it was read: in German and in the language of the talk."""
    found = _found(request, pk)
    return render(request, "protection/consent.html", _context(request, found))


def _found(request: StaffRequest, pk: UUID) -> Any:
    rows = queries.all_consents(actor=request.actor)
    return get_object_or_404(rows.select_related("unit__authority", "withdrawn_unit", "renews"), pk=pk)


def _context(request: StaffRequest, found: Any, **bound: Any) -> dict[str, Any]:
    german, foreign = texts_of(found)
    may_change = request.actor.may(Permission.CONSENT_EDIT, unit=found.unit_id)
    return {
        "consent": found,
        "state": state_of(found),
        "german": german,
        "foreign": foreign,
        "boxes": box_labels(found.kind, found.categories),
        "people": queries.people_of(found),
        "sheet": [one for one in queries.on_one_sheet(actor=request.actor, consent=found) if one != found],
        "lasts": life_value(Span.LASTS, on=today()),
        "may_withdraw": may_change,
        "withdraw_form": bound.get("withdraw") or forms.WithdrawForm(auto_id="withdraw-%s"),
        "renew_form": bound.get("renew") or forms.HowForm(initial={"key": uuid4()}, auto_id="renew-%s"),
        "languages": printing.papers(),
    }


def texts_of(found: Any) -> tuple[Any, Any]:
    """The words that were read, in German and in the language of the talk."""
    if found.kind == Kind.DATA and not printing.is_form(found.text_version):
        facts = {"receiver": found.receiver_name, "purpose": found.purpose, "categories": found.categories}
        pair: list[Any] = [
            wording.sheet(code, **facts) for code in dict.fromkeys([wording.GERMAN, found.language])
        ]
    else:
        pair = [printing.reading(found.kind, code) for code in dict.fromkeys(["de", found.language])]
    return pair[0], pair[1] if len(pair) > 1 else None


@require_POST
def withdraw(request: StaffRequest, pk: UUID) -> HttpResponse:
    """Withdraw a consent with one click; what hangs on it ends at once."""
    found, form = _found(request, pk), forms.WithdrawForm(request.POST, auto_id="withdraw-%s")
    if not form.is_valid():
        return render(request, "protection/consent.html", _context(request, found, withdraw=form), status=422)
    commands.withdraw_consent(actor=request.actor, consent_id=pk, **form.cleaned_data)
    messages.success(
        request,
        _(
            "Die Einwilligung ist widerrufen. Was noch nicht angenommen war, ist gelöscht; die Empfänger wissen "
            "Bescheid, und die Löschprüfung läuft."
        ),
    )
    return redirect("protection:consent", pk=pk)


@require_POST
def renew(request: StaffRequest, pk: UUID) -> HttpResponse:
    """Let the same people agree anew: one step, a new number, a new date."""
    found, form = _found(request, pk), forms.HowForm(request.POST, auto_id="renew-%s")
    if not form.is_valid():
        return render(request, "protection/consent.html", _context(request, found, renew=form), status=422)
    fresh = commands.renew_consent(actor=request.actor, consent_id=pk, **form.cleaned_data)
    messages.success(request, _("Die Einwilligung ist erneuert. Geben Sie der Person den neuen Beleg mit."))
    return redirect("protection:consent", pk=fresh.pk)


def receipt_sheet(request: StaffRequest, pk: UUID) -> HttpResponse:
    """The receipt for the person, in the language of the talk and in German."""
    found = _found(request, pk)
    commands.log_letter(
        actor=request.actor,
        unit_id=found.unit_id,
        household_id=found.household_id,
        reference=found.number,
        person_ids=[row.person_id for row in queries.people_of(found)],
    )
    facts = queries.receipt_facts(found)
    return file_response(receipts.receipt_pdf(facts), name=f"beleg-{facts.number}.pdf", kind=pdf.KIND)


def receipt_record(request: StaffRequest, pk: UUID) -> HttpResponse:
    """The same as a record after ISO/IEC TS 27560, for other programs."""
    found = _found(request, pk)
    commands.log_letter(
        actor=request.actor,
        unit_id=found.unit_id,
        household_id=found.household_id,
        reference=found.number,
        person_ids=[row.person_id for row in queries.people_of(found)],
    )
    record = receipts.receipt_record(queries.receipt_facts(found))
    answer = JsonResponse(record, json_dumps_params={"ensure_ascii": False, "indent": 2})
    answer["Content-Disposition"] = f'attachment; filename="beleg-{record["record"]["consent_number"]}.json"'
    answer["Cache-Control"] = "no-store"
    return answer
