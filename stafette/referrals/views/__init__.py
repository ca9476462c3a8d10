"""HTTP in and out of the referrals room."""

from stafette.referrals.views import cards, findings, lists

__all__ = ["cards", "findings", "lists"]
