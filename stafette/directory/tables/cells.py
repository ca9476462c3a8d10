"""Tables as bytes and back: CSV and workbooks, with what spreadsheets do to values undone."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Iterable, Sequence
from datetime import date, datetime, time
from typing import Any

import python_calamine as calamine
from django.utils.translation import gettext as _

from stafette.directory.tables.formulas import bare, guarded
from stafette.kernel.errors import BadInput
from stafette.web.uploads import check_upload, content_kind
from stafette.web.xlsx import workbook

CSV = "text/csv; charset=utf-8"
MOST_ROWS = 20_000


def as_csv(headings: Sequence[str], rows: Iterable[Sequence[str]]) -> bytes:
    """A CSV as Excel opens it in Germany: semicolons, and a mark that says UTF-8."""
    stream = io.StringIO()
    writer = csv.writer(stream, delimiter=";", lineterminator="\r\n")
    writer.writerow(headings)
    writer.writerows([guarded(cell) for cell in row] for row in rows)
    return b"\xef\xbb\xbf" + stream.getvalue().encode()


def as_xlsx(headings: Sequence[str], rows: Iterable[Sequence[str]], *, title: str, note: str) -> bytes:
    """A workbook whose cells are all texts."""
    return workbook(headings, rows, title=title, note=note)


def read_table(content: bytes) -> list[list[str]]:
    """The rows of the first sheet that holds anything, as texts. BadInput says what to do where it cannot be read."""
    check_upload(content)
    kind = content_kind(content)
    rows = _csv(content) if kind == "csv" else _sheets(content)
    if len(rows) > MOST_ROWS:
        raise BadInput(
            _("Die Tabelle hat mehr als {most} Zeilen. Bitte teilen Sie sie.").format(most=MOST_ROWS)
        )
    return rows


def _csv(content: bytes) -> list[list[str]]:
    text = _decoded(content)
    head = text[:5000]
    separator = max(";\t,|", key=lambda one: head.count(one))
    try:
        rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=separator))
    except csv.Error:
        raise BadInput(
            _("Die CSV-Datei lässt sich nicht lesen. Bitte speichern Sie die Tabelle als XLSX.")
        ) from None
    return [[bare(cell) for cell in row] for row in rows]


def _decoded(content: bytes) -> str:
    if content[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return content.decode("utf-16", errors="replace")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252", errors="replace")


def _sheets(content: bytes) -> list[list[str]]:
    broken = _(
        "Die Tabelle lässt sich nicht öffnen. Bitte speichern Sie sie ohne Kennwort neu als XLSX oder CSV."
    )
    try:
        book = calamine.CalamineWorkbook.from_filelike(io.BytesIO(content))
        for meta in book.sheets_metadata:
            if meta.typ == calamine.SheetTypeEnum.WorkSheet:
                rows: Any = book.get_sheet_by_name(meta.name).to_python(skip_empty_area=False)
                if any(any(cell not in ("", None) for cell in row) for row in rows):
                    return [[_text(cell) for cell in row] for row in rows]
    except (calamine.PasswordError, calamine.CalamineError, zipfile.BadZipFile, ValueError, OSError):
        raise BadInput(broken) from None
    raise BadInput(_("In der Arbeitsmappe steht nichts. Bitte prüfen Sie, ob es die richtige Datei ist."))


def _text(cell: Any) -> str:
    """A cell as it looks in the sheet: 18 and not 18.0, days in German."""
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "ja" if cell else "nein"
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    if isinstance(cell, float):
        return str(cell).replace(".", ",")
    if isinstance(cell, datetime | date):
        return f"{cell:%d.%m.%Y}"
    return f"{cell:%H:%M}" if isinstance(cell, time) else str(cell)
