"""Verbs of the referrals room."""

from stafette.referrals.commands.answering import (
    accept_referral,
    close_referral,
    confirm_receipt,
    decline_referral,
    give_feedback,
    note_attempt,
    note_first_contact,
    note_not_reached,
)
from stafette.referrals.commands.findings import dismiss_finding, record_findings, signpost
from stafette.referrals.commands.sending import (
    check_referral,
    end_for_consent,
    prepare_referral,
    revise_referral,
    send_referral,
    settle_decline,
    withdraw_referral,
)
from stafette.referrals.commands.staffing import hand_over_open, take_over

__all__ = [
    "accept_referral",
    "check_referral",
    "close_referral",
    "confirm_receipt",
    "decline_referral",
    "dismiss_finding",
    "end_for_consent",
    "give_feedback",
    "hand_over_open",
    "note_attempt",
    "note_first_contact",
    "note_not_reached",
    "prepare_referral",
    "record_findings",
    "revise_referral",
    "send_referral",
    "settle_decline",
    "signpost",
    "take_over",
    "withdraw_referral",
]
