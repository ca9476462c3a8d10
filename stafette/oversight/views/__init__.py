"""HTTP in and out."""

from stafette.oversight.views import log

__all__ = ["log"]
