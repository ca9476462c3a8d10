"""Marks that end: a fact is settled, an objection is taken back."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from stafette.kernel.permissions import Permission
from stafette.rights import access, commands
from stafette.web.doors import needs
from stafette.web.requests import StaffRequest


@require_POST
@needs(Permission.RIGHTS_EDIT)
def end_contested(request: StaffRequest, pk: UUID) -> HttpResponse:
    """The fact is no longer contested."""
    mark = get_object_or_404(access.disputes_visible_to(request.actor), pk=pk)
    commands.end_contested(actor=request.actor, mark_id=pk)
    messages.success(request, _("Die Kennzeichnung ist aufgehoben."))
    return redirect("people:person", pk=mark.person_id)


@require_POST
@needs(Permission.RIGHTS_EDIT)
def end_objection(request: StaffRequest, pk: UUID) -> HttpResponse:
    """The person took the objection back."""
    objection = get_object_or_404(access.objections_visible_to(request.actor), pk=pk)
    commands.end_objection(actor=request.actor, objection_id=pk)
    messages.success(request, _("Der Widerspruch ist zurückgenommen."))
    return redirect("people:household", pk=objection.household_id)
