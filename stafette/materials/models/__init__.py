"""Nouns of the materials: information sheets in languages, folders of them, work aids, questions left open."""

from stafette.materials.models.aids import AidKind, TextBy, WorkAid
from stafette.materials.models.folders import Folder, FolderSheet
from stafette.materials.models.questions import OpenQuestion
from stafette.materials.models.sheets import SHOWN, WORKING, InfoSheet, SheetKind, SheetVersion

__all__ = [
    "SHOWN",
    "WORKING",
    "AidKind",
    "Folder",
    "FolderSheet",
    "InfoSheet",
    "OpenQuestion",
    "SheetKind",
    "SheetVersion",
    "TextBy",
    "WorkAid",
]
