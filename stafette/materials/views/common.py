"""What the views of this room share: whose unit it is, and what may not be found."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

from stafette.accounts.queries import memberships_of, town
from stafette.kernel.actor import Actor
from stafette.kernel.errors import NotAllowed
from stafette.kernel.permissions import Permission
from stafette.materials import queries
from stafette.web.requests import StaffRequest
from stafette.web.sheets import LANGUAGES


def own_unit(request: StaffRequest) -> UUID:
    """The unit that will keep what is made now: one's own where one may edit, else any where one may."""
    units = request.actor.units(Permission.MATERIAL_EDIT)
    user: Any = request.user
    for membership in memberships_of(user):
        if membership.unit_id in units:
            return UUID(str(membership.unit_id))
    if not units:
        raise NotAllowed(_("Diese Seite gehört nicht zu Ihren Aufgaben. Wählen Sie oben eine andere."))
    return min(units)


def sender() -> str:
    """Who hands sheets out: the town."""
    here = town()
    return str(here.name) if here else "Stafette"


def find_sheet(actor: Actor, code: str) -> Any:
    """A sheet, or 404."""
    return get_object_or_404(queries.sheets(actor=actor), code=code)


def check_language(language: str) -> None:
    """404 for languages in which there are no sheets."""
    if language not in LANGUAGES:
        raise Http404


def may_edit(actor: Actor) -> bool:
    """Whether links to forms are shown."""
    return actor.may(Permission.MATERIAL_EDIT)


def tabs(request: StaffRequest, current: str) -> list[dict[str, Any]]:
    """The four parts of this room."""
    parts = [
        ("list", _("Infoblätter")),
        ("folders", _("Mappen")),
        ("aids", _("Arbeitshilfen")),
    ]
    if request.actor.may(Permission.MATERIAL_EDIT) or request.actor.may(Permission.CONTACT_COUNT):
        parts.append(("questions", _("Offene Fragen")))
    return [
        {"label": label, "url": reverse(f"materials:{name}"), "current": name == current}
        for name, label in parts
    ]
