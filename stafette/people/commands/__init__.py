"""The only code of this room that writes."""

from stafette.people.commands.closing import close_file, name_readers, reopen_file
from stafette.people.commands.duplicates import (
    dismiss_proposal,
    merge_persons,
    propose_duplicates,
    undo_merge,
)
from stafette.people.commands.households import (
    add_member,
    create_household,
    end_membership,
    move_household,
)
from stafette.people.commands.persons import change_person, create_person, lock_address

__all__ = [
    "add_member",
    "change_person",
    "close_file",
    "create_household",
    "create_person",
    "dismiss_proposal",
    "end_membership",
    "lock_address",
    "merge_persons",
    "move_household",
    "name_readers",
    "propose_duplicates",
    "reopen_file",
    "undo_merge",
]
