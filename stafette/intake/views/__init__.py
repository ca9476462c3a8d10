"""HTTP in and out of the intake room."""

from stafette.intake.views import contacts, outcome, start, talks

__all__ = ["contacts", "outcome", "start", "talks"]
