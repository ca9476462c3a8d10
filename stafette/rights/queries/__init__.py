"""Questions about requests: lists, the page of one, what the officer watches."""

from stafette.rights.queries.cards import Card, card
from stafette.rights.queries.choices import (
    colleagues,
    matches,
    other_units,
    own_units,
    person_choices,
    person_of_new,
    persons_of_household,
)
from stafette.rights.queries.copies import copy_of
from stafette.rights.queries.lists import (
    filtered,
    late_count,
    objected_since,
    of_household,
    of_person,
    open_figures,
    open_objection,
    requests,
    watched,
)
from stafette.rights.queries.marks import disputed_marks, disputed_of, marks_of
from stafette.rights.queries.proposals import proposal_card, proposals_of_household

__all__ = [
    "Card",
    "card",
    "colleagues",
    "copy_of",
    "disputed_marks",
    "disputed_of",
    "filtered",
    "late_count",
    "marks_of",
    "matches",
    "objected_since",
    "of_household",
    "of_person",
    "open_figures",
    "open_objection",
    "other_units",
    "own_units",
    "person_choices",
    "person_of_new",
    "persons_of_household",
    "proposal_card",
    "proposals_of_household",
    "requests",
    "watched",
]
