"""Forms of the materials."""

from stafette.materials.forms.aids import AidFilter, AidForm
from stafette.materials.forms.questions import AnswerForm, DropForm, QuestionFilter
from stafette.materials.forms.sheets import FolderForm, NewSheetForm, ReleaseForm, SheetForm, TextForm

__all__ = [
    "AidFilter",
    "AidForm",
    "AnswerForm",
    "DropForm",
    "FolderForm",
    "NewSheetForm",
    "QuestionFilter",
    "ReleaseForm",
    "SheetForm",
    "TextForm",
]
