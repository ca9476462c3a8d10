"""Verbs of the referrals room."""

from stafette.referrals.commands.answering import (
    accept_referral,
    close_referral,
    confirm_receipt,
    decline_referral,
    give_feedback,
)
from stafette.referrals.commands.checking import begin_deletion_checks
from stafette.referrals.commands.contacting import note_attempt, note_first_contact, note_not_reached
from stafette.referrals.commands.correcting import correct_referral, reopen_referral
from stafette.referrals.commands.findings import dismiss_finding, record_findings, signpost
from stafette.referrals.commands.following import (
    answer_follow_up,
    drop_follow_up,
    move_follow_up,
    plan_own_follow_up,
)
from stafette.referrals.commands.forwarding import forward_referral
from stafette.referrals.commands.leading import accept_lead, offer_lead, refuse_lead, withdraw_offer
from stafette.referrals.commands.returning import return_referral
from stafette.referrals.commands.sending import (
    check_referral,
    end_for_consent,
    prepare_referral,
    revise_referral,
    send_referral,
    settle_decline,
    withdraw_referral,
)
from stafette.referrals.commands.staffing import hand_over_batons, take_over
from stafette.referrals.commands.tasks import (
    create_task,
    drop_task,
    finish_task,
    give_task,
    move_task,
    reopen_task,
)
from stafette.referrals.commands.timing import (
    extend_referral,
    pause_reminders,
    resume_referral,
    suspend_referral,
)

__all__ = [
    "accept_lead",
    "accept_referral",
    "answer_follow_up",
    "begin_deletion_checks",
    "check_referral",
    "close_referral",
    "confirm_receipt",
    "correct_referral",
    "create_task",
    "decline_referral",
    "dismiss_finding",
    "drop_follow_up",
    "drop_task",
    "end_for_consent",
    "extend_referral",
    "finish_task",
    "forward_referral",
    "give_feedback",
    "give_task",
    "hand_over_batons",
    "move_follow_up",
    "move_task",
    "note_attempt",
    "note_first_contact",
    "note_not_reached",
    "offer_lead",
    "pause_reminders",
    "plan_own_follow_up",
    "prepare_referral",
    "record_findings",
    "refuse_lead",
    "reopen_referral",
    "reopen_task",
    "resume_referral",
    "return_referral",
    "revise_referral",
    "send_referral",
    "settle_decline",
    "signpost",
    "suspend_referral",
    "take_over",
    "withdraw_offer",
    "withdraw_referral",
]
