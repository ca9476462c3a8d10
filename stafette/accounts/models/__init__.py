"""Nouns of the accounts room."""

from stafette.accounts.models.staff import Absence, Membership, User
from stafette.accounts.models.units import Authority, Equipment, Mandate, Post, Unit, UnitKind

__all__ = ["Absence", "Authority", "Equipment", "Mandate", "Membership", "Post", "Unit", "UnitKind", "User"]
