"""A paper as DOCX, for offices that go on writing: headings, lists and tables as Word knows them, nothing else.

The format is a zip of XML (ISO/IEC 29500); the few parts that a text needs are written here instead of taking a
library along. Headings are real headings and the first row of a table is marked, so that screen readers find their way.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Sequence
from xml.sax.saxutils import escape
from zipfile import ZIP_DEFLATED, ZipFile

from stafette.web.sheets import Block, Fields, Section, Signatures, Table, Text

KIND = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")  # what XML cannot carry
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_DOCUMENT = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_MAIN = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_TYPES = (
    f'<Types xmlns="{_PACKAGE}/content-types"><Default Extension="rels" '
    'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/>'
    f'<Override PartName="/word/document.xml" ContentType="{_MAIN}.document.main+xml"/>'
    f'<Override PartName="/word/styles.xml" ContentType="{_MAIN}.styles+xml"/></Types>'
)
_RELS = (
    f'<Relationships xmlns="{_PACKAGE}/relationships"><Relationship Id="r1" '
    f'Type="{_DOCUMENT}/officeDocument" Target="word/document.xml"/></Relationships>'
)
_STYLE_RELS = (
    f'<Relationships xmlns="{_PACKAGE}/relationships"><Relationship Id="r1" '
    f'Type="{_DOCUMENT}/styles" Target="styles.xml"/></Relationships>'
)
_SIZES = (("Title", "Title", 36), ("Heading1", "heading 1", 28), ("Heading2", "heading 2", 24))


def _styles() -> str:
    heads = "".join(
        f'<w:style w:type="paragraph" w:styleId="{code}"><w:name w:val="{name}"/><w:pPr>'
        f'<w:spacing w:before="240" w:after="80"/></w:pPr><w:rPr><w:b/><w:sz w:val="{size}"/></w:rPr></w:style>'
        for code, name, size in _SIZES
    )
    base = (
        '<w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:ascii="Arial" w:hAnsi="Arial" w:cs="Arial"/>'
        '<w:sz w:val="20"/><w:lang w:val="de-DE"/></w:rPr></w:rPrDefault></w:docDefaults>'
    )
    return f'<w:styles xmlns:w="{_W}">{base}{heads}</w:styles>'


def _runs(text: str, *, bold: bool = False) -> str:
    style = "<w:rPr><w:b/></w:rPr>" if bold else ""
    lines = [escape(_FORBIDDEN.sub("", line)) for line in text.split("\n")]
    return "<w:r><w:br/></w:r>".join(
        f'<w:r>{style}<w:t xml:space="preserve">{line}</w:t></w:r>' for line in lines
    )


def _line(text: str, *, style: str = "", bold: bool = False) -> str:
    look = f'<w:pPr><w:pStyle w:val="{style}"/></w:pPr>' if style else ""
    return f"<w:p>{look}{_runs(text, bold=bold)}</w:p>"


def _table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    sides = "".join(
        f'<w:{side} w:val="single" w:sz="4" w:color="999999"/>'
        for side in ("top", "left", "bottom", "right", "insideH", "insideV")
    )
    look = f'<w:tblPr><w:tblW w:w="5000" w:type="pct"/><w:tblBorders>{sides}</w:tblBorders></w:tblPr>'
    first = _row(head, "<w:trPr><w:tblHeader/></w:trPr>", bold=True) if head else ""
    columns = "<w:gridCol/>" * len(head or next(iter(rows), ()))
    return f"<w:tbl>{look}<w:tblGrid>{columns}</w:tblGrid>{first}{''.join(_row(row) for row in rows)}</w:tbl><w:p/>"


def _row(cells: Sequence[str], look: str = "", *, bold: bool = False) -> str:
    parts = "".join(f"<w:tc><w:tcPr/>{_line(str(cell), bold=bold)}</w:tc>" for cell in cells)
    return f"<w:tr>{look}{parts}</w:tr>"


def _block(block: Block) -> str:
    """Sections of papers hold paragraphs, tables, pairs, lines to sign on and lists; anything else is a list."""
    if isinstance(block, Text):
        return _line(block.text)
    if isinstance(block, Table):
        return _table(block.head, block.rows)
    if isinstance(block, Fields):
        return _table((), list(block.items))
    items: Sequence[object] = getattr(block, "items", ())
    if isinstance(block, Signatures):
        return "".join(_line(f"{item}: ____________________") for item in items)
    return "".join(_line(f"• {item}") for item in items)


def docx(title: str, lines: Sequence[str], sections: Sequence[Section]) -> bytes:
    """Return the DOCX of a title, what stands under it, and sections of blocks."""
    body = [_line(title, style="Title"), *(_line(line) for line in lines if line)]
    for section in sections:
        if section.heading:
            body.append(_line(section.heading, style="Heading1"))
        body += [_block(block) for block in section.blocks]
    page = '<w:sectPr><w:pgSz w:w="16838" w:h="11906" w:orient="landscape"/></w:sectPr>'
    document = f'<w:document xmlns:w="{_W}"><w:body>{"".join(body)}{page}</w:body></w:document>'
    stream = io.BytesIO()
    head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
    with ZipFile(stream, "w", ZIP_DEFLATED) as package:
        for name, content in (
            ("[Content_Types].xml", _TYPES),
            ("_rels/.rels", _RELS),
            ("word/document.xml", document),
            ("word/styles.xml", _styles()),
            ("word/_rels/document.xml.rels", _STYLE_RELS),
        ):
            package.writestr(name, head + content)
    return stream.getvalue()
