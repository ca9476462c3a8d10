"""The keys of the units: numbers, dates, fingerprints, whether the file is there. No key's bytes, no note."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from stafette.casework import access, commands, queries
from stafette.casework.rules import kept_for_backups
from stafette.casework.tasks import rewrap
from stafette.kernel.permissions import Permission
from stafette.web.doors import needs
from stafette.web.requests import StaffRequest


@needs(Permission.KEY_ADMIN)
def keys(request: StaffRequest) -> HttpResponse:
    """Show the keys of each unit and what is to be done."""
    context = {
        "units": queries.keys_of_units(actor=request.actor),
        "unknown": len(queries.unknown_files()),
        "kept": kept_for_backups(),
    }
    return render(request, "casework/keys.html", context)


@needs(Permission.UNIT_ADMIN, Permission.EVENT_VIEW)
def counts(request: StaffRequest) -> HttpResponse:
    """Tell those who answer for units how many sealed notes there are; that they exist, and nothing else."""
    return render(request, "casework/counts.html", {"units": queries.counts_of_units(actor=request.actor)})


@require_POST
@needs(Permission.KEY_ADMIN)
def create_key(request: StaffRequest, code: str) -> HttpResponse:
    """Make a unit's first key."""
    commands.create_key(actor=request.actor, unit_id=_unit(request, code))
    messages.success(
        request, _("Der Schlüssel ist angelegt. Sichern Sie ihn jetzt mit stafette keys backup.")
    )
    return redirect("casework:keys")


@require_POST
@needs(Permission.KEY_ADMIN)
def rotate_key(request: StaffRequest, code: str) -> HttpResponse:
    """Give a unit its next key; the worker brings the notes under it."""
    unit_id = _unit(request, code)
    commands.rotate_key(actor=request.actor, unit_id=unit_id)
    return _follow(request, unit_id)


@require_POST
@needs(Permission.KEY_ADMIN)
def go_on(request: StaffRequest, code: str) -> HttpResponse:
    """Go on with a change that was cut off."""
    return _follow(request, _unit(request, code))


def _follow(request: StaffRequest, unit_id: UUID) -> HttpResponse:
    rewrap.defer(unit_id=str(unit_id), user_id=str(request.actor.id))
    messages.success(
        request, _("Der neue Schlüssel gilt. Die Vermerke werden im Hintergrund unter ihn gebracht.")
    )
    return redirect("casework:keys")


def _unit(request: StaffRequest, code: str) -> UUID:
    found: UUID = get_object_or_404(access.keyed_units_visible_to(request.actor), code=code).pk
    return found
