"""What notices show on the page of a household, on the officer's desk and among the figures."""

from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _

from stafette.kernel.actor import Actor
from stafette.kernel.permissions import Permission
from stafette.notices import queries
from stafette.people.access import households_visible_to
from stafette.web.panels import Panel

MOST = 10


def household_panel(*, actor: Actor, subject_id: UUID) -> Panel | None:
    """Notices about a child of the household and the way to begin one; drafting to the foreigners' authority."""
    if not actor.may(Permission.CHILD_VIEW) and not actor.may(Permission.NOTICE_EDIT):
        return None
    household = households_visible_to(actor).only("unit_id").filter(pk=subject_id).first()
    if household is None or not actor.may(Permission.CHILD_VIEW, unit=household.unit_id):
        return None
    may_begin = actor.may(Permission.CHILD_EDIT, unit=household.unit_id)
    may_draft = actor.may(Permission.NOTICE_EDIT, unit=household.unit_id)
    context = {
        "rows": list(queries.children_of(actor=actor, household_id=subject_id)),
        "begin_url": reverse("notices:begin", args=[subject_id]) if may_begin else "",
        "draft_url": reverse("notices:draft", args=[subject_id]) if may_draft else "",
    }
    return Panel(_("Kinderschutz und Mitteilungen"), "notices/partials/panel.html", context)


def officer_panel(*, actor: Actor, subject_id: UUID) -> Panel | None:
    """Break-glass that waits for the officer's review, with its clock; and the notices that anybody can count."""
    if not actor.may(Permission.GLASS_REVIEW):
        return None
    rows = list(queries.glasses_to_review(actor=actor)[:MOST])
    context = {
        "rows": rows,
        "waiting": queries.outbounds(actor=actor).filter(is_open=True).count(),
    }
    return Panel(_("Notfallzugriffe und Mitteilungen"), "notices/partials/officer.html", context)


def figures_panel(*, actor: Actor, subject_id: UUID) -> Panel | None:
    """The way to the count of notices to the foreigners' authority, for the committee."""
    if not actor.may(Permission.FIGURES_VIEW):
        return None
    return Panel(_("Mitteilungen nach § 87 AufenthG"), "notices/partials/figures.html")
