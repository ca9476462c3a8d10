"""Verbs of the retention room."""

from stafette.retention.commands.deleting import (
    cut_log,
    delete_records,
    erase_file,
    erase_person,
    forget_marks,
)
from stafette.retention.commands.holding import hold_up, lift_hold
from stafette.retention.commands.telling import alert_officers, announce, note_figures, take_back

__all__ = [
    "alert_officers",
    "announce",
    "cut_log",
    "delete_records",
    "erase_file",
    "erase_person",
    "forget_marks",
    "hold_up",
    "lift_hold",
    "note_figures",
    "take_back",
]
