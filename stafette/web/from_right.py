"""What a PDF says when it is read out or copied, where its text runs from right to left.

typst writes each line of a page from its left end, so that a paragraph in Arabic names its pieces backwards; and it
maps the sign for lam and alef to two letters, which readers turn round with the rest of the word. Here the structure
tree, the order for screen readers, gets the pieces of each line in the order of reading, and the sign its own code
point (U+FEFB and its like, equal to the two letters under NFKC). Nothing on the page moves.
"""

from __future__ import annotations

import io
import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from pypdf import PdfWriter
from pypdf.generic import ArrayObject, DictionaryObject, NameObject, NumberObject

MAPPED = re.compile(rb"<([0-9A-Fa-f]+)> <([0-9A-Fa-f]+)>")
MARK = re.compile(rb"/MCID (\d+)")
PLACE = re.compile(rb"([-\d.]+) ([-\d.]+) cm\b")
PLAIN = rb"[^()\\]|\\."
NESTED = rb"\((?:%b|\((?:%b|\((?:%b)*\))*\))*\)" % (
    PLAIN,
    PLAIN,
    PLAIN,
)  # pairs of brackets need no backslash
TOLD = re.compile(rb"/ActualText ?(?:<[0-9A-Fa-f]*>|\((?:%b|%b)*\))" % (PLAIN, NESTED), re.DOTALL)
SHOWN = re.compile(
    rb"/(f\d+) [\d.]+ Tf|\(((?:%b|%b)*)\)|(?<!<)<([0-9A-Fa-f]+)>" % (PLAIN, NESTED), re.DOTALL
)  # codes up to 127 stand as letters, others in hexadecimal
ESCAPED = re.compile(rb"\\([0-7]{1,3}|.)", re.DOTALL)
ESCAPES = {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"b": b"\b", b"f": b"\f"}
INLINE = {"/Span", "/Link", "/Em", "/Strong", "/Lbl"}
LANGUAGES = ("ar",)
LINE = 1.0  # points that two pieces of one line may differ in height


@dataclass
class Piece:
    """A piece of a line: where it begins, in points from the lower left corner, and what it says."""

    x: float
    y: float
    text: str

    @property
    def kind(self) -> str:
        """R: from right to left, L: from left to right, D: digits, N: neither."""
        kinds = {unicodedata.bidirectional(char) for char in self.text}
        if kinds & {"R", "AL"}:
            return "R"
        return "L" if "L" in kinds else "D" if kinds & {"EN", "AN"} else "N"


def mended(pdf: bytes) -> bytes:
    """The same pages, to be read out and copied in the order in which people read them."""
    writer = PdfWriter(clone_from=io.BytesIO(pdf))
    writer.pdf_header = pdf[:8].decode()
    fonts: dict[int, dict[int, str]] = {}
    pieces: dict[tuple[int, int], Piece] = {}
    for page in writer.pages:
        known = {}
        resources: Any = page["/Resources"]
        for name, font in resources.get("/Font", {}).items():
            number = font.indirect_reference.idnum
            if number not in fonts:
                fonts[number] = _letters(font.get_object())
            known[name[1:].encode()] = fonts[number]
        assert page.indirect_reference is not None
        for mark, piece in _pieces(page, known):
            pieces[page.indirect_reference.idnum, mark] = piece
    _walk(writer.root_object["/StructTreeRoot"], str(writer.root_object.get("/Lang", "")), pieces)
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


@cache
def _signs() -> dict[bytes, bytes]:
    """The signs for two letters by what they stand for: lam and alef in four kinds; in hexadecimal UTF-16."""
    signs = map(chr, (0xFEFB, 0xFEF7, 0xFEF9, 0xFEF5))
    return {_hex(unicodedata.normalize("NFKC", sign)): _hex(sign) for sign in signs}


def _hex(text: str) -> bytes:
    return text.encode("utf-16-be").hex().upper().encode()


def _letters(font: Any) -> dict[int, str]:
    """What the codes of a font stand for; its signs for two letters become one code point each."""
    stream = font["/ToUnicode"].get_object()
    old = stream.get_data()
    new = MAPPED.sub(lambda one: b"<%b> <%b>" % (one[1], _signs().get(one[2].upper(), one[2])), old)
    if new != old:
        stream.set_data(new)
    return {
        int(code, 16): bytes.fromhex(said.decode()).decode("utf-16-be", "replace")
        for code, said in MAPPED.findall(new)
    }


