"""What follows from the findings of a household."""

from __future__ import annotations

from typing import Any
from uuid import UUID, uuid4

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from stafette.directory.queries import filtered
from stafette.directory.queries import services as all_services
from stafette.kernel.permissions import Permission
from stafette.people.access import households_visible_to
from stafette.referrals import access, commands, forms, queries
from stafette.web.doors import needs
from stafette.web.requests import StaffRequest


def household(request: StaffRequest, household_id: UUID) -> HttpResponse:
    """Show each finding with its ways, what the rule says about them, and what was already done."""
    found = get_object_or_404(households_visible_to(request.actor), pk=household_id)
    return render(request, "referrals/household.html", _context(request, found))


def _context(request: StaffRequest, found: Any) -> dict[str, Any]:
    return {
        "household": found,
        "proposals": queries.proposals(actor=request.actor, household_id=found.pk),
        "dismiss_form": forms.DismissForm(),
    }


@require_POST
def prepare(request: StaffRequest, pk: UUID) -> HttpResponse:
    """Begin a referral from a finding along the chosen way."""
    get_object_or_404(access.findings_visible_to(request.actor), pk=pk)
    form = forms.PrepareForm(request.POST)
    if not form.is_valid():
        return _again(request, pk)
    referral = commands.prepare_referral(actor=request.actor, finding_id=pk, **form.cleaned_data)
    messages.success(request, _("Die Übergabe ist vorbereitet. Gesendet ist noch nichts."))
    return redirect("referrals:detail", pk=referral.pk)


@require_POST
def dismiss(request: StaffRequest, pk: UUID) -> HttpResponse:
    """Decide that nothing follows from a finding."""
    finding = get_object_or_404(access.findings_visible_to(request.actor), pk=pk)
    form = forms.DismissForm(request.POST)
    if not form.is_valid():
        return _again(request, pk)
    commands.dismiss_finding(actor=request.actor, finding_id=pk, **form.cleaned_data)
    messages.success(request, _("Die Feststellung ist verworfen."))
    return redirect("referrals:household", household_id=finding.household_id)


@require_POST
def signpost(request: StaffRequest, pk: UUID) -> HttpResponse:
    """Count that the family was shown the way to a service."""
    finding = get_object_or_404(access.findings_visible_to(request.actor), pk=pk)
    form = forms.SignpostForm(request.POST)
    if not form.is_valid():
        return _again(request, pk)
    commands.signpost(actor=request.actor, unit_id=finding.unit_id, finding_id=pk, **form.cleaned_data)
    messages.success(request, _("Der Verweis ist gezählt."))
    return redirect("referrals:household", household_id=finding.household_id)


def _again(request: StaffRequest, finding_id: UUID) -> HttpResponse:
    """Show the page again when a button sent nothing usable."""
    finding = get_object_or_404(access.findings_visible_to(request.actor), pk=finding_id)
    found = get_object_or_404(households_visible_to(request.actor), pk=finding.household_id)
    messages.error(request, _("Bitte wählen Sie einen Eintrag aus der Liste."))
    return render(request, "referrals/household.html", _context(request, found), status=422)


MOST_SERVICES = 60


@needs(Permission.REFERRAL_SEND)
def services(request: StaffRequest) -> HttpResponse:
    """Show services by topic and language, each with the one click that counts the signpost."""
    form = forms.ServiceFilter(request.GET)
    rows = filtered(all_services(), form.cleaned_data) if form.is_valid() else all_services()
    context = {"form": form, "services": rows[:MOST_SERVICES], "key": uuid4()}
    return render(request, "referrals/services.html", context)


@require_POST
def point(request: StaffRequest, service_id: UUID) -> HttpResponse:
    """Count an anonymous signpost at the counter, in the unit in which the clerk advises."""
    units = sorted(request.actor.units(Permission.REFERRAL_SEND))
    if not units:
        raise PermissionDenied
    form = forms.OnceForm(request.POST)
    key = form.cleaned_data["key"] if form.is_valid() else None
    commands.signpost(actor=request.actor, unit_id=units[0], service_id=service_id, key=key)
    messages.success(request, _("Der Verweis ist gezählt, ohne Angaben zur Person."))
    return redirect("referrals:services")
