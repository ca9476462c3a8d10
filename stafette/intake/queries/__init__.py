"""Questions to the intake room."""

from stafette.intake.queries.contacts import DayCount, contacts_of_day, current_topics, undoable
from stafette.intake.queries.counter import Answer, Given, answer_to, known_given, sender_of
from stafette.intake.queries.facts import facts_of
from stafette.intake.queries.handing import paper_languages
from stafette.intake.queries.known import known_answers
from stafette.intake.queries.outcome import dismissing, given_along, ways_on
from stafette.intake.queries.talks import (
    TALK_STATES,
    TalkView,
    form_of_unit,
    interviews,
    outlook_of,
    talk_view,
    units_with_talks,
)

__all__ = [
    "TALK_STATES",
    "Answer",
    "DayCount",
    "Given",
    "TalkView",
    "answer_to",
    "contacts_of_day",
    "current_topics",
    "dismissing",
    "facts_of",
    "form_of_unit",
    "given_along",
    "interviews",
    "known_answers",
    "known_given",
    "outlook_of",
    "paper_languages",
    "sender_of",
    "talk_view",
    "undoable",
    "units_with_talks",
    "ways_on",
]