def _pieces(page: Any, fonts: dict[bytes, dict[int, str]]) -> Iterator[tuple[int, Piece]]:
    """The marked pieces of a page by their numbers; typst begins each of them anew, with place and font.

    Letters that run from right to left stand backwards there, and say so.
    """
    parts = MARK.split(page["/Contents"].get_object().get_data())
    for mark, content in zip(parts[1::2], parts[2::2], strict=True):
        content, said = content.partition(b"/Artifact")[0], ""
        letters: dict[int, str] = {}
        place = PLACE.search(content)
        for font, shown, coded in SHOWN.findall(TOLD.sub(b"", content)):
            letters = fonts[font] if font else letters
            said += _said(bytes.fromhex(coded.decode()) if coded else _unescaped(shown), letters)
        if place:
            said = said[::-1] if b"/ReversedChars" in content else said
            yield int(mark), Piece(float(place[1]), float(place[2]), said)


def _unescaped(shown: bytes) -> bytes:
    return ESCAPED.sub(lambda one: _byte(one[1]), shown)


def _said(codes: bytes, letters: dict[int, str]) -> str:
    """The letters of codes, two bytes each."""
    return "".join(letters.get(codes[at] << 8 | codes[at + 1], "") for at in range(0, len(codes) - 1, 2))


def _byte(escaped: bytes) -> bytes:
    return bytes([int(escaped, 8)]) if escaped.isdigit() else ESCAPES.get(escaped, escaped)


def _walk(element: Any, language: str, pieces: dict[tuple[int, int], Piece]) -> None:
    """Put the pieces of every element in a language from right to left in order."""
    language = str(element.get("/Lang", language))
    children = element.get("/K")
    if not isinstance(children, ArrayObject):
        children = ArrayObject([] if children is None else [children])
    page = element.raw_get("/Pg").idnum if "/Pg" in element else 0
    if language.startswith(LANGUAGES) and len(children) > 1:
        places = [_place(child, page, pieces) for child in children]
        if all(places):
            order = reading_order([place for place in places if place])
            element[NameObject("/K")] = ArrayObject(children[at] for at in order)
    for child in children:
        below = child.get_object()
        if isinstance(below, DictionaryObject) and "/S" in below:
            _walk(below, language, pieces)


def _place(child: Any, page: int, pieces: dict[tuple[int, int], Piece]) -> Piece | None:
    """Where a child of an element stands in its line; None for one that has lines of its own."""
    child = child.get_object()
    if isinstance(child, NumberObject):
        return pieces.get((page, int(child)))
    page = child.raw_get("/Pg").idnum if "/Pg" in child else page
    if "/MCID" in child:
        return pieces.get((page, int(child["/MCID"])))
    if child.get("/S") not in INLINE or "/K" not in child:
        return None
    below = child["/K"]
    found = [_place(one, page, pieces) for one in (below if isinstance(below, list) else [below])]
    known = [one for one in found if one]
    return Piece(known[0].x, known[0].y, "".join(one.text for one in known)) if known else None


def reading_order(pieces: Sequence[Piece]) -> list[int]:
    """Numbers of pieces given from the left of each line, as one reads them in a text from right to left."""
    lines: list[list[int]] = []
    for at, piece in enumerate(pieces):
        same = lines and abs(pieces[lines[-1][0]].y - piece.y) < LINE
        if same and pieces[lines[-1][-1]].x <= piece.x:
            lines[-1].append(at)
        else:
            lines.append([at])
    return [at for line in lines for at in _line(line, pieces)]


def _line(line: Sequence[int], pieces: Sequence[Piece]) -> Iterator[int]:
    """From the right; words from left to right stay together with the numbers between them."""
    kinds = "".join(pieces[at].kind for at in line)
    groups = [match.span() for match in re.finditer(r"[LD](?:[LDN]*[LD])?|.", kinds)]
    for start, end in reversed(groups):
        group = line[start:end]
        yield from group if "L" in kinds[start:end] else reversed(group)
