"""From a household to a question: choose partner, question and person, get the consent that is missing."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from stafette.kernel.errors import RuleBroken
from stafette.kernel.permissions import Permission
from stafette.partners import access, commands, forms, queries
from stafette.partners.consenting import consent_sheet
from stafette.partners.occasions import FOLLOW_UP, REFERRAL, Occasion, occasion_of
from stafette.people.access import households_visible_to
from stafette.protection.commands import give_consent
from stafette.referrals.forms import ConsentForm
from stafette.web.requests import StaffRequest


def ask(request: StaffRequest, household_id: UUID) -> HttpResponse:
    """Two steps on one page: first whom, then what and about whom. Nothing is sent here."""
    household = get_object_or_404(households_visible_to(request.actor), pk=household_id)
    if not request.actor.may(Permission.REFERRAL_SEND, unit=household.unit_id):
        raise PermissionDenied
    occasion = _occasion(request, household)
    wanted = request.GET if "partner" in request.GET else None
    chosen = forms.ChoosePartnerForm(wanted, partners=queries.partner_choices())
    context: dict[str, Any] = {"household": household, "chosen": chosen, "occasion": occasion}
    context |= _way_back(household.pk, occasion)
    if not chosen.is_valid():
        return render(request, "partners/ask.html", context)
    partner = get_object_or_404(queries.partners(), pk=chosen.cleaned_data["partner"])
    form = forms.AskForm(
        request.POST or None,
        questions=queries.question_choices(partner.kind),
        persons=queries.person_choices(actor=request.actor, household_id=household_id),
    )
    if form.is_valid():
        return _prepare(request, household_id, partner.pk, form.cleaned_data | _arguments(occasion))
    context |= {"partner": partner, "form": form}
    return render(request, "partners/ask.html", context, status=422 if form.errors else 200)


def _occasion(request: StaffRequest, household: Any) -> Occasion | None:
    """What the address names as the reason to ask; it has to be about this household, in the same books."""
    named = {
        "follow_up_id": _uuid(request.GET.get(FOLLOW_UP)),
        "referral_id": _uuid(request.GET.get(REFERRAL)),
    }
    if not any(named.values()):
        return None
    found = occasion_of(request.actor, **named)
    if found is None or (found.unit_id, found.household_id) != (household.unit_id, household.pk):
        raise Http404
    return found


def _uuid(text: str | None) -> UUID | None:
    try:
        return UUID(text) if text else None
    except ValueError:
        raise Http404 from None


def _arguments(occasion: Occasion | None) -> dict[str, UUID]:
    return occasion.arguments if occasion else {}


def _way_back(household_id: UUID, occasion: Occasion | None) -> dict[str, str]:
    if occasion is not None:
        return {"back_url": occasion.url, "back_text": occasion.label}
    return {"back_url": reverse("people:household", args=[household_id]), "back_text": _("Haushalt")}


def _prepare(
    request: StaffRequest, household_id: UUID, partner_id: UUID, values: dict[str, Any]
) -> HttpResponse:
    made = commands.prepare_request(
        actor=request.actor, household_id=household_id, partner_id=partner_id, **values
    )
    messages.success(request, _("Die Anfrage ist vorbereitet. Gesendet ist noch nichts."))
    return redirect("partners:request", pk=made.pk)


def consent(request: StaffRequest, pk: UUID) -> HttpResponse:
    """Show the consent sheet in the person's language beside German, and keep what was agreed to."""
    rows = access.visible_to(request.actor).select_related("unit__authority", "partner")
    found = get_object_or_404(rows, pk=pk)
    may_ask = request.actor.may(Permission.CONSENT_EDIT, unit=found.unit_id)
    if found.household_id is None or not found.can("send") or not may_ask:
        raise Http404
    sheet = consent_sheet(actor=request.actor, request=found, language=request.GET.get("sprache", ""))
    form = ConsentForm(request.POST or None, **sheet.choices, initial=sheet.initial)
    if form.is_valid():
        give_consent(actor=request.actor, **sheet.arguments, **form.cleaned_data)
        return _go_on(request, pk)
    back_url = reverse("partners:request", args=[pk])
    context = {"number": found.number, "back_url": back_url, "sheet": sheet, "form": form}
    return render(request, "referrals/consent.html", context, status=422 if form.errors else 200)


def _go_on(request: StaffRequest, pk: UUID) -> HttpResponse:
    """With the consent the content is put together at once, as far as nothing else is missing."""
    messages.success(request, _("Die Einwilligung ist festgehalten."))
    try:
        commands.fill_request(actor=request.actor, request_id=pk)
    except RuleBroken as broken:
        messages.warning(request, broken.message)  # some of it is still missing: the page says what
    return redirect("partners:request", pk=pk)
