"""Verbs of the directory."""

from stafette.directory.commands.changing import (
    put_service_at_new_place,
    put_text,
    put_texts,
    restore_version,
)
from stafette.directory.commands.confirming import confirm_service, set_room
from stafette.directory.commands.entries import end_service, put_location, put_organization, put_service
from stafette.directory.commands.proposals import propose_entry, refuse_proposal, take_proposal
from stafette.directory.commands.tables import begin_table, drop_table, read_services_table, take_table_piece

__all__ = [
    "begin_table",
    "confirm_service",
    "drop_table",
    "end_service",
    "propose_entry",
    "put_location",
    "put_organization",
    "put_service",
    "put_service_at_new_place",
    "put_text",
    "put_texts",
    "read_services_table",
    "refuse_proposal",
    "restore_version",
    "set_room",
    "take_proposal",
    "take_table_piece",
]
