"""Questions to the outbox."""

from stafette.outbox.queries.choices import PAUSE_REASONS, RHYTHMS, STATES, Preference, preference_of
from stafette.outbox.queries.messages import (
    Bounce,
    Pile,
    account_bounces,
    figures,
    last_bounce,
    messages,
    narrow,
)
from stafette.outbox.queries.readers import readers_of, readers_waiting

__all__ = [
    "PAUSE_REASONS",
    "RHYTHMS",
    "STATES",
    "Bounce",
    "Pile",
    "Preference",
    "account_bounces",
    "figures",
    "last_bounce",
    "messages",
    "narrow",
    "preference_of",
    "readers_of",
    "readers_waiting",
]
