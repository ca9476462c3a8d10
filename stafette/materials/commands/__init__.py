"""Verbs of the materials."""

from stafette.materials.commands.aids import AidData, add_aid, change_aid, withdraw_aid
from stafette.materials.commands.questions import (
    answer_question,
    ask_question,
    drop_question,
    reopen_question,
)
from stafette.materials.commands.sheets import SheetData, assure_sheet, change_sheet, create_sheet, put_folder
from stafette.materials.commands.starter import load_starter
from stafette.materials.commands.versions import (
    keep_translation,
    mark_reviewed,
    publish_version,
    release_version,
    return_version,
    submit_version,
    withdraw_version,
    write_version,
)

__all__ = [
    "AidData",
    "SheetData",
    "add_aid",
    "answer_question",
    "ask_question",
    "assure_sheet",
    "change_aid",
    "change_sheet",
    "create_sheet",
    "drop_question",
    "keep_translation",
    "load_starter",
    "mark_reviewed",
    "publish_version",
    "put_folder",
    "release_version",
    "reopen_question",
    "return_version",
    "submit_version",
    "withdraw_aid",
    "withdraw_version",
    "write_version",
]
