"""Nouns of the referrals room."""

from stafette.referrals.models.envelope import ContactAttempt, Envelope, Handling
from stafette.referrals.models.finding import DismissReason, Finding, Signpost
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
    "ContactAttempt",
    "DeclineReason",
    "DismissReason",
    "Envelope",
    "Finding",
    "Handling",
    "Outcome",
    "Referral",
    "Signpost",
    "Subject",
]
