"""Questions of the retention room."""

from stafette.retention.queries.announced import announced, holds
from stafette.retention.queries.officers import officers_of
from stafette.retention.queries.report import Line, report, rules

__all__ = ["Line", "announced", "holds", "officers_of", "report", "rules"]
