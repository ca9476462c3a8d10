"""Questions about persons, households, corrections and possible duplicates."""

from stafette.people.queries.duplicates import comparison, merges, open_proposals
from stafette.people.queries.households import (
    current_members,
    household_of,
    households,
    languages_of,
    members_of,
    timeline,
)
from stafette.people.queries.persons import corrections, persons
from stafette.people.queries.search import Match, find_persons, possible_duplicates, read_query

__all__ = [
    "Match",
    "comparison",
    "corrections",
    "current_members",
    "find_persons",
    "household_of",
    "households",
    "languages_of",
    "members_of",
    "merges",
    "open_proposals",
    "persons",
    "possible_duplicates",
    "read_query",
    "timeline",
]
