"""Questions about persons, households, corrections and possible duplicates."""

from stafette.people.queries.closed import (
    Closing,
    caseworker_choices,
    closing_of,
    closings_in,
    closings_of,
    reasons_for_own,
)
from stafette.people.queries.duplicates import comparison, data_of, merges, open_proposals, proposal_of
from stafette.people.queries.households import (
    current_members,
    household_of,
    households,
    languages_of,
    members_of,
    timeline,
)
from stafette.people.queries.persons import (
    born_between,
    corrections,
    persons,
    persons_by_id,
    persons_with_homes,
)
from stafette.people.queries.search import Match, find_persons, possible_duplicates, read_query

__all__ = [
    "Closing",
    "Match",
    "born_between",
    "caseworker_choices",
    "closing_of",
    "closings_in",
    "closings_of",
    "comparison",
    "corrections",
    "current_members",
    "data_of",
    "find_persons",
    "household_of",
    "households",
    "languages_of",
    "members_of",
    "merges",
    "open_proposals",
    "persons",
    "persons_by_id",
    "persons_with_homes",
    "possible_duplicates",
    "proposal_of",
    "read_query",
    "reasons_for_own",
    "timeline",
]
