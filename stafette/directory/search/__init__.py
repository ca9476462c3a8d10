"""Finding the right service: `find` answers a question, `suggest` completes what one types."""

from stafette.directory.search.asking import Found, Hit, Query, Suggestion, Understood
from stafette.directory.search.finding import find
from stafette.directory.search.suggesting import suggest

__all__ = ["Found", "Hit", "Query", "Suggestion", "Understood", "find", "suggest"]
