"""The published public sheets and the arrival folder, from the room of materials."""

from __future__ import annotations

from stafette.materials import queries as materials
from stafette.materials.data import FolderView, SheetView

ARRIVAL = "arrival_folder"  # the same code as in the arrival talk (blueprints/sheets/mappen.toml)


def public_sheets(language: str, *, topic: str = "", kind: str = "") -> list[SheetView]:
    """Published public sheets; those without words in this language in German."""
    return materials.published_sheets(language, public_only=True, topic=topic, kind=kind)


def public_sheet(code: str, language: str) -> SheetView | None:
    """One of them; None for whatever is not public, as if it did not exist."""
    return next(iter(materials.published_sheets(language, public_only=True, codes=[code])), None)


def arrival_folder(language: str) -> FolderView | None:
    """The arrival folder with its public sheets; None where there is none."""
    found = materials.folder_view(ARRIVAL, language)
    if found is None:
        return None
    sheets = tuple(one for one in found.sheets if one.is_public)
    return FolderView(found.code, found.title, found.language, sheets)
