"""What sealed notes show on the page of a household: one's own, and the way to write one. Nothing of others'."""

from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _

from stafette.casework.queries import counts_of_units, notes_of_household
from stafette.kernel.actor import Actor
from stafette.kernel.permissions import Permission
from stafette.people.access import households_visible_to
from stafette.web.panels import Panel


def household_panel(*, actor: Actor, subject_id: UUID) -> Panel | None:
    """The same for everybody who may hold such notes, whether or not a colleague holds one."""
    if not actor.may(Permission.SEALED_VIEW):
        return None
    unit_id = households_visible_to(actor).filter(pk=subject_id).values_list("unit", flat=True).first()
    if unit_id is None or not actor.may(Permission.SEALED_VIEW, unit=unit_id):
        return None
    notes = list(notes_of_household(actor=actor, household_id=subject_id))
    may_write = actor.may(Permission.SEALED_EDIT, unit=unit_id)
    url = reverse("casework:write", args=[subject_id]) if may_write else ""
    return Panel(
        _("Anvertrautes"), "casework/partials/panel.html", {"notes": notes, "url": url, "actor_id": actor.id}
    )


def team_panel(*, actor: Actor, subject_id: UUID) -> Panel | None:
    """How many sealed notes the unit holds, for whoever administers it; nothing where there is none."""
    if not actor.may(Permission.UNIT_ADMIN, unit=subject_id):
        return None
    found = counts_of_units(actor=actor, unit_id=subject_id)
    if not found:
        return None
    return Panel(_("Verschlossene Vermerke"), "casework/partials/team_panel.html", {"count": found[0]})


def officer_panel(*, actor: Actor, subject_id: UUID) -> Panel | None:
    """How many sealed notes there are in the units whose log the officer reads: one figure, and the way to the rest."""
    if not actor.may(Permission.EVENT_VIEW):
        return None
    found = counts_of_units(actor=actor)
    context = {
        "sealed": sum(one.entrusted + one.secret for one in found),
        "unreachable": sum(one.unreachable for one in found),
    }
    return Panel(_("Verschlossene Vermerke"), "casework/partials/officer_panel.html", context)
