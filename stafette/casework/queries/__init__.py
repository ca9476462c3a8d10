"""Questions about sealed notes and the keys of units."""

from stafette.casework.queries.keys import (
    KeyRow,
    SealedCount,
    UnitKeys,
    key_folder,
    key_in_use,
    keys_of_units,
    keys_to_back_up,
    last_reader_count,
    needs_key,
    sealed_counts,
    secret_of,
    unknown_files,
    wrapped_under,
)
from stafette.casework.queries.sealed import (
    OpenNote,
    deputies_for,
    notes_of_household,
    own_notes,
    read_note,
)

__all__ = [
    "KeyRow",
    "OpenNote",
    "SealedCount",
    "UnitKeys",
    "deputies_for",
    "key_folder",
    "key_in_use",
    "keys_of_units",
    "keys_to_back_up",
    "last_reader_count",
    "needs_key",
    "notes_of_household",
    "own_notes",
    "read_note",
    "sealed_counts",
    "secret_of",
    "unknown_files",
    "wrapped_under",
]
