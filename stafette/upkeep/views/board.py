"""The editors' page: what to do today so that the directory stays true."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from stafette.directory.commands import confirm_service
from stafette.kernel.permissions import Permission
from stafette.upkeep import commands
from stafette.upkeep.panels import figures_context
from stafette.upkeep.queries.board import board
from stafette.upkeep.queries.figures import picture
from stafette.web.doors import needs
from stafette.web.panels import panels_for
from stafette.web.requests import StaffRequest


@needs(Permission.DIRECTORY_EDIT)
def index(request: StaffRequest) -> HttpResponse:
    """Show calls, bounced mails, proposals, hints, and what other rooms add."""
    context = {
        "board": board(),
        "figures": figures_context(picture()),
        "panels": panels_for("upkeep", actor=request.actor, subject_id=request.actor.id),
    }
    return render(request, "upkeep/index.html", context)


@require_POST
@needs(Permission.DIRECTORY_EDIT)
def confirm(request: StaffRequest, pk: UUID) -> HttpResponse:
    """Keep that the provider said so on the telephone."""
    confirm_service(actor=request.actor, service_id=pk, by=_("Redaktion, am Telefon"))
    messages.success(request, _("Das Angebot ist bestätigt."))
    return redirect("upkeep:index")


@require_POST
@needs(Permission.DIRECTORY_EDIT)
def again(request: StaffRequest, pk: UUID) -> HttpResponse:
    """Send the mail once more."""
    commands.ask_again(actor=request.actor, round_id=pk)
    messages.success(request, _("Die Mail ist unterwegs."))
    return redirect("upkeep:index")


@require_POST
@needs(Permission.DIRECTORY_EDIT)
def settle(request: StaffRequest, pk: UUID) -> HttpResponse:
    """Put the hints of one kind about one service away."""
    commands.settle_signals(actor=request.actor, service_id=pk, kind=request.POST.get("kind", ""))
    messages.success(request, _("Der Hinweis ist erledigt."))
    return redirect("upkeep:index")
