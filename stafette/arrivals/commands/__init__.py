"""The only code of this room that writes."""

from stafette.arrivals.commands.applying import apply_rows, finish_import, take_import
from stafette.arrivals.commands.arrivals import (
    invite_household,
    mark_talk_held,
    record_contact_attempt,
    record_walk_in,
)
from stafette.arrivals.commands.imports import (
    begin_reading,
    decide_rows,
    discard_import,
    fail_import,
    remember_mapping,
    stage_import,
    upload_list,
)

__all__ = [
    "apply_rows",
    "begin_reading",
    "decide_rows",
    "discard_import",
    "fail_import",
    "finish_import",
    "invite_household",
    "mark_talk_held",
    "record_contact_attempt",
    "record_walk_in",
    "remember_mapping",
    "stage_import",
    "take_import",
    "upload_list",
]
