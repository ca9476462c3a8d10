"""What follows from a talk: named rules, each from plain facts to findings with a reason and its norm.

A rule speaks about a situation, never about the worth of a person: there is no score (T18). What was not asked or
declined is not among the facts, so nothing can follow from it.
"""

from stafette.intake.derivation.facts import Answers, HouseholdFacts, PersonFacts
from stafette.intake.derivation.rules import RULES, derive

__all__ = ["RULES", "Answers", "HouseholdFacts", "PersonFacts", "derive"]
