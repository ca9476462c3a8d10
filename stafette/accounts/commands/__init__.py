"""Verbs of the accounts room."""

from stafette.accounts.commands.accounts import (
    Invitation,
    create_account,
    invite_account,
    lock_account,
    reset_second_factor,
    unlock_account,
)
from stafette.accounts.commands.handing import hand_over_work
from stafette.accounts.commands.leaving import finish_leaving
from stafette.accounts.commands.staff import (
    add_membership,
    cancel_absence,
    end_membership,
    record_absence,
)

__all__ = [
    "Invitation",
    "add_membership",
    "cancel_absence",
    "create_account",
    "end_membership",
    "finish_leaving",
    "hand_over_work",
    "invite_account",
    "lock_account",
    "record_absence",
    "reset_second_factor",
    "unlock_account",
]
