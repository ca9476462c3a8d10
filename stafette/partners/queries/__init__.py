"""Questions about questions: what was asked, what a link opens, what waits for a partner."""

from stafette.partners.queries.asked import Asked, Opening, asked, inbox, opening
from stafette.partners.queries.cards import Card, card
from stafette.partners.queries.choices import (
    answering_units,
    objection_to,
    partner_choices,
    partners,
    person_choices,
    question_choices,
)
from stafette.partners.queries.lists import filtered, of_household, of_occasion, requests

__all__ = [
    "Asked",
    "Card",
    "Opening",
    "answering_units",
    "asked",
    "card",
    "filtered",
    "inbox",
    "objection_to",
    "of_household",
    "of_occasion",
    "opening",
    "partner_choices",
    "partners",
    "person_choices",
    "question_choices",
    "requests",
]
