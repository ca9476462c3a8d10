"""Questions of the retention room."""

from stafette.retention.queries.announced import (
    announced,
    announced_figures,
    file_of,
    filtered,
    holds,
    one_announced,
    url_of,
)
from stafette.retention.queries.report import Line, report, rules

__all__ = [
    "Line",
    "announced",
    "announced_figures",
    "file_of",
    "filtered",
    "holds",
    "one_announced",
    "report",
    "rules",
    "url_of",
]
