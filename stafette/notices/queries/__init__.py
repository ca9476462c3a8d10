"""Questions about notices: one's page, lists, choices, the committee's figures."""

from stafette.notices.queries.child import ChildCard, child_card, children, children_of, youth_offices
from stafette.notices.queries.counts import Counts, counts
from stafette.notices.queries.glass import (
    GlassCard,
    glass_card,
    glasses,
    glasses_to_review,
    rules_for,
)
from stafette.notices.queries.outbound import OutboundCard, outbound_card, outbounds
from stafette.notices.queries.people import child_choices, person_choices

__all__ = [
    "ChildCard",
    "Counts",
    "GlassCard",
    "OutboundCard",
    "child_card",
    "child_choices",
    "children",
    "children_of",
    "counts",
    "glass_card",
    "glasses",
    "glasses_to_review",
    "outbound_card",
    "outbounds",
    "person_choices",
    "rules_for",
    "youth_offices",
]
