"""HTTP in and out."""

from stafette.oversight.views import breaches, desk, log, readings, samples, shares, why

__all__ = ["breaches", "desk", "log", "readings", "samples", "shares", "why"]
