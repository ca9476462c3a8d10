"""Nouns of the oversight: readings drawn for review, breaches, and whom a breach concerns."""

from stafette.oversight.models.breaches import Breach
from stafette.oversight.models.samples import ReadingSample
from stafette.oversight.models.shares import BreachShare, Concerned

__all__ = ["Breach", "BreachShare", "Concerned", "ReadingSample"]
