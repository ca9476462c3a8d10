"""Opening hours: from „Mo–Do 9–12 und 13–16 Uhr“ to rules and back, and whether it is open now.

A schedule is a rule of RFC 5545 in its parts (`Schedule`, `ScheduleData`); both kinds are taken here. Times are local
times of the town.
"""

from stafette.directory.hours.closings import exceptions_text, parse_exceptions, with_exceptions
from stafette.directory.hours.days import CODES, GERMAN_DAYS
from stafette.directory.hours.openings import Span, next_opening, open_at, spans_on
from stafette.directory.hours.preview import Preview, preview_of
from stafette.directory.hours.reading import parse_hours, unread
from stafette.directory.hours.writing import hours_text

__all__ = [
    "CODES",
    "GERMAN_DAYS",
    "Preview",
    "Span",
    "exceptions_text",
    "hours_text",
    "next_opening",
    "open_at",
    "parse_exceptions",
    "parse_hours",
    "preview_of",
    "spans_on",
    "unread",
    "with_exceptions",
]
