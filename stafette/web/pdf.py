"""Letters and sheets as PDF/UA-1 from typst templates.

Data travels as JSON in `sys.inputs`, so nothing that a person is called can become a command of the template.
typst refuses to write a file that a screen reader could not read, and with it any character that the fonts
lack: such characters are replaced before (☎ would stop a letter otherwise).
"""

from __future__ import annotations

import json
import logging
import re
import struct
import threading
import unicodedata
from functools import cache
from pathlib import Path
from typing import Any

import typst
from django.conf import settings

from stafette.web.from_right import mended

KIND = "application/pdf"
STANDARDS = ["ua-1", "a-2a"]
REPLACED = {
    "☎": "Tel.",
    "✆": "Tel.",
    "✉": "E-Mail",
    "→": "–",
    "⇒": "–",
    "✓": "ja",
    "✔": "ja",
    "☐": "–",
    "≥": "mind.",
    "≤": "höchst.",
    "\u00a0": " ",
}
# Arabic vowel signs are optional in print; drawn, a sign and its letter are both read out as the two together.
VOWELS = {chr(code) for code in (0x640, *range(0x64B, 0x653), 0x670)}
FROM_RIGHT = re.compile("[\u0590-\u08ff]")
logger = logging.getLogger(__name__)
_lock = threading.Lock()
_compilers: dict[str, typst.Compiler] = {}


def fonts_folder() -> Path:
    """Where the fonts lie that the set-up fetched; nothing is loaded from the system or the net."""
    return Path(settings.BASE_DIR) / "assets" / "fonts"


def render(template: Path, data: dict[str, Any]) -> bytes:
    """Write a PDF from a template and its data; the compiler of a template is kept, that is ten times faster."""
    pdf = _compiled(template, data, format="pdf", pdf_standards=STANDARDS)
    if not FROM_RIGHT.search(json.dumps(data, ensure_ascii=False)):
        return pdf
    try:
        return mended(pdf)
    except Exception:  # whoever waits at the counter gets the paper, in typst's order
        logger.exception("The reading order of a PDF from right to left could not be mended")
        return pdf


def draw(template: Path, data: dict[str, Any], *, dots: int) -> bytes:
    """Draw the only page of a template as PNG with so many dots per inch, for files that take no other picture."""
    return _compiled(template, data, format="png", ppi=dots)


def _compiled(template: Path, data: dict[str, Any], **wanted: Any) -> bytes:
    inputs = {"data": json.dumps(printable(data), ensure_ascii=False)}
    with _lock:
        compiler = _compilers.get(str(template))
        if compiler is None:
            compiler = _compilers[str(template)] = typst.Compiler(
                str(template),
                root=str(template.parent),
                font_paths=[str(fonts_folder())],
                ignore_system_fonts=True,
            )
        found = compiler.compile(sys_inputs=inputs, **wanted)
    return found if isinstance(found, bytes) else b"".join(found or [])


def printable(value: Any) -> Any:
    """The same data with every character that the fonts cannot draw replaced."""
    if isinstance(value, str):
        return "".join(_drawable(char) for char in unicodedata.normalize("NFC", value))
    if isinstance(value, dict):
        return {key: printable(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [printable(item) for item in value]
    return value


@cache
def _drawable(char: str) -> str:
    if char in REPLACED or char in VOWELS:
        return REPLACED.get(char, "")
    if char in "\n\t" or ord(char) in covered():
        return char
    plain = "".join(c for c in unicodedata.normalize("NFKD", char) if ord(c) in covered())
    if plain:
        return plain
    return "" if unicodedata.category(char).startswith(("C", "M", "Z")) else "?"


@cache
def covered() -> frozenset[int]:
    """Code points that the body fonts draw: Latin, Cyrillic, Greek, and Arabic."""
    fonts = ("NotoSans-Regular.ttf", "Vazirmatn-Regular.ttf", "NotoSansArabic-Regular.ttf")
    return frozenset().union(*(_cmap((fonts_folder() / font).read_bytes()) for font in fonts))


def _cmap(font: bytes) -> set[int]:
    """Code points of a TrueType font: its table of formats 4 and 12 (OpenType, "cmap")."""
    tables = {font[at : at + 4]: struct.unpack(">I", font[at + 8 : at + 12])[0]
              for at in range(12, 12 + 16 * struct.unpack(">H", font[4:6])[0], 16)}  # fmt: skip
    start = tables[b"cmap"]
    found: set[int] = set()
    for number in range(struct.unpack(">H", font[start + 2 : start + 4])[0]):
        offset = struct.unpack(">I", font[start + 8 + 8 * number : start + 12 + 8 * number])[0]
        found |= _subtable(font, start + offset)
    return found


def _subtable(font: bytes, at: int) -> set[int]:
    form = struct.unpack(">H", font[at : at + 2])[0]
    if form == 12:
        count = struct.unpack(">I", font[at + 12 : at + 16])[0]
        groups = struct.iter_unpack(">III", font[at + 16 : at + 16 + 12 * count])
        return {code for first, last, _ in groups for code in range(first, last + 1)}
    if form == 4:
        double = struct.unpack(">H", font[at + 6 : at + 8])[0]
        ends = struct.unpack(f">{double // 2}H", font[at + 14 : at + 14 + double])
        starts = struct.unpack(f">{double // 2}H", font[at + 16 + double : at + 16 + 2 * double])
        return {code for first, last in zip(starts, ends, strict=True) if last != 0xFFFF
                for code in range(first, last + 1)}  # fmt: skip
    return set()
