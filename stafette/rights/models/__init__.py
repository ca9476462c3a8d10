"""Nouns of the room rights."""

from stafette.rights.models.markers import DisputedField, Objection
from stafette.rights.models.proposals import CorrectionProposal
from stafette.rights.models.requests import (
    CLOSED_STATES,
    OPEN_STATES,
    Answer,
    Channel,
    Identity,
    Kind,
    Passing,
    RequestContent,
    SubjectRequest,
)

__all__ = [
    "CLOSED_STATES",
    "OPEN_STATES",
    "Answer",
    "Channel",
    "CorrectionProposal",
    "DisputedField",
    "Identity",
    "Kind",
    "Objection",
    "Passing",
    "RequestContent",
    "SubjectRequest",
]
