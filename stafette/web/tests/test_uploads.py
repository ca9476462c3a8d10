"""What may come in: by size and content, without macros, and no bomb."""

from __future__ import annotations

import io
import zipfile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from openpyxl import Workbook

from stafette.kernel.errors import BadInput
from stafette.web.uploads import check_upload, content_kind


def xlsx(rows=(("a", "b"), (1, 2))):
    book = Workbook()
    for row in rows:
        book.active.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def archive(parts, mode=zipfile.ZIP_DEFLATED):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", mode) as file:
        for name, content in parts.items():
            file.writestr(name, content)
    return out.getvalue()


def with_part(data, name, content):
    out = io.BytesIO(data)
    with zipfile.ZipFile(out, "a", zipfile.ZIP_DEFLATED) as file:
        file.writestr(name, content)
    return out.getvalue()


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (b"a;b\r\n1;2\r\n", "csv"),
        ("Straße;Größe\n".encode("utf-16"), "csv"),
        ("Straße;Größe\n".encode("cp1252"), "csv"),
        (xlsx(), "xlsx"),
        (
            archive({"mimetype": "application/vnd.oasis.opendocument.spreadsheet", "content.xml": "<x/>"}),
            "ods",
        ),
        (archive({"word/document.xml": "<x/>"}), "docx"),
        (archive({"liste.csv": "a;b"}), "zip"),
        (b"%PDF-1.7", "pdf"),
        (b"\x7fELF\x02", "other"),
        (bytes(range(256)) * 4, "other"),
    ],
)
def test_kind_is_told_by_content(data, kind):
    assert content_kind(data) == kind


@pytest.mark.parametrize("data", [b"a;b\n1;2\n", xlsx()])
def test_honest_tables_pass(data):
    check_upload(SimpleUploadedFile("irgendwie.bin", data))


def test_a_file_object_is_left_at_its_start():
    file = io.BytesIO(xlsx())
    check_upload(file)
    assert file.tell() == 0


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "leer"),
        (b"%PDF-1.7", "Art von Datei"),
        (archive({"liste.csv": "a;b"}), "Art von Datei"),
        (with_part(xlsx(), "xl/vbaProject.bin", b"x"), "Makros"),
        (with_part(xlsx(), "xl/macrosheets/sheet1.xml", b"x"), "Makros"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600 + "_VBA_PROJECT".encode("utf-16-le"), "Makros"),
        (xlsx()[:-200], "beschädigt|Art von Datei"),
        (with_part(xlsx(), "xl/media/bomb.xml", b"0" * (600 << 20)), "zu groß"),
        (with_part(xlsx(), "xl/media/bomb.xml", b"0" * (60 << 20)), "zu groß"),
        (xlsx() [:0] + archive({"xl/workbook.xml": "x", **{f"{n}.xml": "x" for n in range(2_500)}}), "zu groß"),
    ],
    ids=["empty", "pdf", "zip", "vba", "old macros", "xls macros", "cut off", "bomb", "ratio", "many parts"],
)  # fmt: skip
def test_what_may_not_come_in_is_refused_with_the_way_out(data, words):
    with pytest.raises(BadInput, match=words) as error:
        check_upload(data)
    assert "Bitte" in error.value.message


def test_a_header_that_lies_about_the_size_is_found_out():
    data = bytearray(with_part(xlsx(), "xl/media/bomb.xml", b"0" * (2 << 20)))
    at = data.rindex(b"xl/media/bomb.xml") - 46 + 24  # uncompressed size in the central directory
    data[at : at + 4] = (10).to_bytes(4, "little")
    with pytest.raises(BadInput):
        check_upload(bytes(data))


def test_a_cell_far_outside_is_refused_before_it_costs_memory():
    sheet = (
        b'<worksheet><sheetData><row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData></worksheet>'
    )
    with pytest.raises(BadInput, match="außerhalb"):
        check_upload(archive({"xl/workbook.xml": "x", "xl/worksheets/sheet1.xml": sheet}))


def test_a_repeated_cell_of_ods_is_refused_before_it_costs_memory():
    content = (
        '<table:table><table:table-row table:number-rows-repeated="1000000"><table:table-cell '
        'table:number-columns-repeated="1000" office:value-type="string">x</table:table-cell></table:table-row>'
        "</table:table>"
    )
    mime = "application/vnd.oasis.opendocument.spreadsheet"
    with pytest.raises(BadInput, match="außerhalb"):
        check_upload(archive({"mimetype": mime, "content.xml": content}))


def test_too_large_a_file_is_refused(settings):
    settings.UPLOAD_MAX_BYTES = 1024 * 1024
    with pytest.raises(BadInput, match="1 MB"):
        check_upload(b"a;b\n" * 300_000)
