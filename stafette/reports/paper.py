"""A paper: the same blocks as page, PDF and workbook, with a mark that says from which state it was made.

The mark is a digest of everything the paper says. Whoever holds a print compares it with the page: another mark means
that the program, its rules or the town's set-up changed in between.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date
from functools import cached_property

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from stafette.reports.docx import docx
from stafette.web.sheets import Block, Fields, Section, Sheet, Table, sheet_pdf
from stafette.web.xlsx import Sheet as Grid
from stafette.web.xlsx import workbook_of

WIDEST = 4  # columns that fit a page
BREAKS = re.compile(r"[_/]|::")


@dataclass(frozen=True)
class Paper:
    """What it says; `as_of` is the day since when the rules behind it have been the same."""

    code: str
    title: str
    sender: str
    lead: str
    sections: Sequence[Section]
    as_of: date
    language: str = "de"

    @cached_property
    def digest(self) -> str:
        """Ten signs of the digest of what is said; the same state gives the same signs."""
        said = [self.title, self.sender, self.lead, [asdict(section) for section in self.sections]]
        return hashlib.sha256(json.dumps(said, ensure_ascii=False, default=str).encode()).hexdigest()[:10]

    @property
    def mark(self) -> str:
        """Version for the footer."""
        day = date_format(self.as_of, "d.m.Y")
        return _("Fassung {digest} · Regeln vom {day}").format(digest=self.digest, day=day)

    @property
    def tables(self) -> list[tuple[str, Table]]:
        """Every table with the heading above it."""
        return [
            (section.heading, block)
            for section in self.sections
            for block in section.blocks
            if isinstance(block, Table)
        ]

    @property
    def sheet(self) -> Sheet:
        """The same for the printer: a wide table becomes one block per row, so that nothing runs off the page."""
        sections = [part for section in self.sections for part in _printed(section)]
        return Sheet(self.title, self.sender, sections, self.language, self.lead, self.mark)

    def pdf(self) -> bytes:
        """Print it, accessible (PDF/UA)."""
        return sheet_pdf(self.sheet)

    def document(self) -> bytes:
        """Return it as a DOCX in which an office goes on writing."""
        return docx(self.title, [self.sender, self.lead, self.mark], self.sections)

    def workbook(self) -> bytes:
        """Return its tables as an XLSX in which an office goes on writing."""
        grids = [
            Grid(f"{number} {heading or self.title}", table.head, table.rows)
            for number, (heading, table) in enumerate(self.tables, start=1)
        ]
        about = [self.title, self.sender, self.lead, self.mark, *self._texts()]
        return workbook_of(grids, about=about, about_title=_("Hinweise"))

    def _texts(self) -> list[str]:
        lines: list[str] = []
        for section in self.sections:
            blocks: Sequence[Block] = [block for block in section.blocks if not isinstance(block, Table)]
            if blocks and section.heading:
                lines.append(section.heading)
            for block in blocks:
                if block.kind == "text":
                    lines.append(str(getattr(block, "text", "")))
                else:
                    lines += [" – ".join(one) if isinstance(one, tuple) else str(one) for one in block.items]  # type: ignore[union-attr]
        return [line for line in lines if line]


def _printed(section: Section) -> list[Section]:
    parts: list[Section] = []
    blocks: list[Block] = []
    for block in section.blocks:
        if isinstance(block, Table) and len(block.head) > WIDEST:
            parts.append(Section(section.heading if not parts else "", blocks))
            parts += [
                Section(_breakable(row[0]), [Fields(_pairs(block.head[1:], row[1:]))]) for row in block.rows
            ]
            blocks = []
        elif isinstance(block, Table):
            rows = [[_breakable(cell) for cell in row] for row in block.rows]
            blocks.append(Table(block.head, rows, block.widths))
        else:
            blocks.append(block)
    if blocks or not parts:
        parts.append(Section(section.heading if not parts else "", blocks))
    return parts


def _pairs(labels: Sequence[str], values: Sequence[str]) -> list[tuple[str, str]]:
    return [(label, _breakable(value)) for label, value in zip(labels, values, strict=True)]


def _breakable(text: str) -> str:
    """Names of files and fields may break after their joints."""
    return BREAKS.sub("\\g<0>\u200b", str(text)) if "_" in text or "/" in text else str(text)
