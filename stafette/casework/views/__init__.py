"""Pages of the casework room."""

from stafette.casework.views.keys import counts, create_key, go_on, keys, rotate_key
from stafette.casework.views.sealed import (
    change,
    delete,
    deputies,
    deputy,
    detail,
    index,
    print_note,
    withdraw,
    write,
)

__all__ = [
    "change",
    "counts",
    "create_key",
    "delete",
    "deputies",
    "deputy",
    "detail",
    "go_on",
    "index",
    "keys",
    "print_note",
    "rotate_key",
    "withdraw",
    "write",
]
