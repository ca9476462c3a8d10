"""Pages of units, staff and accounts."""

from stafette.accounts.views.accounts import (
    account,
    accounts,
    create_account,
    invite,
    leave,
    lock,
    reset_factor,
    unlock,
)
from stafette.accounts.views.handing import hand_over, handed_over
from stafette.accounts.views.profile import choose_language, choose_unit, profile
from stafette.accounts.views.staff import absence, add_membership, cancel_absence, end_membership, staff
from stafette.accounts.views.units import permissions, roles, unit, units

__all__ = [
    "absence",
    "account",
    "accounts",
    "add_membership",
    "cancel_absence",
    "choose_language",
    "choose_unit",
    "create_account",
    "end_membership",
    "hand_over",
    "handed_over",
    "invite",
    "leave",
    "lock",
    "permissions",
    "profile",
    "reset_factor",
    "roles",
    "staff",
    "unit",
    "units",
    "unlock",
]
