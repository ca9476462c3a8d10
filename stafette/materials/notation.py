"""The tiny notation of a sheet's text, read line by line into blocks. Eleven lines of help, no way to break a page.

    ## Überschrift               a heading
    Text                         a paragraph (lines that follow each other belong together)
    - Punkt                      a point of a list
    1. Schritt                   a step; the numbers are counted anew
    > Polizei: 110               a fact: label, colon, value (number, address, hours)

In Leichte Sprache each line stays a line of its own. Everything else is plain text: no HTML, no links hidden behind
words (a printed sheet needs the address itself).
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from stafette.kernel.errors import BadInput

LONGEST_LINE = 600
LONGEST_TEXT = 12_000
_STEP = re.compile(r"\d{1,2}[.)]\s+(.*)")
_HEADING = re.compile(r"##\s+(.*)")


@dataclass(frozen=True)
class Heading:
    """A heading within the sheet."""

    text: str
    kind: str = field(default="heading", init=False)


@dataclass(frozen=True)
class Paragraph:
    """Running text; `lines` has more than one line in Leichte Sprache only."""

    lines: tuple[str, ...]
    kind: str = field(default="text", init=False)

    @property
    def text(self) -> str:
        """The paragraph in one piece."""
        return "\n".join(self.lines)


@dataclass(frozen=True)
class Points:
    """A list, or steps in their order."""

    lines: tuple[str, ...]
    kind: str = "bullets"


@dataclass(frozen=True)
class Facts:
    """Label and value in pairs: numbers, addresses, hours."""

    pairs: tuple[tuple[str, str], ...]
    kind: str = field(default="facts", init=False)


Block = Heading | Paragraph | Points | Facts


def blocks_of(text: str, *, line_by_line: bool = False) -> tuple[Block, ...]:
    """Read a text; raises BadInput with the number of the line that cannot be read."""
    if len(text) > LONGEST_TEXT:
        raise BadInput(
            _("Der Text ist länger als {limit} Zeichen. Bitte kürzen Sie ihn.").format(limit=LONGEST_TEXT)
        )
    found: list[Block] = []
    waiting: list[tuple[str, str]] = []
    for number, raw in enumerate([*text.splitlines(), ""], start=1):
        kind, content = _read(raw.strip(), number)
        if waiting and (kind != waiting[0][0] or kind == "heading"):
            found.append(_block(waiting, line_by_line))
            waiting = []
        if kind:
            waiting.append((kind, content))
    return tuple(found)


def words_of(blocks: Iterable[Block]) -> list[str]:
    """Every line of text, for searching and comparing."""
    lines: list[str] = []
    for block in blocks:
        if isinstance(block, Heading):
            lines.append(block.text)
        elif isinstance(block, Facts):
            lines += [f"{label}: {value}" for label, value in block.pairs]
        else:
            lines += block.lines
    return lines


def _read(line: str, number: int) -> tuple[str, str]:
    if len(line) > LONGEST_LINE:
        raise _wrong(number, _("Die Zeile ist zu lang. Bitte machen Sie zwei daraus."))
    if not line:
        return "", ""
    if match := _HEADING.fullmatch(line):
        return "heading", match[1]
    if line.startswith("#"):
        raise _wrong(number, _("Eine Überschrift beginnt mit zwei Rauten und einem Leerzeichen: „## Text“."))
    if line.startswith(("- ", "• ")):
        return "bullets", line[2:].strip()
    if match := _STEP.fullmatch(line):
        return "steps", match[1].strip()
    if line.startswith(">"):
        label, colon, value = line[1:].strip().partition(":")
        if not colon or not label.strip() or not value.strip():
            raise _wrong(number, _("Eine Angabe braucht Wort, Doppelpunkt und Wert: „> Polizei: 110“."))
        return "facts", f"{label.strip()}\t{value.strip()}"
    return "text", line


def _wrong(number: int, message: str) -> BadInput:
    return BadInput(_("Zeile {number}: {message}").format(number=number, message=message))


def _block(lines: list[tuple[str, str]], line_by_line: bool) -> Block:
    kind, contents = lines[0][0], tuple(content for _kind, content in lines)
    if kind == "heading":
        return Heading(contents[0])
    if kind == "facts":
        pairs = [tuple(content.split("\t", 1)) for content in contents]
        return Facts(tuple((label, value) for label, value in pairs))
    if kind == "text":
        return Paragraph(contents if line_by_line else (" ".join(contents),))
    return Points(contents, kind)
