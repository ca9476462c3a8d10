"""Published sheets on paper: the same for editors, the counter and the public pages, without any case data."""

from __future__ import annotations

from collections.abc import Sequence

from stafette.materials.data import FolderView, SheetView
from stafette.materials.notation import Block, Facts, Heading, Paragraph, Points
from stafette.materials.wording import day, word
from stafette.web import sheets
from stafette.web.sheets import LANGUAGES, Section, Sheet


def sheet_paper(view: SheetView, sender: str) -> Sheet:
    """Lay a sheet out for web.sheets.sheet_pdf; the footer says version, language and date."""
    return Sheet(
        title=view.title,
        sender=sender,
        sections=sections_of(view.blocks),
        language=view.language,
        lead=note_of(view),
        mark=mark_of(view),
        roomy=True,
    )


def folder_papers(folder: FolderView, sender: str) -> list[Sheet]:
    """Lay a whole folder out: a page with what is in it, then each sheet from a page of its own."""
    titles = [sheet.title for sheet in folder.sheets]
    cover = Section(word(folder.language, "folder"), [sheets.Steps(titles)])
    front = Sheet(title=folder.title, sender=sender, sections=[cover], language=folder.language, roomy=True)
    return [front, *(sheet_paper(sheet, sender) for sheet in folder.sheets)]


def note_of(view: SheetView) -> str:
    """What the reader must know first: that it is German instead, or that it is being translated again."""
    if view.is_fallback:
        return word(view.asked, "fallback")
    return word(view.language, "outdated") if view.is_outdated else ""


def mark_of(view: SheetView) -> str:
    """Version, language and date for the foot, in the sheet's language, and whether the translation was checked."""
    language = view.language
    parts = [
        f"{word(language, 'version')} {view.number}",
        LANGUAGES.get(language, language),
        f"{word(language, 'as_of')} {day(view.published_on)}",
    ]
    if language != sheets.GERMAN and not view.is_reviewed:
        parts.append(word(language, "unreviewed"))
    return " · ".join(parts)


def sections_of(blocks: Sequence[Block]) -> list[Section]:
    """Cut the blocks at their headings."""
    found: list[tuple[str, list[sheets.Block]]] = [("", [])]
    for block in blocks:
        if isinstance(block, Heading):
            found.append((block.text, []))
        else:
            found[-1][1].append(_printed(block))
    return [Section(heading, parts) for heading, parts in found if heading or parts]


def _printed(block: Paragraph | Points | Facts) -> sheets.Block:
    if isinstance(block, Facts):
        return sheets.Facts(block.pairs)
    if isinstance(block, Points):
        return sheets.Steps(block.lines) if block.kind == "steps" else sheets.Bullets(block.lines)
    return sheets.Text(block.text)
