"""Nouns of the partners room."""

from stafette.partners.models.agreements import Clause, CooperationAgreement, DeskTime, Weekday, week_number
from stafette.partners.models.catalogue import PARTIES, Partner, PartnerKind
from stafette.partners.models.requests import (
    CLOSED_STATES,
    MOST_TRIES,
    OPEN_STATES,
    PartnerContent,
    PartnerRequest,
)
from stafette.partners.models.tokens import AnswerLink

__all__ = [
    "CLOSED_STATES",
    "MOST_TRIES",
    "OPEN_STATES",
    "PARTIES",
    "AnswerLink",
    "Clause",
    "CooperationAgreement",
    "DeskTime",
    "Partner",
    "PartnerContent",
    "PartnerKind",
    "PartnerRequest",
    "Weekday",
    "week_number",
]
