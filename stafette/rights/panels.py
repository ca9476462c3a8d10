"""What the room rights shows on the pages of a household and a person, and on the officer's desk."""

from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _

from stafette.kernel.actor import Actor
from stafette.kernel.clock import today
from stafette.kernel.permissions import Permission
from stafette.rights import queries
from stafette.web.panels import Panel

SHOWN = 10


def household_panel(*, actor: Actor, subject_id: UUID) -> Panel | None:
    """Requests of its members, corrections that others propose, an objection that is observed."""
    if not actor.may(Permission.RIGHTS_VIEW):
        return None
    context: dict[str, Any] = {
        "requests": list(queries.of_household(actor=actor, household_id=subject_id)[:SHOWN]),
        "proposals": list(queries.proposals_of_household(actor=actor, household_id=subject_id)),
        "objection": queries.open_objection(actor=actor, household_id=subject_id),
        "url": reverse("rights:for_household", args=[subject_id])
        if actor.may(Permission.RIGHTS_EDIT)
        else "",
        "empty": _("Wer hier lebt, kann Auskunft, Berichtigung oder Löschung verlangen. Ein Wort genügt."),
    }
    return Panel(_("Rechte der Betroffenen"), "rights/partials/panel.html", context)


def person_panel(*, actor: Actor, subject_id: UUID) -> Panel | None:
    """Requests of the person, and the facts that are contested."""
    if not actor.may(Permission.RIGHTS_VIEW):
        return None
    context: dict[str, Any] = {
        "requests": list(queries.of_person(actor=actor, person_id=subject_id)[:SHOWN]),
        "marks": queries.marks_of(actor=actor, person_id=subject_id),
        "url": reverse("rights:for_person", args=[subject_id]) if actor.may(Permission.RIGHTS_EDIT) else "",
    }
    return Panel(_("Rechte der Person"), "rights/partials/panel.html", context)


def officer_panel(*, actor: Actor, subject_id: UUID) -> Panel | None:
    """Requests with their clocks: number, kind, unit, state; never whose."""
    if not actor.may(Permission.RIGHTS_WATCH):
        return None
    rows = queries.watched(actor=actor).filter(is_open=True).order_by("due_on", "id")
    context = {
        "rows": list(rows[:SHOWN]),
        "open": rows.count(),
        "late": queries.late_count(actor=actor),
        "day": today(),
    }
    return Panel(_("Anträge von Betroffenen"), "rights/partials/officer.html", context)


def unit_panel(*, actor: Actor, subject_id: UUID) -> Panel | None:
    """On the page of a unit, for who watches the clock there: number and date, no person."""
    if not actor.may(Permission.RIGHTS_WATCH, unit=subject_id):
        return None
    figures = queries.open_figures(queries.watched(actor=actor).filter(unit=subject_id))
    return Panel(
        _("Anträge von Betroffenen"), "rights/partials/link.html", {**figures, "url": reverse("rights:watch")}
    )
