"""One's own page: memberships, absence, second factor, language, and for which unit one works now."""

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from stafette.accounts import forms, queries
from stafette.accounts.middleware import UNIT_IN_SESSION
from stafette.web.panels import panels_for
from stafette.web.requests import StaffRequest


def profile(request: StaffRequest) -> HttpResponse:
    """What the program knows about oneself as a member of staff."""
    card = queries.own_card(request.actor.id)
    chosen = request.session.get(UNIT_IN_SESSION, "")
    context = {
        "card": card,
        "panels": panels_for("account", actor=request.actor, subject_id=request.actor.id),
        "unit_form": forms.UnitChoiceForm(units=card.units, initial={"unit_id": chosen})
        if len(card.units) > 1
        else None,
        "language_form": forms.LanguageForm(initial={"language": getattr(request, "LANGUAGE_CODE", "de")}),
    }
    return render(request, "accounts/profile.html", context)


@require_POST
def choose_unit(request: StaffRequest) -> HttpResponse:
    """Work for one of one's units from now on, or for all of them."""
    form = forms.UnitChoiceForm(request.POST, units=queries.own_card(request.actor.id).units)
    if not form.is_valid():
        return redirect("accounts:profile")
    request.session[UNIT_IN_SESSION] = form.cleaned_data["unit_id"]
    messages.success(request, _("Ab jetzt sehen Sie diese Auswahl. Sie gilt bis zur Abmeldung."))
    return redirect("accounts:profile")


@require_POST
def choose_language(request: StaffRequest) -> HttpResponse:
    """Keep the language of the interface in a cookie; it is no data about a person."""
    form = forms.LanguageForm(request.POST)
    response = redirect("accounts:profile")
    if form.is_valid():
        response.set_cookie(
            settings.LANGUAGE_COOKIE_NAME, form.cleaned_data["language"], max_age=365 * 86400,
            secure=settings.SESSION_COOKIE_SECURE, httponly=True, samesite="Lax",
        )  # fmt: skip
    return response
