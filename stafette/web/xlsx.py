"""Lists as workbooks. Text stays text, also when it looks like a formula."""

import io
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from math import isfinite
from typing import Any

from django.utils import timezone
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter

KIND = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")  # what XML cannot carry
_FIRST_DAY = date(1900, 3, 1)  # before it Excel counts a day that never was, or none at all


def workbook(headings: Sequence[str], rows: Iterable[Sequence[Any]], *, title: str, note: str = "") -> bytes:
    """Return an XLSX with one sheet: bold headings that stay in view, a filter, and a note on a second sheet.

    Cells take str, int, float, Decimal, bool, date, datetime and None. A text is always written as a string cell,
    so that "=1+1" from a register stays what somebody wrote (OWASP "CSV Injection", 2026-11-21).
    """
    book = Workbook(write_only=True)
    sheet = book.create_sheet(title=_sheet_name(title))
    sheet.freeze_panes = "A2"
    for index, heading in enumerate(headings, start=1):
        sheet.column_dimensions[get_column_letter(index)].width = max(12, min(40, len(heading) + 6))
    count = 0
    sheet.append([_cell(sheet, heading, bold=True) for heading in headings])
    for count, row in enumerate(rows, start=1):  # noqa: B007 – the last value is used below
        sheet.append([_cell(sheet, value) for value in row])
    sheet.auto_filter.ref = f"A1:{get_column_letter(max(1, len(headings)))}{count + 1}"
    if note:
        about = book.create_sheet(title="Hinweise")
        about.append([_cell(about, note)])
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


@dataclass(frozen=True)
class Sheet:
    """One sheet of a workbook of several: title, headings, rows, and a number format per column ("" for none).

    `below` are pairs of words that stand under the table, outside of its filter: what a reader must know of it.
    """

    title: str
    headings: Sequence[str]
    rows: Sequence[Sequence[Any]]
    formats: Sequence[str] = ()
    below: Sequence[tuple[str, str]] = ()


def workbook_of(sheets: Iterable[Sheet], *, about: Sequence[str], about_title: str) -> bytes:
    """Return an XLSX whose first sheet explains the others; headings stay in view, each sheet has a filter."""
    book = Workbook(write_only=True)
    first = book.create_sheet(title=_sheet_name(about_title))
    first.column_dimensions["A"].width = 110
    for number, line in enumerate(about):
        cell = _cell(first, line, bold=number == 0)
        cell.alignment = Alignment(wrap_text=True, vertical="top")
        first.append([cell])
    for one in sheets:
        sheet = book.create_sheet(title=_sheet_name(one.title))
        sheet.freeze_panes = "A2"
        for index, heading in enumerate(one.headings, start=1):
            sheet.column_dimensions[get_column_letter(index)].width = max(12, min(40, len(heading) + 4))
        sheet.append([_cell(sheet, heading, bold=True) for heading in one.headings])
        for row in one.rows:
            cells = [_cell(sheet, value) for value in row]
            for cell, wanted in zip(cells, one.formats, strict=False):
                if wanted and isinstance(cell.value, (int, float, Decimal)):
                    cell.number_format = wanted
            sheet.append(cells)
        sheet.auto_filter.ref = f"A1:{get_column_letter(max(1, len(one.headings)))}{len(one.rows) + 1}"
        if one.below:
            sheet.append([])
            for name, text in one.below:
                sheet.append([_cell(sheet, name, bold=True), _cell(sheet, text)])
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def _cell(sheet: Any, value: Any, *, bold: bool = False) -> Any:
    if isinstance(value, datetime) and timezone.is_aware(value):
        value = timezone.localtime(value).replace(tzinfo=None)
    if isinstance(value, date) and (value.date() if isinstance(value, datetime) else value) < _FIRST_DAY:
        value = value.strftime("%d.%m.") + f"{value.year:04}"
    if isinstance(value, (float, Decimal)) and not isfinite(value):
        value = None
    cell = WriteOnlyCell(sheet)
    if value is None or isinstance(value, (int, float, date)) or hasattr(value, "as_tuple"):
        cell.value = value
        if isinstance(value, date):
            cell.number_format = "dd.mm.yyyy" if not isinstance(value, datetime) else "dd.mm.yyyy hh:mm"
    else:
        cell.value = _FORBIDDEN.sub("", str(value))
        cell.data_type = "s"  # set after the value: openpyxl would read "=…" as a formula
        if cell.value[:1] in tuple("=+-@\t\r"):
            cell.quotePrefix = True
    if bold:
        cell.font = Font(bold=True)
    return cell


def _sheet_name(title: str) -> str:
    """Excel takes 31 signs, some never, an apostrophe not at the ends, and "History" not at all."""
    name = _FORBIDDEN.sub("", re.sub(r"[\[\]:*?/\\]", " ", title))[:31].strip("' ")
    return name if name and name.casefold() != "history" else "Liste"
