"""What this room adds to the officer's desk, to the pages of a household and a unit."""

from __future__ import annotations

from uuid import UUID

from django.utils.translation import gettext as _

from stafette.kernel.actor import Actor
from stafette.kernel.clock import today
from stafette.kernel.permissions import Permission
from stafette.retention import queries
from stafette.retention.access import holds_visible_to, visible_to
from stafette.web.panels import Panel


def officer_panel(*, actor: Actor, subject_id: UUID) -> Panel | None:
    """The last run: what went, what is held, what should be gone and is not."""
    if not actor.may(Permission.RETENTION_VIEW):
        return None
    report = queries.report(actor=actor)
    held = holds_visible_to(actor).filter(lifted_on=None, until_on__gte=today()).count()
    context = {"report": report, "held": held, "announced": visible_to(actor).count()}
    return Panel(_("Löschen nach Fristen"), "retention/partials/officer.html", context)


def household_panel(*, actor: Actor, subject_id: UUID) -> Panel | None:
    """When the file goes, or until when its deletion is held up; nothing while neither is near."""
    if not actor.may(Permission.RETENTION_VIEW):
        return None
    row = visible_to(actor).filter(kind="people.Household", object_id=subject_id).first()
    hold = (
        holds_visible_to(actor).filter(kind="people.Household", object_id=subject_id, lifted_on=None).first()
    )
    if row is None and hold is None:
        return None
    return Panel(_("Löschen"), "retention/partials/household.html", {"row": row, "hold": hold})


def unit_panel(*, actor: Actor, subject_id: UUID) -> Panel | None:
    """How much will be deleted soon, on the page of a unit, for who may hold it up there."""
    if not actor.may(Permission.RETENTION_VIEW, unit=subject_id):
        return None
    figures = queries.announced_figures(visible_to(actor).filter(unit=subject_id))
    return Panel(_("Wird bald gelöscht"), "retention/partials/link.html", figures)
