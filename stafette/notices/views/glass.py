"""Break-glass: what happens, opening, shutting, review."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from stafette.kernel.permissions import Permission
from stafette.notices import access, commands, forms, queries
from stafette.notices.queries.glass import filtered
from stafette.web.doors import needs
from stafette.web.lists import Column, ListSpec, show_list
from stafette.web.requests import StaffRequest

GLASSES = ListSpec(
    name="glasses",
    title=gettext_lazy("Notfallzugriffe"),
    order="review_on",
    filters=forms.GlassFilter,
    apply=filtered,
    empty=gettext_lazy("Zurzeit ist kein Notfallzugriff zu prüfen."),
    columns=(
        Column(
            "number", gettext_lazy("Nummer"), lambda row: row.number, sort="number",
            link=lambda row: reverse("notices:glass_review", args=[row.pk]),
        ),
        Column("unit", gettext_lazy("Akten von"), lambda row: row.unit.short_name or row.unit.name),
        Column("who", gettext_lazy("Geöffnet von"), lambda row: row.account.label),
        Column("ground", gettext_lazy("Grund"), lambda row: row.get_ground_display()),
        Column("opened", gettext_lazy("Geöffnet am"), lambda row: row.opened_at, sort="opened_at"),
        Column("state", gettext_lazy("Stand"), lambda row: row.state_word, badge=lambda row: "neutral"),
        Column(
            "due", gettext_lazy("Prüfen bis"),
            lambda row: row.review_on if row.state == "open" else "–", sort="review_on",
            badge=lambda row: "due" if row.state == "open" else "",
            export=lambda row: row.review_on if row.state == "open" else None,
        ),
    ),
)  # fmt: skip


@needs(Permission.GLASS_OPEN)
def overview(request: StaffRequest) -> HttpResponse:
    """Say in plain words what break-glass is, what it does not open, and which ground fits."""
    return render(request, "notices/glass.html", {"rules": queries.rules_for(actor=request.actor)})


@needs(Permission.GLASS_OPEN)
def opening(request: StaffRequest, ground: str) -> HttpResponse:
    """Ask whose files and why, and open them."""
    found = {rule.ground: (rule, units) for rule, units in queries.rules_for(actor=request.actor)}
    if ground not in found:
        raise Http404
    rule, units = found[ground]
    form = forms.OpenGlassForm(request.POST or None, units=units)
    if form.is_valid():
        commands.open_glass(actor=request.actor, ground=ground, **form.cleaned_data)
        messages.warning(request, _("Die Akten sind offen. Ihre Leitung und der Datenschutz wissen es."))
        return redirect("people:list")
    context = {"rule": rule, "units": units, "form": form}
    return render(request, "notices/glass_open.html", context, status=422 if form.errors else 200)


@require_POST
@needs(Permission.GLASS_OPEN)
def end(request: StaffRequest, pk: UUID) -> HttpResponse:
    """Shut the files; the page one was on may not exist any more, so the way leads to the overview."""
    commands.end_glass(actor=request.actor, glass_id=pk)
    messages.success(request, _("Der Notfallzugriff ist beendet. Er wird jetzt geprüft."))
    return redirect("notices:glass")


@needs(Permission.GLASS_REVIEW)
def index(request: StaffRequest) -> HttpResponse:
    """Show what is to be reviewed in the own units, the most urgent first."""
    return show_list(request, GLASSES, queries.glasses(actor=request.actor))


@needs(Permission.GLASS_REVIEW)
def review(request: StaffRequest, pk: UUID) -> HttpResponse:
    """Show why and what was read, and keep what this side found."""
    rows = access.glasses_visible_to(request.actor).select_related(
        "unit__authority", "home_unit", "account", "head_by", "officer_by"
    )
    card = queries.glass_card(actor=request.actor, glass=get_object_or_404(rows, pk=pk))
    form = forms.ReviewForm(request.POST or None, initial={"version": card.glass.version})
    if form.is_valid():
        commands.review_glass(actor=request.actor, glass_id=pk, **form.cleaned_data)
        messages.success(request, _("Ihre Prüfung ist festgehalten."))
        return redirect("notices:glass_review", pk=pk)
    context: dict[str, Any] = {"card": card, "glass": card.glass, "form": form if card.may_review else None}
    return render(request, "notices/glass_review.html", context, status=422 if form.errors else 200)
