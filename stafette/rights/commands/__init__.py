"""Verbs of the room rights."""

from stafette.rights.commands.correcting import correct_by_request, end_contested, mark_contested
from stafette.rights.commands.deciding import (
    answer_nothing_held,
    answer_request,
    extend_request,
    note_export,
    refuse_request,
    withdraw_request,
)
from stafette.rights.commands.limiting import (
    end_objection,
    erase_by_request,
    restrict_by_request,
    restrict_instead_of_erasing,
    stop_by_request,
)
from stafette.rights.commands.passing import pass_on_request
from stafette.rights.commands.proposals import leave_proposal, take_proposal
from stafette.rights.commands.taking import begin_request, give_request, identify_request, take_in_request

__all__ = [
    "answer_nothing_held",
    "answer_request",
    "begin_request",
    "correct_by_request",
    "end_contested",
    "end_objection",
    "erase_by_request",
    "extend_request",
    "give_request",
    "identify_request",
    "leave_proposal",
    "mark_contested",
    "note_export",
    "pass_on_request",
    "refuse_request",
    "restrict_by_request",
    "restrict_instead_of_erasing",
    "stop_by_request",
    "take_in_request",
    "take_proposal",
    "withdraw_request",
]
