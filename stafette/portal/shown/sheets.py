"""A sheet in the language of the page, or in German with a mark."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from stafette.materials.data import SheetView
from stafette.materials.notation import Block
from stafette.materials.printing import note_of
from stafette.portal import queries
from stafette.portal.shown.said import Said, said

CHECKLIST = "checklist"


@dataclass(frozen=True)
class ShownSheet:
    """What a page says of a sheet; `note` warns of a text that waits for its translation."""

    code: str
    title: Said
    blocks: tuple[Block, ...]
    as_of: date
    note: str


def shown_sheet(view: SheetView, language: str) -> ShownSheet:
    """Take over what the room of materials gives."""
    title = said(language, view.title, "" if view.is_fallback else view.title)
    return ShownSheet(view.code, title, view.blocks, view.published_on, note_of(view))


def shown_sheets(language: str, *, topic: str = "", kind: str = "") -> list[ShownSheet]:
    """Public sheets, on a topic or of a kind."""
    return [shown_sheet(one, language) for one in queries.public_sheets(language, topic=topic, kind=kind)]
