"""Nouns of the intake room: forms, talks with their answers, short contacts."""

from stafette.intake.models.contacts import ShortContact
from stafette.intake.models.forms import FormVersion, TopicList
from stafette.intake.models.talks import (
    Answer,
    DocumentCheck,
    Handout,
    Interpreting,
    Interview,
    InterviewParticipant,
    StayAssessment,
)

__all__ = [
    "Answer",
    "DocumentCheck",
    "FormVersion",
    "Handout",
    "Interpreting",
    "Interview",
    "InterviewParticipant",
    "ShortContact",
    "StayAssessment",
    "TopicList",
]
