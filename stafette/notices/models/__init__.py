"""Nouns of the notices room."""

from stafette.notices.models.child import CHILD_CLOSED, CHILD_OPEN, ChildNotice, ChildRecord
from stafette.notices.models.glass import BreakGlass
from stafette.notices.models.outbound import OUTBOUND_CLOSED, OUTBOUND_OPEN, OutboundContent, OutboundNotice

__all__ = [
    "CHILD_CLOSED",
    "CHILD_OPEN",
    "OUTBOUND_CLOSED",
    "OUTBOUND_OPEN",
    "BreakGlass",
    "ChildNotice",
    "ChildRecord",
    "OutboundContent",
    "OutboundNotice",
]
