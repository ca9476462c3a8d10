"""HTTP in and out of the intake room."""

from stafette.intake.views import counter, outcome, start, talks

__all__ = ["counter", "outcome", "start", "talks"]
