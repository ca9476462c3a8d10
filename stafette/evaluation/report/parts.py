"""What a report is made of: chapters of paragraphs, lists, tables, a drawing, and lines to write on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from stafette.evaluation.charts import Bars
from stafette.steering.tables import Table
from stafette.web.sheets import Bullets, Text


@dataclass(frozen=True)
class TableBlock:
    """A table with its title above and what must be known to read it below."""

    table: Table
    note: str = ""
    kind: str = field(default="table", init=False)


@dataclass(frozen=True)
class Drawing:
    """A bar chart; the table with its numbers follows it. `words` say what it shows."""

    chart: Bars
    words: str
    kind: str = field(default="chart", init=False)

    @property
    def said(self) -> str:
        """The picture for those who do not see it: what it shows, then bar by bar."""
        bars = "; ".join(f"{bar.label} {bar.value}".strip() for bar in self.chart.bars if bar.label)
        return f"{self.words} {bars}".strip()


@dataclass(frozen=True)
class Writing:
    """A question for people to answer on paper or in the document: nothing of it is stored."""

    question: str
    lines: int = 5
    kind: str = field(default="writing", init=False)


Part = Text | Bullets | TableBlock | Drawing | Writing


@dataclass(frozen=True)
class Chapter:
    """A numbered chapter."""

    heading: str
    parts: Sequence[Part]


@dataclass(frozen=True)
class Report:
    """The whole report. `facts` stand on the first page: what it counts, of whom, when, by which definition."""

    title: str
    subtitle: str
    facts: Sequence[tuple[str, str]]
    chapters: Sequence[Chapter]
    made_on: date
    sender: str
