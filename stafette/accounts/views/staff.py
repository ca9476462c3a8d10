"""The staff of a unit: memberships and absences."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from stafette.accounts import access, commands, forms, queries
from stafette.accounts.staffing import roles_to_give
from stafette.kernel.clock import today
from stafette.kernel.permissions import Permission
from stafette.web.panels import panels_for
from stafette.web.requests import StaffRequest


def staff(request: StaffRequest, code: str) -> HttpResponse:
    """Who works in the unit, now and later, and who is away."""
    unit = get_object_or_404(access.units_administered_by(request.actor), code=code)
    may_end = set(access.memberships_visible_to(request.actor).filter(unit=unit).values_list("pk", flat=True))
    may_manage = request.actor.may(Permission.UNIT_ADMIN, unit=unit.pk)
    context = {
        "unit": unit,
        "team": queries.team_of(unit.pk),
        "may_end": may_end,
        "may_manage": may_manage,
        "panels": panels_for("team", actor=request.actor, subject_id=unit.pk),
    }
    return render(request, "accounts/staff.html", context)


def add_membership(request: StaffRequest, code: str) -> HttpResponse:
    """Let a colleague work in the unit."""
    unit = get_object_or_404(access.units_administered_by(request.actor), code=code)
    form = forms.MembershipForm(
        request.POST if request.method == "POST" else None,
        roles=roles_to_give(request.actor, unit),
        initial={"starts_on": today()},
    )
    if request.method == "POST" and form.is_valid():
        commands.add_membership(actor=request.actor, unit_id=unit.pk, **form.cleaned_data)
        messages.success(request, _("Die Mitgliedschaft ist eingetragen."))
        return redirect("accounts:staff", code=code)
    context = {"unit": unit, "form": form}
    return render(request, "accounts/add_membership.html", context, status=422 if form.errors else 200)


def end_membership(request: StaffRequest, pk: UUID) -> HttpResponse:
    """Name the last day of a membership."""
    membership = get_object_or_404(access.memberships_visible_to(request.actor), pk=pk)
    form = forms.EndForm(request.POST if request.method == "POST" else None, initial={"ends_on": today()})
    if request.method == "POST" and form.is_valid():
        commands.end_membership(actor=request.actor, membership_id=pk, **form.cleaned_data)
        messages.success(request, _("Das Ende der Mitgliedschaft ist eingetragen."))
        return redirect("accounts:staff", code=membership.unit.code)
    context = {"membership": membership, "form": form}
    return render(request, "accounts/end_membership.html", context, status=422 if form.errors else 200)


def absence(request: StaffRequest, pk: UUID) -> HttpResponse:
    """Note an absence with its deputy, for oneself or for staff that one administers."""
    user = get_object_or_404(access.absentees_visible_to(request.actor), pk=pk)
    deputies = queries.possible_deputies(pk).values_list("pk", "label")
    form = forms.AbsenceForm(
        request.POST if request.method == "POST" else None, deputies=deputies, initial={"starts_on": today()}
    )
    if request.method == "POST" and form.is_valid():
        commands.record_absence(actor=request.actor, user_id=pk, **form.cleaned_data)
        messages.success(
            request, _("Die Abwesenheit ist eingetragen; die Vertretung sieht Offenes auf ihrem Tisch.")
        )
        return redirect(_back(request, pk))
    context = {"colleague": user, "form": form, "back": _back(request, pk), "has_deputies": bool(deputies)}
    return render(request, "accounts/absence.html", context, status=422 if form.errors else 200)


@require_POST
def cancel_absence(request: StaffRequest, pk: UUID) -> HttpResponse:
    """Someone is back early."""
    found = get_object_or_404(access.absences_visible_to(request.actor), pk=pk)
    commands.cancel_absence(actor=request.actor, absence_id=pk)
    messages.success(request, _("Die Abwesenheit ist aufgehoben."))
    return redirect(_back(request, found.user_id))


def _back(request: StaffRequest, user_id: UUID) -> str:
    """One's own page, or that of the account."""
    return queries.url_of_account(user_id, viewer_id=request.actor.id)
