"""Questions about notices: one's page, lists, choices, the committee's figures."""

from stafette.notices.queries.child import ChildCard, child_card, children, children_of, youth_offices
from stafette.notices.queries.counts import Counts, counts
from stafette.notices.queries.outbound import OutboundCard, outbound_card, outbounds
from stafette.notices.queries.people import child_choices, person_choices

__all__ = [
    "ChildCard",
    "Counts",
    "OutboundCard",
    "child_card",
    "child_choices",
    "children",
    "children_of",
    "counts",
    "outbound_card",
    "outbounds",
    "person_choices",
    "youth_offices",
]
