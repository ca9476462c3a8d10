"""What referrals show on the page of a household."""

from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _

from stafette.kernel.actor import Actor
from stafette.kernel.permissions import Permission
from stafette.referrals import queries
from stafette.referrals.drawing import picture
from stafette.referrals.models import FollowUp
from stafette.referrals.queries.followups import household_follow_ups, lasting_questions
from stafette.referrals.queries.path import household_path
from stafette.referrals.queries.tasks import household_tasks
from stafette.web.panels import Panel

PANEL_STATIONS = 8


def household_panel(*, actor: Actor, subject_id: UUID) -> Panel | None:
    """Findings, what was handed over, what was received: nothing for those who see none of it."""
    if not actor.may(Permission.FINDING_VIEW):
        return None
    proposals = queries.proposals(actor=actor, household_id=subject_id)
    received = list(queries.received_for(actor=actor, household_id=subject_id))
    context = {
        "proposals": proposals,
        "received": received,
        "url": reverse("referrals:household", args=[subject_id]),
    }
    if actor.may(Permission.CONSENT_VIEW):
        context["consents_url"] = reverse("protection:household", args=[subject_id])
    if not (proposals or received or "consents_url" in context):
        return None
    return Panel(_("Feststellungen und Übergaben"), "referrals/partials/panel.html", context)


def duties_panel(*, actor: Actor, subject_id: UUID) -> Panel | None:
    """What will be asked and what is to do for a household: answered questions stay, ended tasks do not."""
    if not actor.may(Permission.REFERRAL_VIEW):
        return None
    asked = [
        row
        for row in household_follow_ups(actor=actor, household_id=subject_id)
        if row.state != FollowUp.State.DROPPED
    ]
    questions = lasting_questions()
    for row in asked:
        row.question = questions.get(row.finding_code) or row.number  # type: ignore[attr-defined]
    context: dict[str, object] = {
        "follow_ups": asked,
        "tasks": [task for task in household_tasks(actor=actor, household_id=subject_id) if task.is_open],
    }
    if actor.may(Permission.REFERRAL_SEND):
        context["task_url"] = f"{reverse('referrals:new_task')}?haushalt={subject_id}"
        context["plan_url"] = reverse("referrals:plan", args=[subject_id])
    if not any(context.values()):
        return None
    return Panel(_("Nachverfolgung und Aufgaben"), "referrals/partials/duties_panel.html", context)


def path_panel(*, actor: Actor, subject_id: UUID) -> Panel | None:
    """The household's path as a picture, as far as this actor may see it: the latest steps, the page has all."""
    if not actor.may(Permission.REFERRAL_VIEW):
        return None
    path = household_path(actor=actor, household_id=subject_id, most=PANEL_STATIONS)
    if not path.stations:
        return None
    context = {"picture": picture(path), "url": path.url}
    return Panel(_("Weg des Haushalts"), "referrals/partials/path_panel.html", context)
