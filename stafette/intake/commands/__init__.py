"""The only code of this room that writes."""

from stafette.intake.commands.answers import assess_stay, hand_out, save_answers
from stafette.intake.commands.contacts import count_contact, undo_contact
from stafette.intake.commands.endings import (
    abandon_interview,
    decline_interview,
    finish_interview,
    reopen_interview,
)
from stafette.intake.commands.publishing import publish_form, publish_topics
from stafette.intake.commands.talks import add_participant, agree_to_interview, change_frame, start_interview

__all__ = [
    "abandon_interview",
    "add_participant",
    "agree_to_interview",
    "assess_stay",
    "change_frame",
    "count_contact",
    "decline_interview",
    "finish_interview",
    "hand_out",
    "publish_form",
    "publish_topics",
    "reopen_interview",
    "save_answers",
    "start_interview",
    "undo_contact",
]
