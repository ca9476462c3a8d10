"""Questions about questions: what was asked, what a link opens, what waits for a partner."""

from stafette.partners.queries.agreements import (
    AgreedDays,
    Presence,
    agreed_with_partner,
    agreed_with_unit,
    agreeing_units,
    agreements,
    ending_soon,
    presences,
    service_choices,
    service_names,
)
from stafette.partners.queries.asked import Asked, Opening, asked, inbox, opening
from stafette.partners.queries.cards import Card, card
from stafette.partners.queries.choices import (
    answering_units,
    objection_to,
    organization_choices,
    partner_choices,
    partners,
    person_choices,
    question_choices,
)
from stafette.partners.queries.lists import filtered, of_household, of_occasion, requests

__all__ = [
    "AgreedDays",
    "Asked",
    "Card",
    "Opening",
    "Presence",
    "agreed_with_partner",
    "agreed_with_unit",
    "agreeing_units",
    "agreements",
    "answering_units",
    "asked",
    "card",
    "ending_soon",
    "filtered",
    "inbox",
    "objection_to",
    "of_household",
    "of_occasion",
    "opening",
    "organization_choices",
    "partner_choices",
    "partners",
    "person_choices",
    "presences",
    "question_choices",
    "requests",
    "service_choices",
    "service_names",
]
