"""What the upkeep shows among the figures of the coordination office."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from stafette.directory.models import SignalKind
from stafette.kernel.actor import Actor
from stafette.kernel.permissions import Permission
from stafette.upkeep.queries.figures import Picture, Share, picture
from stafette.web.panels import Panel


def figures_panel(*, actor: Actor, subject_id: UUID) -> Panel | None:
    """How many entries were confirmed lately: entries, not people, so no number is too small to be shown."""
    if not actor.may(Permission.FIGURES_VIEW):
        return None
    return Panel(_("Verzeichnis der Angebote"), "upkeep/partials/figures.html", figures_context(picture()))


def figures_context(found: Picture) -> dict[str, Any]:
    """The same for the page of the editors."""
    return {
        "found": found,
        "by_kind": _table(found.by_kind, _("Träger")),
        "by_topic": _table(found.by_topic, _("Thema")),
        "hints": [(SignalKind(kind).label, number) for kind, number in found.hints.items()],
    }


def _table(shares: tuple[Share, ...], first: str) -> dict[str, Any]:
    labels = (_("Angebote"), _("bestätigt"), _("Anteil"), _("lange nicht bestätigt"), _("noch nie bestätigt"))
    columns = [{"label": first}, *({"label": label, "numeric": True} for label in labels)]
    rows = [
        {"cells": [{"value": value} for value in (one.label, *map(str, _numbers(one)))]} for one in shares
    ]
    return {"columns": columns, "rows": rows}


def _numbers(share: Share) -> tuple[Any, ...]:
    return share.base, share.confirmed, f"{share.percent or 0} %", share.stale, share.never
