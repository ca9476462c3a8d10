"""Nouns of the intake room: forms, talks with their answers, short contacts."""

from stafette.intake.models.contacts import ShortContact
from stafette.intake.models.forms import FormVersion, TopicList, form_definition, form_topics
from stafette.intake.models.talks import (
    Answer,
    Handout,
    Interview,
    InterviewParticipant,
    StayAssessment,
)

__all__ = [
    "Answer",
    "FormVersion",
    "Handout",
    "Interview",
    "InterviewParticipant",
    "ShortContact",
    "StayAssessment",
    "TopicList",
    "form_definition",
    "form_topics",
]
