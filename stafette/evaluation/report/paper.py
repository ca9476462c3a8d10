"""The report as tagged PDF/UA: typst writes it from report.typ, the chart is drawn as SVG for it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from stafette.evaluation.charts import Bars
from stafette.evaluation.report.parts import Drawing, Part, Report, TableBlock
from stafette.steering.tables import Table
from stafette.web.pdf import draw, render
from stafette.web.sheets import Bullets, Text

TEMPLATE = Path(__file__).with_name("report.typ")
PICTURE = Path(__file__).with_name("picture.typ")
WIDTH = 640
DOTS = 300  # per inch


def report_pdf(report: Report) -> bytes:
    """Return the PDF."""
    return render(
        TEMPLATE,
        {
            "title": report.title,
            "subtitle": report.subtitle,
            "sender": report.sender,
            "made": _("Stand {day}").format(day=f"{report.made_on:%d.%m.%Y}"),
            "facts": list(report.facts),
            "chapters": [
                {"heading": chapter.heading, "parts": [_part(part) for part in chapter.parts]}
                for chapter in report.chapters
            ],
        },
    )


def grid(table: Table) -> tuple[list[str], list[list[str]]]:
    """Head and lines of a table as words, without the columns that are for the workbook only."""
    shown = [number for number, column in enumerate(table.columns) if column.on_page]
    return table.headings, [[row[number].text for number in shown] for row in table.rows]


def _part(part: Part) -> dict[str, Any]:
    if isinstance(part, Text):
        return {"kind": part.kind, "text": part.text}
    if isinstance(part, Bullets):
        return {"kind": part.kind, "items": list(part.items)}
    if isinstance(part, TableBlock):
        head, rows = grid(part.table)
        title = part.table.title
        return {
            "kind": part.kind,
            "title": title,
            "head": head,
            "rows": rows,
            "note": part.note,
            "texts": part.table.texts,
        }
    if isinstance(part, Drawing):
        return {"kind": part.kind, "words": part.words, "svg": svg(part.chart), "alt": part.said}
    return {"kind": part.kind, "question": part.question, "lines": part.lines}


def png(chart: Bars) -> bytes:
    """The same drawing as dots, fine enough for print."""
    return draw(PICTURE, {"svg": svg(chart)}, dots=DOTS)


def svg(chart: Bars) -> str:
    """The chart alone, black on white, with lengths in pixels: paper knows no percent of a screen."""
    lines = [
        f'<line x1="0" x2="{WIDTH}" y1="{chart.ceiling}" y2="{chart.ceiling}" stroke="#999" stroke-dasharray="2 4"/>',
        f'<line x1="0" x2="{WIDTH}" y1="{chart.ground}" y2="{chart.ground}" stroke="#333"/>',
    ]
    word = '<text x="{x}" y="{y}" text-anchor="middle" font-family="Noto Sans" font-size="12" fill="#222">{text}</text>'
    for bar in chart.bars:
        x, width, middle = (_pixels(value) for value in (bar.x, bar.width, bar.middle))
        if bar.is_hidden:
            lines.append(word.format(x=middle, y=chart.ground - 4, text="×"))
        else:
            lines.append(f'<rect x="{x}" width="{width}" y="{bar.y}" height="{bar.height}" fill="#1f4e79"/>')
        if bar.value:
            lines.append(word.format(x=middle, y=float(bar.y) - 5, text=bar.value))
        if bar.label:
            lines.append(word.format(x=middle, y=chart.words_y, text=bar.label))
    size = f'width="{WIDTH}" height="{chart.height}" viewBox="0 0 {WIDTH} {chart.height}"'
    return f'<svg xmlns="http://www.w3.org/2000/svg" {size}>{"".join(lines)}</svg>'


def _pixels(percent: str) -> str:
    return f"{float(percent.removesuffix('%')) * WIDTH / 100:.1f}"
