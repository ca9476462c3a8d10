"""Nouns of the accounts room."""

from stafette.accounts.models.cooperation import (
    ClosingPeriod,
    ConsentText,
    FindingKind,
    FormInUse,
    JointProcessing,
    Landmark,
    ResponseRule,
    RetentionChoice,
    Route,
    Topic,
    Town,
)
from stafette.accounts.models.staff import Absence, HandOver, MailChoice, Membership, User
from stafette.accounts.models.units import Authority, Equipment, Mandate, Post, Unit, UnitKind

__all__ = [
    "Absence",
    "Authority",
    "ClosingPeriod",
    "ConsentText",
    "Equipment",
    "FindingKind",
    "FormInUse",
    "HandOver",
    "JointProcessing",
    "Landmark",
    "MailChoice",
    "Mandate",
    "Membership",
    "Post",
    "ResponseRule",
    "RetentionChoice",
    "Route",
    "Topic",
    "Town",
    "Unit",
    "UnitKind",
    "User",
]
