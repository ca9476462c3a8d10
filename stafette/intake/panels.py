"""What talks show on the page of a household."""

from uuid import UUID

from django.utils.translation import gettext as _

from stafette.intake.queries import interviews
from stafette.kernel.actor import Actor
from stafette.kernel.permissions import Permission
from stafette.web.panels import Panel


def household_panel(*, actor: Actor, subject_id: UUID) -> Panel | None:
    """The household's talks and the way to begin one; nothing for those who hold no talks."""
    if not actor.may(Permission.INTERVIEW_VIEW):
        return None
    talks = list(interviews(actor=actor).filter(household=subject_id))
    context = {
        "talks": talks,
        "household_id": subject_id,
        "may_start": actor.may(Permission.INTERVIEW_EDIT)
        and not any(talk.state == "draft" for talk in talks),
    }
    return Panel(_("Ankunftsgespräche"), "intake/partials/panel.html", context)
