"""Who may change the directory, and the way between its pages."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from stafette.directory import queries
from stafette.kernel.permissions import Permission
from stafette.web.requests import StaffRequest

EDIT = Permission.DIRECTORY_EDIT


def may_edit(request: StaffRequest) -> bool:
    """Tell whether buttons that change something are shown."""
    return request.actor.may(EDIT)


def tabs(request: StaffRequest, current: str) -> list[dict[str, Any]]:
    """The lists of the directory; proposals and tables are for editors."""
    pages: list[tuple[str, str, int | None]] = [
        ("search", _("Suche"), None),
        ("services", _("Angebote"), None),
        ("organizations", _("Träger"), None),
        ("locations", _("Orte"), None),
    ]
    if may_edit(request):
        pages += [("proposals", _("Vorschläge"), queries.proposals().count()), ("tables", _("Tabelle"), None)]
        pages.append(("exchange", _("Austausch"), None))
    return [
        {"label": text, "url": reverse(f"directory:{name}"), "current": name == current, "count": count}
        for name, text, count in pages
    ]
