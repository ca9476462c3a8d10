"""What people get to see: published sheets in their language, German with a mark where there is none.

These questions need no actor: what is published is public, and the counter asks them as the public pages do.
"""

from __future__ import annotations

from collections.abc import Iterable

from stafette.kernel.errors import BadInput
from stafette.materials.data import FolderView, SheetView
from stafette.materials.models import SHOWN, Folder, SheetVersion
from stafette.materials.notation import Block, blocks_of
from stafette.web.sheets import EASY, GERMAN


def published_sheets(
    language: str,
    *,
    public_only: bool = False,
    topic: str = "",
    kind: str = "",
    codes: Iterable[str] | None = None,
) -> list[SheetView]:
    """Every published sheet in this language or in German, in the editors' order.

    `public_only` leaves out what is for the counter alone; `topic`, `kind` and `codes` narrow. A sheet without
    published German text does not exist for people, whatever its translations say.
    """
    rows = SheetVersion.objects.filter(state__in=SHOWN, language__in={language, GERMAN})
    if public_only:
        rows = rows.filter(sheet__is_public=True)
    if topic:
        rows = rows.filter(sheet__topics__contains=[topic])
    if kind:
        rows = rows.filter(sheet__kind=kind)
    if codes is not None:
        rows = rows.filter(sheet__code__in=list(codes))
    german, wanted = {}, {}
    for row in rows.select_related("sheet").order_by("sheet__position", "sheet__code"):
        if row.language == GERMAN:
            german[row.sheet_id] = row
        if row.language == language:
            wanted[row.sheet_id] = row
    return [view_of(wanted.get(sheet_id, row), asked=language) for sheet_id, row in german.items()]


def sheet_view(code: str, language: str) -> SheetView | None:
    """One published sheet, or None where nothing is published under this code."""
    return next(iter(published_sheets(language, codes=[code])), None)


def folder_view(code: str, language: str) -> FolderView | None:
    """A folder with its published sheets, or None where there is no such folder."""
    folder = Folder.objects.filter(code=code).first()
    if folder is None:
        return None
    order = list(folder.places.values_list("sheet__code", flat=True))
    found = {sheet.code: sheet for sheet in published_sheets(language, codes=order)}
    sheets = tuple(found[one] for one in order if one in found)
    return FolderView(code, folder_title(folder, language), language, sheets)


def folder_title(folder: Folder, language: str) -> str:
    """The name of a folder in a language; German where there is none."""
    return str(folder.titles.get(language) or folder)


def material_codes() -> dict[str, str]:
    """German title of everything that can be handed out, folders first: code → title."""
    folders = {folder.code: str(folder) for folder in Folder.objects.all()}
    return folders | {sheet.code: sheet.title for sheet in published_sheets(GERMAN)}


def view_of(row: SheetVersion, *, asked: str = "") -> SheetView:
    """A version as plain values; also for the preview of what is not published yet."""
    asked = asked or row.language
    sheet = row.sheet
    return SheetView(
        code=sheet.code,
        kind=sheet.kind,
        title=row.title,
        blocks=blocks_of(row.body, line_by_line=row.language == EASY),
        asked=asked,
        language=row.language,
        number=row.number,
        published_on=row.published_on or row.changed_at.date(),
        is_fallback=row.language != asked,
        is_outdated=row.state == SheetVersion.State.OUTDATED,
        is_reviewed=row.is_reviewed,
        is_public=sheet.is_public,
        topics=tuple(sheet.topics),
        target_groups=tuple(sheet.target_groups),
        statuses=tuple(sheet.statuses),
        version_id=row.pk,
    )


def preview(title: str, body: str, language: str) -> tuple[str, tuple[Block, ...]]:
    """Title and blocks of a text that is being written; nothing where it cannot be read."""
    try:
        return title, blocks_of(body, line_by_line=language == EASY)
    except BadInput:
        return title, ()
