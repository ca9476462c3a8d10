"""Nouns of the referrals room."""

from stafette.referrals.models.baton import Baton
from stafette.referrals.models.duties import CaseTransfer, FollowUp, Task
from stafette.referrals.models.envelope import ContactAttempt, Envelope, Handling
from stafette.referrals.models.finding import DismissReason, Finding, Signpost
from stafette.referrals.models.history import Correction, DateChange, Notice
from stafette.referrals.models.referral import (
    CLOSED_STATES,
    OPEN_STATES,
    DeclineReason,
    Outcome,
    Referral,
    Subject,
)

__all__ = [
    "CLOSED_STATES",
    "OPEN_STATES",
    "Baton",
    "CaseTransfer",
    "ContactAttempt",
    "Correction",
    "DateChange",
    "DeclineReason",
    "DismissReason",
    "Envelope",
    "Finding",
    "FollowUp",
    "Handling",
    "Notice",
    "Outcome",
    "Referral",
    "Signpost",
    "Subject",
    "Task",
]
