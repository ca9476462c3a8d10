"""Verbs of the room rights."""

from stafette.rights.commands.deciding import (
    answer_nothing_held,
    answer_request,
    extend_request,
    note_export,
    refuse_request,
    withdraw_request,
)
from stafette.rights.commands.passing import pass_on_request
from stafette.rights.commands.taking import begin_request, give_request, identify_request, take_in_request

__all__ = [
    "answer_nothing_held",
    "answer_request",
    "begin_request",
    "extend_request",
    "give_request",
    "identify_request",
    "note_export",
    "pass_on_request",
    "refuse_request",
    "take_in_request",
    "withdraw_request",
]
