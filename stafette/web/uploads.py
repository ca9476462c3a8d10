"""May this file come in? Size, kind by content, packed bombs, macros: asked before anything reads the file."""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Collection
from typing import Any, BinaryIO

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _

from stafette.kernel.errors import BadInput

TABLES = frozenset({"csv", "xlsx", "xls", "ods"})
MAX_ENTRIES = 2_000
MAX_INFLATED = 512 * 1024 * 1024
MAX_RATIO = 250  # honest spreadsheets stay below 60
RATIO_MATTERS_FROM = 20 * 1024 * 1024
MAX_CELLS = 12_000_000  # what reading a sheet may ask for, empty corners included
CHUNK = 1 << 20
ZIP = (b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_LAST_ROW = re.compile(rb'<row\b[^>]*?\br="(\d+)"')
_COLUMN = re.compile(rb'<c\b[^>]*?\br="([A-Z]{2,3})\d')
_ODS_ROW = re.compile(rb"<table:table-row\b([^>]*)>(.*?)(?=<table:table-row\b|</table:table>)", re.DOTALL)
_ODS_CELL = re.compile(rb"<table:table-cell\b([^>]*?)(/?)>")
_REPEATED = re.compile(rb'number-(?:rows|columns)-repeated="(\d+)"')


def check_upload(file: UploadedFile[Any] | BinaryIO | bytes, kinds: Collection[str] = TABLES) -> None:
    """Raise BadInput with the way out where a file is too large, of another kind, or meant to do harm."""
    data = _bytes(file)
    if kinds_of_macro(data):
        raise BadInput(
            _(
                "Die Datei enthält Makros. Solche Dateien werden nicht angenommen, weil sie Schadsoftware tragen "
                "können. Bitte speichern Sie die Tabelle als XLSX ohne Makros oder als CSV."
            )
        )
    kind = content_kind(data)
    if kind not in kinds:
        wanted = ", ".join(sorted(k.upper() for k in kinds))
        raise BadInput(
            _("Diese Art von Datei kann nicht gelesen werden. Bitte speichern Sie sie als: {kinds}.").format(
                kinds=wanted
            )
        )
    if data[:4] in ZIP:
        _check_archive(data, kind)


def content_kind(data: bytes) -> str:
    """The kind of a file by its content: xlsx, xlsb, ods, odt, docx, zip, xls, pdf, image, text as csv, other."""
    if data[:4] in ZIP:
        return _archive_kind(data)
    if data.startswith(OLE):
        return "xls"
    head = data[:512].lstrip()
    for mark, kind in ((b"%PDF", "pdf"), (b"\x89PNG", "image"), (b"\xff\xd8\xff", "image"), (b"GIF8", "image"),
                       (b"MZ", "other"), (b"\x7fELF", "other"), (b"Rar!", "other"), (b"7z\xbc\xaf", "other"),
                       (b"\x1f\x8b", "other"), (b"{\\rtf", "other"), (b"<!DOCTYPE", "other"), (b"<html", "other"),
                       (b"<?xml", "other")):  # fmt: skip
        if head.startswith(mark):
            return kind
    return "csv" if _is_text(data[:65536]) else "other"


def kinds_of_macro(data: bytes) -> bool:
    """Tell whether a workbook carries programs: a VBA project or sheets of old Excel macros."""
    if data[:4] in ZIP:
        try:
            with zipfile.ZipFile(io.BytesIO(data)) as archive:
                names = [name.lower() for name in archive.namelist()[: MAX_ENTRIES + 1]]
                types = _small(archive, "[Content_Types].xml")
        except (zipfile.BadZipFile, OSError):
            return False
        parts = ("vbaproject.bin", "xl/macrosheets/", "basic/script-lb.xml", "scripts/")
        return b"macroEnabled" in types or any(part in name for name in names for part in parts)
    if data.startswith(OLE):
        return any(word.encode("utf-16-le") in data for word in ("_VBA_PROJECT", "VBA_PROJECT_CUR", "Macros"))
    return False


def _bytes(file: UploadedFile[Any] | BinaryIO | bytes) -> bytes:
    """The content, never more of it than may come in."""
    limit = settings.UPLOAD_MAX_BYTES
    if isinstance(file, bytes):
        data = file
    else:
        file.seek(0)
        data = file.read(limit + 1)
        file.seek(0)
    if len(data) > limit:
        raise BadInput(
            _(
                "Die Datei ist größer als {limit} MB. Bitte teilen Sie sie oder speichern Sie sie als CSV."
            ).format(limit=limit // (1024 * 1024))
        )
    if not data:
        raise BadInput(_("Die Datei ist leer. Bitte prüfen Sie, ob die richtige Datei gewählt ist."))
    return data


def _is_text(data: bytes) -> bool:
    """Text has few control characters; UTF-16 has its zeros in every second place only."""
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return True
    zeros = data.count(0)
    if zeros:
        return max(data[0::2].count(0), data[1::2].count(0)) == zeros and zeros > len(data) * 0.25
    controls = sum(data.count(byte) for byte in range(1, 32) if byte not in (9, 10, 12, 13, 27))
    return controls <= len(data) * 0.001


def _archive_kind(data: bytes) -> str:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = set(archive.namelist())
            mime = _small(archive, "mimetype")
    except (zipfile.BadZipFile, OSError):
        raise BadInput(
            _(
                "Die Datei ist beschädigt oder unvollständig. Bitte speichern Sie sie neu und laden Sie sie noch "
                "einmal hoch."
            )
        ) from None
    for part, kind in (
        ("xl/workbook.xml", "xlsx"),
        ("xl/workbook.bin", "xlsb"),
        ("word/document.xml", "docx"),
    ):
        if part in names:
            return kind
    if b"opendocument.spreadsheet" in mime:
        return "ods"
    return "odt" if b"opendocument.text" in mime else "zip"


def _small(archive: zipfile.ZipFile, name: str) -> bytes:
    try:
        with archive.open(name) as part:
            return part.read(1 << 20)
    except (KeyError, RuntimeError, zlib.error, zipfile.BadZipFile, NotImplementedError):
        return b""


def _check_archive(data: bytes, kind: str) -> None:
    """Unpack once, in pieces that are thrown away: what a header says of the size may be a lie."""
    bomb = BadInput(
        _("Die Datei ist entpackt viel zu groß. Bitte speichern Sie nur die Liste selbst als XLSX oder CSV.")
    )
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        entries = archive.infolist()
        if len(entries) > MAX_ENTRIES or sum(entry.file_size for entry in entries) > MAX_INFLATED:
            raise bomb
        if any(entry.flag_bits & 1 for entry in entries):
            raise BadInput(
                _("Die Datei ist mit einem Kennwort geschützt. Bitte speichern Sie sie ohne Kennwort.")
            )
        total = 0
        for entry in entries:
            total += _inflated(archive, entry, MAX_INFLATED - total, bomb, kind)
        if total > RATIO_MATTERS_FROM and total > MAX_RATIO * len(data):
            raise bomb


def _inflated(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, room: int, bomb: BadInput, kind: str) -> int:
    is_sheet = kind == "xlsx" and entry.filename.startswith("xl/worksheets/")
    size, last_row = 0, 0
    columns: set[bytes] = set()
    try:
        with archive.open(entry) as part:
            while piece := part.read(CHUNK):
                size += len(piece)
                if size > room:
                    raise bomb
                if is_sheet:
                    last_row = max([last_row, *map(int, _LAST_ROW.findall(piece[piece.rfind(b"<row") :]))])
                    columns.update(_COLUMN.findall(piece) if _WIDE.search(piece) else ())
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError):
        raise BadInput(
            _(
                "Die Datei ist beschädigt oder unvollständig. Bitte speichern Sie sie neu und laden Sie sie noch "
                "einmal hoch."
            )
        ) from None
    widest = max(map(_column_number, columns), default=26)
    if is_sheet and last_row * widest > MAX_CELLS:
        raise _too_wide()
    if kind == "ods" and entry.filename == "content.xml":
        _check_ods(archive.read(entry))
    return size


_WIDE = re.compile(rb'r="[A-Z]{2,3}\d')


def _column_number(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number


def _too_wide() -> BadInput:
    return BadInput(
        _(
            "Die Tabelle ist zu groß: Weit außerhalb der Liste steht noch etwas. Bitte kopieren Sie die Liste in ein "
            "neues Tabellenblatt und speichern Sie es neu."
        )
    )


def _check_ods(content: bytes) -> None:
    """A few bytes can say "repeat this cell a billion times"."""
    if b"-repeated=" not in content:
        return
    cells = 0
    for attributes, inner in _ODS_ROW.findall(content):
        times = _times(attributes)
        filled = sum(
            _times(cell) for cell, empty in _ODS_CELL.findall(inner) if not empty or b"office:value" in cell
        )
        cells += times * filled
        if cells > MAX_CELLS:
            raise _too_wide()


def _times(tag: bytes) -> int:
    found = _REPEATED.search(tag)
    return int(found[1]) if found else 1
