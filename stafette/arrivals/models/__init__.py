"""Nouns of the arrivals room: what an office sent, and whom we invite because of it."""

from stafette.arrivals.models.arrivals import Arrival, ContactAttempt, Invitation
from stafette.arrivals.models.imports import ArrivalFile, ArrivalImport, ArrivalRow, ArrivalSender

__all__ = [
    "Arrival",
    "ArrivalFile",
    "ArrivalImport",
    "ArrivalRow",
    "ArrivalSender",
    "ContactAttempt",
    "Invitation",
]
