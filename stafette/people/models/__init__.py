"""Nouns of the room people: who somebody is, with whom one lives, and what was corrected or merged."""

from stafette.people.models.changes import DuplicateProposal, Merge, PersonChange
from stafette.people.models.closed import ClosedFile
from stafette.people.models.households import Household, HouseholdMember
from stafette.people.models.persons import Person, PersonLanguage

__all__ = [
    "ClosedFile",
    "DuplicateProposal",
    "Household",
    "HouseholdMember",
    "Merge",
    "Person",
    "PersonChange",
    "PersonLanguage",
]
