"""Verbs of the notices room: the only code that writes here."""

from stafette.notices.commands.child import (
    leave_without_notice,
    note_consultation,
    note_feedback,
    note_help,
    note_talk,
    open_child_notice,
    send_child_notice,
)
from stafette.notices.commands.glass import end_glass, open_glass, remind_reviews, review_glass
from stafette.notices.commands.outbound import (
    confirm_outbound,
    draft_outbound,
    reject_outbound,
    submit_outbound,
    withdraw_outbound,
)

__all__ = [
    "confirm_outbound",
    "draft_outbound",
    "end_glass",
    "leave_without_notice",
    "note_consultation",
    "note_feedback",
    "note_help",
    "note_talk",
    "open_child_notice",
    "open_glass",
    "reject_outbound",
    "remind_reviews",
    "review_glass",
    "send_child_notice",
    "submit_outbound",
    "withdraw_outbound",
]
