"""Accounts: list, new, invite, lock, reset, leave."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from stafette.accounts import access, commands, forms, queries
from stafette.accounts.views.account_list import accounts_list
from stafette.kernel.permissions import Permission
from stafette.web.lists import show_list
from stafette.web.marks import marks_for
from stafette.web.panels import panels_for
from stafette.web.requests import StaffRequest


def _require_user_admin(request: StaffRequest) -> None:
    """The list of accounts exists only for whoever manages them."""
    if not request.actor.may(Permission.USER_ADMIN):
        raise Http404


def accounts(request: StaffRequest) -> HttpResponse:
    """All accounts, with those that nobody used for long."""
    _require_user_admin(request)
    found = access.accounts_visible_to(request.actor)
    marks = marks_for("account", list(found.values_list("pk", flat=True)))
    return show_list(request, accounts_list(marks), queries.accounts_with_use(found))


def create_account(request: StaffRequest) -> HttpResponse:
    """Make an account; the invitation is the next step."""
    _require_user_admin(request)
    form = forms.AccountForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        user = commands.create_account(actor=request.actor, **form.cleaned_data)
        messages.success(request, _("Das Konto ist angelegt. Laden Sie die Person jetzt ein."))
        return redirect("accounts:account", pk=user.pk)
    return render(request, "accounts/create_account.html", {"form": form}, status=422 if form.errors else 200)


def account(request: StaffRequest, pk: UUID) -> HttpResponse:
    """One account: memberships, absences, second factor, and what can be done."""
    user = get_object_or_404(access.accounts_visible_to(request.actor), pk=pk)
    context = {
        "account": user,
        "card": queries.own_card(pk),
        "panels": panels_for("account", actor=request.actor, subject_id=pk),
        "is_user_admin": request.actor.may(Permission.USER_ADMIN),
        "is_oneself": pk == request.actor.id,
        "may_note_absence": access.absentees_visible_to(request.actor).filter(pk=pk).exists(),
    }
    return render(request, "accounts/account.html", context)


def invite(request: StaffRequest, pk: UUID) -> HttpResponse:
    """Make the link for the first password and show it once."""
    _require_user_admin(request)
    user = get_object_or_404(access.accounts_visible_to(request.actor), pk=pk)
    form = forms.InviteForm(request.POST if request.method == "POST" else None)
    invitation = None
    if request.method == "POST" and form.is_valid():
        base = request.build_absolute_uri("/")
        invitation = commands.invite_account(
            actor=request.actor, user_id=pk, base_url=base, **form.cleaned_data
        )
    response = render(
        request, "accounts/invite.html", {"account": user, "form": form, "invitation": invitation}
    )
    response["Cache-Control"] = "no-store"
    return response


@require_POST
def lock(request: StaffRequest, pk: UUID) -> HttpResponse:
    """Shut someone out at once."""
    get_object_or_404(access.accounts_visible_to(request.actor), pk=pk)
    commands.lock_account(actor=request.actor, user_id=pk)
    messages.success(request, _("Das Konto ist gesperrt, alle Anmeldungen sind beendet."))
    return redirect("accounts:account", pk=pk)


@require_POST
def unlock(request: StaffRequest, pk: UUID) -> HttpResponse:
    """Let someone in again."""
    get_object_or_404(access.accounts_visible_to(request.actor), pk=pk)
    commands.unlock_account(actor=request.actor, user_id=pk)
    messages.success(request, _("Das Konto ist wieder offen."))
    return redirect("accounts:account", pk=pk)


@require_POST
def reset_factor(request: StaffRequest, pk: UUID) -> HttpResponse:
    """Take the second factor away, so that a new one is set up at the next login."""
    get_object_or_404(access.accounts_visible_to(request.actor), pk=pk)
    commands.reset_second_factor(actor=request.actor, user_id=pk)
    messages.success(request, _("Der zweite Faktor ist zurückgesetzt."))
    return redirect("accounts:account", pk=pk)


def leave(request: StaffRequest, pk: UUID) -> HttpResponse:
    """Leaving: what is open per unit, who takes it over, then one step."""
    user = get_object_or_404(access.accounts_visible_to(request.actor), pk=pk)
    desks = queries.desks_to_clear(actor=request.actor, user_id=pk)
    form = forms.LeavingForm(
        request.POST if request.method == "POST" else None,
        units=[desk.as_choice for desk in desks],
        asks_sealed=any(desk.alone for desk in desks),
    )
    if request.method == "POST" and form.is_valid():
        sealed = form.cleaned_data.get("leaves_sealed", False)
        commands.finish_leaving(
            actor=request.actor, user_id=pk, successors=form.successors, leaves_sealed=sealed
        )
        messages.success(request, _("Alles Offene ist übergeben, das Konto ist geschlossen."))
        return redirect("accounts:account", pk=pk)
    context = {"account": user, "desks": desks, "form": form}
    return render(request, "accounts/leave.html", context, status=422 if form.errors else 200)
