"""Verbs of the casework room."""

from stafette.casework.commands.keys import (
    create_key,
    destroy_key,
    note_backup,
    note_restore,
    retire_key,
    rewrap_notes,
    rotate_key,
)
from stafette.casework.commands.sealed import (
    change_note,
    delete_note,
    name_deputy,
    name_deputy_for_many,
    withdraw_deputy,
    write_note,
)

__all__ = [
    "change_note",
    "create_key",
    "delete_note",
    "destroy_key",
    "name_deputy",
    "name_deputy_for_many",
    "note_backup",
    "note_restore",
    "retire_key",
    "rewrap_notes",
    "rotate_key",
    "withdraw_deputy",
    "write_note",
]
