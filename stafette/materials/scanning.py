"""What stands in an uploaded file: checked by content, read for searching, never opened by a program of the desk.

PDFs are read with pypdf. Pictures, and PDFs that hold nothing but pictures, are read only where the server can
(recognizing.py); else the text is typed by hand, and the page says so.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import dataclass
from time import monotonic

from django.utils.translation import gettext as _
from pypdf import PdfReader
from pypdf.errors import PdfReadError, PyPdfError

from stafette.kernel.errors import BadInput
from stafette.materials import recognizing
from stafette.materials.models import TextBy
from stafette.web.uploads import check_upload, content_kind

MOST_PAGES = 200
MOST_TEXT = 400_000  # characters: more than is kept (commands/aids.py)
PDF_SECONDS = 20
UNREADABLE = (
    *(PdfReadError, PyPdfError, ValueError, KeyError, TypeError, RecursionError, OSError),
    *(
        NotImplementedError,
        AttributeError,
        IndexError,
        ArithmeticError,
    ),  # what pypdf says of broken files besides
)
_ACTIVE = (b"/JavaScript", b"/JS ", b"/JS(", b"/Launch", b"/EmbeddedFile", b"/RichMedia")


@dataclass(frozen=True)
class Scan:
    """A file that may come in, and the text found in it; only `scan` makes one."""

    content: bytes
    mime: str
    text: str
    text_by: str


def scan(data: bytes, language: str = "de") -> Scan:
    """Check and read a file in a language; raises BadInput with the way out where it may not come in.

    Reading pictures takes up to a minute: call it before anything is locked.
    """
    check_upload(data, {"pdf", "image"})
    if content_kind(data) == "pdf":
        if any(mark in data for mark in _ACTIVE):
            raise BadInput(
                _(
                    "Die PDF-Datei enthält Programme oder Anhänge. Bitte drucken Sie sie neu als PDF und laden Sie "
                    "diese Datei hoch."
                )
            )
        text = _pdf_text(data)
        if text:
            return Scan(data, "application/pdf", text, TextBy.FILE)
        return _seen(data, "application/pdf", recognizing.pages_text(data, language))
    mime = picture_kind(data)
    return _seen(data, mime, recognizing.picture_text(data, language))


def _seen(data: bytes, mime: str, found: str) -> Scan:
    text = _clean(found)[:MOST_TEXT]
    return Scan(data, mime, text, TextBy.OCR if text else TextBy.NONE)


def picture_kind(data: bytes) -> str:
    """PNG or JPEG by content; other pictures are refused."""
    if data.startswith(b"\x89PNG\r\n\x1a\n"):
        return "image/png"
    if data.startswith(b"\xff\xd8\xff"):
        return "image/jpeg"
    raise BadInput(_("Bitte speichern Sie das Bild als JPEG oder PNG, oder das Blatt als PDF."))


def _pdf_text(data: bytes) -> str:
    try:
        reader = PdfReader(io.BytesIO(data))
        if reader.is_encrypted:
            raise BadInput(_("Die PDF-Datei ist mit einem Kennwort geschützt. Bitte speichern Sie sie ohne."))
        if len(reader.pages) > MOST_PAGES:
            raise BadInput(
                _("Die PDF-Datei hat mehr als {limit} Seiten. Bitte teilen Sie sie.").format(limit=MOST_PAGES)
            )
        pages = list(_pages(reader))
    except BadInput:
        raise
    except UNREADABLE as error:
        raise BadInput(
            _("Die PDF-Datei ist beschädigt. Bitte öffnen Sie sie und speichern Sie sie neu als PDF.")
        ) from error
    return _clean("\n\n".join(pages))


def _pages(reader: PdfReader) -> Iterator[str]:
    """The text of one page after the other, until there is enough to search or it has taken too long."""
    begun, length = monotonic(), 0
    for page in reader.pages:
        text = page.extract_text()
        yield text
        length += len(text)
        if length > MOST_TEXT or monotonic() - begun > PDF_SECONDS:
            break


def _clean(text: str) -> str:
    """Without the zero bytes that the database refuses and without empty lines in rows."""
    lines = [line.strip() for line in text.replace("\x00", "").splitlines()]
    return "\n".join(line for at, line in enumerate(lines) if line or (at and lines[at - 1])).strip()
