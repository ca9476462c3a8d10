"""The report as DOCX, to be written on: real headings, captions and heads of tables, all of it German for readers."""

from __future__ import annotations

import io
from collections import Counter
from typing import Any

from django.utils.translation import gettext as _
from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor

from stafette.evaluation.report.paper import grid, png
from stafette.evaluation.report.parts import Drawing, Part, Report, TableBlock
from stafette.web.sheets import Bullets, Text

KIND = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
WIDTH = Cm(16.6)  # between the margins


def report_docx(report: Report) -> bytes:
    """Return the DOCX. A chart is a picture with its words for a screen reader, its numbers stand in the table."""
    book: Any = Document()
    _prepare(book, report)
    book.add_paragraph(report.title, style="Title")
    book.add_paragraph(report.subtitle, style="Subtitle")
    for name, text in report.facts:
        line = book.add_paragraph()
        line.add_run(f"{name}: ").bold = True
        line.add_run(text)
    for number, chapter in enumerate(report.chapters, start=1):
        book.add_heading(f"{number} {chapter.heading}", level=1)
        for part in chapter.parts:
            _write(book, part)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def _prepare(book: Any, report: Report) -> None:
    """Title and language of the document, A4, one typeface, page numbers in the foot."""
    book.core_properties.title, book.core_properties.author = report.title, report.sender
    book.core_properties.language, book.core_properties.comments = "de-DE", ""
    for section in book.sections:
        section.page_width, section.page_height = Cm(21), Cm(29.7)
        section.left_margin = section.right_margin = Cm(2.2)
        foot = section.footer.paragraphs[0]
        foot.add_run(f"{report.sender} · {report.title} · ")
        foot.add_run(_("Seite") + " ")
        _field(foot, "PAGE")
    for name in ("Normal", "Title", "Subtitle", "Heading 1", "Caption", "List Bullet"):
        style = book.styles[name]
        style.font.name = "Calibri"
        style.font.color.rgb = RGBColor(0, 0, 0)
        fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
        for theme in ("w:asciiTheme", "w:hAnsiTheme", "w:eastAsiaTheme", "w:cstheme"):
            fonts.attrib.pop(qn(theme), None)
        _speak_german(style.element.get_or_add_rPr())
    defaults = book.styles.element.find(f"{qn('w:docDefaults')}/{qn('w:rPrDefault')}/{qn('w:rPr')}")
    if defaults is not None:
        _speak_german(defaults)
    book.styles["Normal"].font.size = Pt(11)


def _speak_german(properties: Any) -> None:
    for old in properties.findall(qn("w:lang")):
        properties.remove(old)
    language = OxmlElement("w:lang")
    for name in ("w:val", "w:eastAsia", "w:bidi"):
        language.set(qn(name), "de-DE")
    properties.append(language)


def _field(paragraph: Any, code: str, shown: str = "1") -> None:
    """A field that Word counts itself: the number of the page, of a table."""
    for kind, text in (("begin", ""), ("", code), ("separate", ""), ("text", shown), ("end", "")):
        run = paragraph.add_run()
        if kind == "text":
            run.text = text
            continue
        element = OxmlElement("w:fldChar" if kind else "w:instrText")
        if kind:
            element.set(qn("w:fldCharType"), kind)
        else:
            element.set(qn("xml:space"), "preserve")
            element.text = f" {text} "
        run._r.append(element)


def _write(book: Any, part: Part) -> None:
    if isinstance(part, Text):
        book.add_paragraph(part.text)
    elif isinstance(part, Bullets):
        for item in part.items:
            book.add_paragraph(item, style="List Bullet")
    elif isinstance(part, TableBlock):
        _write_table(book, part)
    elif isinstance(part, Drawing):
        _draw(book, part)
    else:
        line = book.add_paragraph()
        line.paragraph_format.keep_with_next = True
        line.add_run(part.question).bold = True
        book.add_paragraph(_("[Bitte hier schreiben]"))


def _draw(book: Any, part: Drawing) -> None:
    _caption(book, _("Abbildung"), part.words)
    line = book.add_paragraph()
    line.paragraph_format.keep_with_next = True
    line.add_run().add_picture(io.BytesIO(png(part.chart)), width=WIDTH)
    [said] = line._p.iter(qn("wp:docPr"))
    said.set("descr", part.said)


def _caption(book: Any, word: str, title: str) -> None:
    """Above what it names, counted for each kind of thing by itself."""
    caption = book.add_paragraph(style="Caption")
    caption.paragraph_format.keep_with_next = True
    caption.add_run(f"{word} ")
    book.captions = getattr(book, "captions", Counter())
    book.captions[word] += 1
    _field(caption, f"SEQ {word} \\* ARABIC", str(book.captions[word]))
    caption.add_run(f": {title}")


def _write_table(book: Any, part: TableBlock) -> None:
    _caption(book, _("Tabelle"), part.table.title)
    head, rows = grid(part.table)
    table = book.add_table(rows=1, cols=len(head), style="Table Grid")
    small = len(head) > 7
    for cell, text in zip(table.rows[0].cells, head, strict=True):
        _fill(cell, text, bold=True, small=small)
    properties = table.rows[0]._tr.get_or_add_trPr()
    repeated = OxmlElement("w:tblHeader")
    repeated.set(qn("w:val"), "true")
    properties.append(repeated)
    for row in rows:
        for number, (cell, text) in enumerate(zip(table.add_row().cells, row, strict=True)):
            _fill(cell, text, right=number >= part.table.texts, small=small)
    if part.note:
        book.add_paragraph(part.note)


def _fill(cell: Any, text: str, *, bold: bool = False, right: bool = False, small: bool = False) -> None:
    paragraph = cell.paragraphs[0]
    run = paragraph.add_run(text)
    run.bold = bold
    if small:
        run.font.size = Pt(8)
    if right:
        paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
