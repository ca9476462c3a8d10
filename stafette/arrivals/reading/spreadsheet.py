"""Sheets of XLSX, XLS and ODS workbooks as rows of cells.

calamine reads the cached value of a formula and nothing where there is none; a name that somebody typed as
"=1+1" would vanish. So cells that hold only a formula are looked up in the XML and kept as text.
"""

from __future__ import annotations

import html
import io
import re
import zipfile
from collections.abc import Iterator
from typing import cast

import python_calamine as calamine

from stafette.arrivals.reading.grid import Cell, Grid
from stafette.kernel.errors import BadInput

FORMULA_CELL = re.compile(
    rb'<c r="([A-Z]{1,3})(\d+)"[^>]*>\s*<f[^>]*>([^<]*)</f>\s*(?:<v\s*/>|<v></v>)?\s*</c>'
)
CHUNK = 1 << 20
LOCKED = (
    "Die Datei ist mit einem Kennwort geschützt. Bitte öffnen Sie sie in Excel, entfernen Sie das Kennwort "
    "und laden Sie sie noch einmal hoch."
)
BROKEN = (
    "Die Tabelle lässt sich nicht öffnen: Die Datei ist beschädigt oder unvollständig. Bitte öffnen Sie sie in "
    "Excel oder LibreOffice, speichern Sie sie neu als XLSX oder CSV und laden Sie sie noch einmal hoch."
)
ODS_ROW = re.compile(rb"<table:table-row\b([^>]*?)(?:/>|>(.*?)</table:table-row>)", re.DOTALL)
ODS_CELL = re.compile(rb"<table:(?:covered-)?table-cell\b[^>]*>")


def sheets(data: bytes, kind: str) -> list[Grid]:
    """Every visible sheet of a workbook, without what charts and macros left behind."""
    try:
        book = calamine.CalamineWorkbook.from_filelike(io.BytesIO(data))
        found = [_sheet(book, meta, data, kind) for meta in book.sheets_metadata if _is_table(meta)]
    except calamine.PasswordError:
        raise BadInput(LOCKED) from None
    except (calamine.CalamineError, zipfile.BadZipFile, ValueError, OSError) as error:
        raise BadInput(LOCKED if "assword" in str(error) else BROKEN) from None
    if not found:
        raise BadInput(
            "Die Arbeitsmappe enthält kein Tabellenblatt. Bitte prüfen Sie, ob es die richtige Datei ist."
        )
    return found


def _is_table(meta: calamine.SheetMetadata) -> bool:
    return meta.typ == calamine.SheetTypeEnum.WorkSheet


def _sheet(book: calamine.CalamineWorkbook, meta: calamine.SheetMetadata, data: bytes, kind: str) -> Grid:
    sheet = book.get_sheet_by_name(meta.name)
    rows = cast(list[list[Cell]], sheet.to_python(skip_empty_area=False))
    grid = Grid(
        name=meta.name, rows=rows, kind=kind, hidden=meta.visible != calamine.SheetVisibleEnum.Visible
    )
    if kind == "xlsx":
        _restore_formulas(grid, data, book.sheet_names.index(meta.name))
    _fill_merged(grid, _merged(sheet, data, kind))
    return grid


def _restore_formulas(grid: Grid, data: bytes, index: int) -> None:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        part = _part_of_sheet(archive, index)
        if not part:
            return
        for row, column, formula in _formulas(archive, part):
            if row < len(grid.rows) and column < len(grid.rows[row]) and grid.rows[row][column] in ("", None):
                grid.rows[row][column] = "=" + formula


def _part_of_sheet(archive: zipfile.ZipFile, index: int) -> str | None:
    """The XML file of the n-th sheet, by way of the workbook's relations."""
    try:
        book = archive.read("xl/workbook.xml")
        links = archive.read("xl/_rels/workbook.xml.rels").decode("utf-8", "replace")
    except KeyError:
        return None
    ids = [m.group(1).decode() for m in re.finditer(rb'<(?:\w+:)?sheet\b[^>]*?\br:id="([^"]+)"', book)]
    if index >= len(ids):
        return None
    for link in re.findall(r"<Relationship\b[^>]*>", links):
        if f'Id="{ids[index]}"' in link:
            target = re.search(r'Target="([^"]+)"', link)
            path = target.group(1).lstrip("/") if target else ""
            path = path if path.startswith("xl/") else f"xl/{path}"
            return path if path in archive.namelist() else None
    return None


def _formulas(archive: zipfile.ZipFile, part: str) -> Iterator[tuple[int, int, str]]:
    """Cells with a formula but without a value, read in pieces so that a large sheet costs no memory."""
    rest = b""
    with archive.open(part) as stream:
        while piece := stream.read(CHUNK):
            text = rest + piece
            if b"<f" in text:
                for found in FORMULA_CELL.finditer(text):
                    yield (
                        int(found[2]) - 1,
                        _column(found[1]),
                        html.unescape(found[3].decode("utf-8", "replace")),
                    )
            rest = text[max(text.rfind(b"<c "), len(text) - 100_000) :]


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number - 1


Range = tuple[tuple[int, int], tuple[int, int]]


def _merged(sheet: calamine.CalamineSheet, data: bytes, kind: str) -> list[Range]:
    if kind == "ods":
        return list(_merged_ods(data, sheet.name))
    return sheet.merged_cell_ranges or []


def _merged_ods(data: bytes, name: str) -> Iterator[Range]:
    """Cells that span several rows, which calamine does not tell for ODS."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        content = archive.read("content.xml")
    if b"number-rows-spanned" not in content:
        return
    row = 0
    for attributes, inner in ODS_ROW.findall(_ods_table(content, name)):
        column = 0
        for cell in ODS_CELL.findall(inner):
            down, across = _attribute(cell, b"rows-spanned"), _attribute(cell, b"columns-spanned")
            if down > 1:
                yield (row, column), (row + down - 1, column + across - 1)
            column += _attribute(cell, b"columns-repeated")
        row += _attribute(attributes, b"rows-repeated")


def _ods_table(content: bytes, name: str) -> bytes:
    """The part of the content that is the table of that name."""
    for table in content.split(b"<table:table ")[1:]:
        found = re.search(rb'table:name="([^"]*)"', table[:500])
        if found and html.unescape(found[1].decode("utf-8", "replace")) == name:
            return table
    return b""


def _attribute(tag: bytes, name: bytes) -> int:
    found = re.search(b"number-" + name + rb'="(\d+)"', tag)
    return int(found[1]) if found else 1


def _fill_merged(grid: Grid, ranges: list[Range]) -> None:
    """A cell merged over the rows of a family counts for each of them; one merged across a title does not."""
    for (top, left), (bottom, _right) in ranges:
        if bottom == top or top >= len(grid.rows) or left >= len(grid.rows[top]):
            continue
        value = grid.rows[top][left]
        for row in grid.rows[top + 1 : bottom + 1]:
            if left < len(row) and row[left] in ("", None):
                row[left] = value
