"""Which talks and contacts exist for whom."""

from django.db.models import QuerySet

from stafette.intake.models import (
    Answer,
    Handout,
    Interview,
    InterviewParticipant,
    ShortContact,
    StayAssessment,
)
from stafette.kernel import rows
from stafette.kernel.actor import Actor


def visible_to(actor: Actor) -> QuerySet[Interview]:
    """Talks of the units in which the actor may see talks; nobody else's."""
    return rows.visible(Interview, actor)


def participants_visible_to(actor: Actor) -> QuerySet[InterviewParticipant]:
    """Those who took part in talks the actor may see."""
    return rows.visible(InterviewParticipant, actor)


def answers_visible_to(actor: Actor) -> QuerySet[Answer]:
    """Answers from talks the actor may see."""
    return rows.visible(Answer, actor)


def handouts_visible_to(actor: Actor) -> QuerySet[Handout]:
    """Information handed out in talks the actor may see."""
    return rows.visible(Handout, actor)


def assessments_visible_to(actor: Actor) -> QuerySet[StayAssessment]:
    """Assessments from talks the actor may see."""
    return rows.visible(StayAssessment, actor)


def contacts_visible_to(actor: Actor) -> QuerySet[ShortContact]:
    """Counted contacts of the actor's own counter."""
    return rows.visible(ShortContact, actor)
