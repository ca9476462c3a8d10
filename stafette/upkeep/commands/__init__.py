"""Verbs of the upkeep room."""

from stafette.upkeep.commands.checks import keep_number_check, keep_web_check
from stafette.upkeep.commands.links import end_older_links, renew_link
from stafette.upkeep.commands.rounds import (
    ask_again,
    ask_organization,
    go_on_with_round,
    note_bounce,
    settle_rounds,
)
from stafette.upkeep.commands.signals import note_signals, settle_signals

__all__ = [
    "ask_again",
    "ask_organization",
    "end_older_links",
    "go_on_with_round",
    "keep_number_check",
    "keep_web_check",
    "note_bounce",
    "note_signals",
    "renew_link",
    "settle_rounds",
    "settle_signals",
]
