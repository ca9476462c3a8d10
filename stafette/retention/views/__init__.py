"""Pages of the retention room."""

from stafette.retention.views import announced, holds, report

__all__ = ["announced", "holds", "report"]
