"""Nouns of the notices room."""

from stafette.notices.models.child import CHILD_CLOSED, CHILD_OPEN, ChildNotice, ChildRecord
from stafette.notices.models.outbound import OUTBOUND_CLOSED, OUTBOUND_OPEN, OutboundContent, OutboundNotice

__all__ = [
    "CHILD_CLOSED",
    "CHILD_OPEN",
    "OUTBOUND_CLOSED",
    "OUTBOUND_OPEN",
    "ChildNotice",
    "ChildRecord",
    "OutboundContent",
    "OutboundNotice",
]
