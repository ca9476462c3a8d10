"""Nouns of the casework room."""

from stafette.casework.models.keys import UnitKey
from stafette.casework.models.sealed import SealedNote

__all__ = ["SealedNote", "UnitKey"]
