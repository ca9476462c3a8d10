"""Questions of the referrals room."""

from stafette.referrals.queries.card import Card, card, may_take
from stafette.referrals.queries.proposals import Proposal, proposals, services_for
from stafette.referrals.queries.work import Day, filtered, my_day, received_for, referrals

__all__ = [
    "Card",
    "Day",
    "Proposal",
    "card",
    "filtered",
    "may_take",
    "my_day",
    "proposals",
    "received_for",
    "referrals",
    "services_for",
]
