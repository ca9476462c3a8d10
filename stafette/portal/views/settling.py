"""For the editors: a remark of a reader is dealt with."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from stafette.accounts.queries import home_unit
from stafette.kernel.permissions import Permission
from stafette.portal import commands
from stafette.web.doors import needs
from stafette.web.requests import StaffRequest


@require_POST
@needs(Permission.DIRECTORY_EDIT)
def settle(request: StaffRequest, pk: UUID) -> HttpResponse:
    """Put a remark away."""
    commands.settle_remark(actor=request.actor, unit_id=home_unit(), remark_id=pk)
    messages.success(request, _("Der Hinweis ist erledigt."))
    return redirect("upkeep:index")
