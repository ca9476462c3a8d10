"""Verbs of the oversight."""

from stafette.oversight.commands.breaches import (
    assess_breach,
    close_breach,
    decide_telling,
    leave_breach,
    notify_authority,
    report_breach,
)
from stafette.oversight.commands.readings import give_reason
from stafette.oversight.commands.sampling import draw_sample, review_reading
from stafette.oversight.commands.shares import share_breach, tell_household

__all__ = [
    "assess_breach",
    "close_breach",
    "decide_telling",
    "draw_sample",
    "give_reason",
    "leave_breach",
    "notify_authority",
    "report_breach",
    "review_reading",
    "share_breach",
    "tell_household",
]
