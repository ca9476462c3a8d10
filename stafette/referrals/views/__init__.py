"""HTTP in and out of the referrals room."""

from stafette.referrals.views import cards, findings, followups, leads, lists, path, tasks

__all__ = ["cards", "findings", "followups", "leads", "lists", "path", "tasks"]
