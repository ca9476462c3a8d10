"""Sheets for people: one look for consent forms, information sheets and answers, in nine languages, as PDF/UA.

A sheet is made of sections, a section of blocks. What it says comes from the rooms; how it looks stands in
`sheets.typ` only. A sheet in another language carries the German one behind it, so that both sides of the counter
can read what is signed.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from stafette.web.pdf import render

TEMPLATE = Path(__file__).with_name("sheets.typ")
GERMAN = "de"
EASY = "ls"
LANGUAGES = {
    "de": "Deutsch",
    "ls": "Leichte Sprache",
    "en": "English",
    "bg": "Български",
    "ro": "Română",
    "pl": "Polski",
    "uk": "Українська",
    "tr": "Türkçe",
    "ar": "العربية",
}
RIGHT_TO_LEFT = {"ar"}


@dataclass(frozen=True)
class Text:
    """A paragraph."""

    text: str
    kind: str = field(default="text", init=False)


@dataclass(frozen=True)
class Bullets:
    """A list."""

    items: Sequence[str]
    kind: str = field(default="bullets", init=False)


@dataclass(frozen=True)
class Boxes:
    """Boxes to tick, each with its text; `ticked` holds the numbers of those that are ticked already."""

    items: Sequence[str]
    ticked: Sequence[int] = ()
    kind: str = field(default="boxes", init=False)


@dataclass(frozen=True)
class Fields:
    """Label and value in pairs; an empty value leaves a line to write on."""

    items: Sequence[tuple[str, str]]
    kind: str = field(default="fields", init=False)


@dataclass(frozen=True)
class Table:
    """A table with a head; `widths` are shares of the page's width."""

    head: Sequence[str]
    rows: Sequence[Sequence[str]]
    widths: Sequence[int] = ()
    kind: str = field(default="table", init=False)


@dataclass(frozen=True)
class Signatures:
    """Lines to sign on, with what each is for."""

    items: Sequence[str]
    kind: str = field(default="signatures", init=False)


@dataclass(frozen=True)
class Facts:
    """Label and value in pairs that must be found at a glance: numbers, addresses, hours; the value is bold."""

    items: Sequence[tuple[str, str]]
    kind: str = field(default="facts", init=False)


@dataclass(frozen=True)
class Steps:
    """A numbered list: what to do first, second, third."""

    items: Sequence[str]
    kind: str = field(default="steps", init=False)


@dataclass(frozen=True)
class Picture:
    """A drawing such as a sketch of the way; `alt` says what it shows, a screen reader reads that instead."""

    svg: str
    alt: str
    width_mm: int
    kind: str = field(default="picture", init=False)


@dataclass(frozen=True)
class Columns:
    """Two columns in a frame, such as a card with a sketch beside; `shares` are the widths of left and right.

    Read from left to right, in Arabic from right to left: `left` is always what is read first.
    """

    left: Sequence[Block]
    right: Sequence[Block]
    title: str = ""
    shares: tuple[int, int] = (3, 2)
    kind: str = field(default="columns", init=False)


@dataclass(frozen=True)
class Details:
    """Short facts, the label small above its value: (label, lines of the value, language of the value).

    A value in another language than the sheet's, such as a German address on an Arabic sheet, names that language: it
    is read out and set in that direction. An empty language is the sheet's own.
    """

    items: Sequence[tuple[str, Sequence[str], str]]
    kind: str = field(default="details", init=False)


Block = Text | Bullets | Boxes | Fields | Table | Signatures | Facts | Steps | Picture | Columns | Details


@dataclass(frozen=True)
class Section:
    """A part under a heading; without one it follows the title. A `whole` one is not torn by the end of a page."""

    heading: str
    blocks: Sequence[Block]
    whole: bool = False


@dataclass(frozen=True)
class Sheet:
    """What is printed: `sender` names the unit that hands it out, `mark` number and version in the footer.

    `roomy` prints in larger letters, for sheets of little text that people read at home.
    """

    title: str
    sender: str
    sections: Sequence[Section]
    language: str = GERMAN
    lead: str = ""
    mark: str = ""
    roomy: bool = False


def sheet_pdf(*sheets: Sheet) -> bytes:
    """Print sheets one behind the other, each from a new page in its own language and direction.

    Raises ValueError where none is given; characters that the fonts lack are replaced (web/pdf.py).
    """
    if not sheets:
        raise ValueError("no sheet to print")
    return render(TEMPLATE, {"sheets": [_data(sheet) for sheet in sheets]})


def _data(sheet: Sheet) -> dict[str, Any]:
    code = GERMAN if sheet.language == EASY else sheet.language
    big = sheet.language == EASY
    direction = "rtl" if sheet.language in RIGHT_TO_LEFT else "ltr"
    return {**asdict(sheet), "code": code, "direction": direction, "big": big}
