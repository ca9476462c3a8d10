"""Pages of the materials."""

from stafette.materials.views.aids import aid, aid_file, aids, edit_aid, new_aid, withdraw_aid
from stafette.materials.views.folders import edit_folder, folder, folders, new_folder, print_folder
from stafette.materials.views.questions import drop_question, question, questions, reopen_question
from stafette.materials.views.sheets import assure_sheet, edit_sheet, index, new_sheet, sheet
from stafette.materials.views.texts import compare, move, print_sheet, text, write

__all__ = [
    "aid",
    "aid_file",
    "aids",
    "assure_sheet",
    "compare",
    "drop_question",
    "edit_aid",
    "edit_folder",
    "edit_sheet",
    "folder",
    "folders",
    "index",
    "move",
    "new_aid",
    "new_folder",
    "new_sheet",
    "print_folder",
    "print_sheet",
    "question",
    "questions",
    "reopen_question",
    "sheet",
    "text",
    "withdraw_aid",
    "write",
]
