"""What kind of file is this? Decided by its content; a name says nothing."""

from __future__ import annotations

import io
import zipfile

from stafette.arrivals.reading import spreadsheet
from stafette.arrivals.reading.delimited import read_delimited
from stafette.arrivals.reading.grid import Grid
from stafette.kernel.errors import BadInput

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
FOREIGN = {
    b"%PDF": "ein PDF",
    b"\x89PNG": "ein Bild",
    b"\xff\xd8\xff": "ein Bild",
    b"GIF8": "ein Bild",
    b"{\\rtf": "ein Textdokument (RTF)",
    b"<!DOCTYPE": "eine Internetseite",
    b"<!doctype": "eine Internetseite",
    b"<html": "eine Internetseite",
    b"MZ": "ein Programm",
    b"Rar!": "ein RAR-Archiv",
    b"7z\xbc\xaf": "ein 7-Zip-Archiv",
    b"\x1f\x8b": "ein gepacktes Archiv",
}
ASK = "Bitte lassen Sie sich die Liste als XLSX, ODS oder CSV geben."


def kind_of(data: bytes) -> str:
    """Name the kind of a file of arrivals: xlsx, ods, xls or csv; BadInput where it is none."""
    if not data.strip(b"\x00\t\r\n \xef\xbb\xbf"):
        raise BadInput("Die Datei ist leer. Bitte prüfen Sie, ob die richtige Datei gesendet wurde.")
    if data[:4] in (b"PK\x03\x04", b"PK\x05\x06"):
        return _kind_of_archive(data)
    if data.startswith(OLE):
        if "EncryptedPackage".encode("utf-16-le") in data:
            raise BadInput(spreadsheet.LOCKED)
        return "xls"
    for mark, what in FOREIGN.items():
        if data.lstrip().startswith(mark):
            raise BadInput(f"Die Datei ist {what}, keine Tabelle. {ASK}")
    return "csv"


def _kind_of_archive(data: bytes) -> str:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = set(archive.namelist())
            mime = archive.read("mimetype")[:100] if "mimetype" in names else b""
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, OSError):
        raise BadInput(spreadsheet.BROKEN) from None
    if "xl/workbook.xml" in names or "xl/workbook.bin" in names:
        return "xlsx" if "xl/workbook.xml" in names else "xlsb"
    if b"opendocument.spreadsheet" in mime:
        return "ods"
    if "word/document.xml" in names or b"opendocument.text" in mime:
        raise BadInput(f"Die Datei ist ein Textdokument, keine Tabelle. {ASK}")
    raise BadInput(f"Die Datei ist ein Archiv, keine Tabelle. Bitte entpacken Sie sie zuerst. {ASK}")


def read_grids(data: bytes) -> list[Grid]:
    """All sheets of a file; a text file has one."""
    kind = kind_of(data)
    return [read_delimited(data)] if kind == "csv" else spreadsheet.sheets(data, kind)
