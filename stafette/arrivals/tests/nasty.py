"""Files as bad as those that offices really send, made here so that nothing binary is committed."""

from __future__ import annotations

import io
import zipfile
from datetime import date, datetime
from typing import Any
from xml.sax.saxutils import escape

from openpyxl import Workbook

PEOPLE = [
    ("Ioniță", "Vera", date(1987, 5, 19), "w", "154", "Große Kalandstraße", "78 a", date(2022, 11, 27)),
    ("Ioniță", "Matei", date(2015, 3, 2), "m", "154", "Große Kalandstraße", "78 a", date(2022, 11, 27)),
    ("Wiśniewski", "Błażej", date(1984, 7, 31), "m", "152", "Klostergäßchen", "3", date(2022, 11, 26)),
    ("Çetin", "Gökhan", date(1991, 2, 6), "m", "163", "Röntgenweg", "13", date(2022, 11, 14)),
    ("Stoyanova", "Tsvetelina", date(1999, 12, 24), "w", "125", "Neustadtstraße", "41b", date(2022, 11, 13)),
]


def csv_bytes(
    header: list[str], rows: list[list[str]], *, sep: str = ";", end: str = "\r\n", encoding: str = "utf-8"
) -> bytes:
    """Lines as a registration office's export writes them, without any quoting."""
    return end.join([sep.join(row) for row in [header, *rows]]).encode(
        encoding, errors="replace"
    ) + end.encode(encoding)


def plain_rows(form: str = "%d.%m.%Y") -> list[list[str]]:
    """The people above as text cells."""
    return [
        [family, given, born.strftime(form), sex, nation, street, number, moved.strftime(form)]
        for family, given, born, sex, nation, street, number, moved in PEOPLE
    ]


GERMAN = ["Nachname", "Vorname", "Geb.-Datum", "Geschl.", "Staatsang.", "Straße", "Hnr.", "Einzug"]
ENGLISH = ["Surname", "First name", "Date of birth", "Sex", "Nationality", "Street", "House no.", "Moved in"]


def xlsx_bytes(sheets: dict[str, list[list[Any]]], merged: dict[str, list[str]] | None = None) -> bytes:
    """A workbook with the given sheets; merged: cell ranges by sheet."""
    book = Workbook()
    book.remove(book.active)
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
        for cells in (merged or {}).get(name, []):
            sheet.merge_cells(cells)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def ods_bytes(rows: list[list[Any]], sheet: str = "Tabelle1") -> bytes:
    """A small OpenDocument table; a tuple (value, rows) spans so many rows."""

    def cell(value: Any) -> str:
        if value is ...:
            return "<table:covered-table-cell/>"
        span = ""
        if isinstance(value, tuple):
            value, rows_spanned = value
            span = f' table:number-rows-spanned="{rows_spanned}" table:number-columns-spanned="1"'
        if isinstance(value, (date, datetime)):
            return (
                f'<table:table-cell{span} office:value-type="date" office:date-value="{value.isoformat()}"/>'
            )
        if isinstance(value, (int, float)):
            return f'<table:table-cell{span} office:value-type="float" office:value="{value}"/>'
        if value in ("", None):
            return f"<table:table-cell{span}/>"
        return f'<table:table-cell{span} office:value-type="string"><text:p>{escape(value)}</text:p></table:table-cell>'

    body = "".join("<table:table-row>" + "".join(map(cell, row)) + "</table:table-row>" for row in rows)
    content = (
        '<?xml version="1.0" encoding="UTF-8"?><office:document-content '
        'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
        'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
        'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" office:version="1.2"><office:body>'
        f'<office:spreadsheet><table:table table:name="{sheet}">{body}</table:table></office:spreadsheet>'
        "</office:body></office:document-content>"
    )
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("content.xml", content)
        archive.writestr("META-INF/manifest.xml", "<manifest/>")
    return out.getvalue()
