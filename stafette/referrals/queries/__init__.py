"""Questions of the referrals room."""

from stafette.referrals.queries.card import Card, card, may_take
from stafette.referrals.queries.day import DESK_LIMIT, Day, Duty, figure, my_day
from stafette.referrals.queries.leads import OfferCard, offer_card
from stafette.referrals.queries.proposals import Proposal, proposals, services_for
from stafette.referrals.queries.work import filtered, in_state, received_for, referrals

__all__ = [
    "DESK_LIMIT",
    "Card",
    "Day",
    "Duty",
    "OfferCard",
    "Proposal",
    "card",
    "figure",
    "filtered",
    "in_state",
    "may_take",
    "my_day",
    "offer_card",
    "proposals",
    "received_for",
    "referrals",
    "services_for",
]
