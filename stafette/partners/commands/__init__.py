"""Verbs of the partners room."""

from stafette.partners.commands.agreements import (
    add_desk_time,
    change_agreement,
    close_overdue,
    end_agreement,
    enter_agreement,
    remove_desk_time,
    start_agreement,
)
from stafette.partners.commands.answering import answer_request, check_code, note_opened
from stafette.partners.commands.asking import fill_request, leave_out, prepare_request, send_request
from stafette.partners.commands.catalogue import add_partner, change_partner, end_partner
from stafette.partners.commands.ending import (
    close_request,
    end_for_consent,
    give_up_request,
    withdraw_request,
)
from stafette.partners.commands.links import make_code, note_bounce, renew_for_partner, renew_request
from stafette.partners.commands.planning import end_planned, plan_partner

__all__ = [
    "add_desk_time",
    "add_partner",
    "answer_request",
    "change_agreement",
    "change_partner",
    "check_code",
    "close_overdue",
    "close_request",
    "end_agreement",
    "end_for_consent",
    "end_partner",
    "end_planned",
    "enter_agreement",
    "fill_request",
    "give_up_request",
    "leave_out",
    "make_code",
    "note_bounce",
    "note_opened",
    "plan_partner",
    "prepare_request",
    "remove_desk_time",
    "renew_for_partner",
    "renew_request",
    "send_request",
    "start_agreement",
    "withdraw_request",
]
