"""What is read from pictures of pages where tesseract is installed, and what people are told where it is not."""

import io
import shutil
import struct
import subprocess
import zlib
from pathlib import Path

import pytest
from django.urls import reverse
from pypdf import PdfReader, PdfWriter
from pypdf.generic import DecodedStreamObject, DictionaryObject, NameObject, NumberObject

from stafette.accounts.roles import Role
from stafette.accounts.tests.factories import UnitFactory
from stafette.materials import recognizing
from stafette.materials.models import WorkAid
from stafette.materials.scanning import scan
from stafette.web.sheets import Section, Sheet, Text, sheet_pdf

PROGRAMS = [one for one in ("tesseract", "pdftoppm") if not shutil.which(one)]
reads_pictures = pytest.mark.skipif(
    bool(PROGRAMS) or "de" not in recognizing.readable_languages(),
    reason=f"not installed: {', '.join(PROGRAMS) or 'German for tesseract'} "
    "(Debian: apt install tesseract-ocr tesseract-ocr-deu poppler-utils)",
)
GERMAN = "Größere Möbel gibt es in der Lagerhalle am Südhafen, geöffnet dienstags von 9 bis 12 Uhr."
FRENCH = "Le garçon français préfère déjeuner à l'hôtel près de la forêt."


def paper(*texts, turned=0):
    """A written PDF with a page for each text, turned by so many degrees."""
    sheets = [Sheet(title="Blatt", sender="Stadt", sections=[Section("", [Text(one)])]) for one in texts]
    writer = PdfWriter()
    for page in PdfReader(io.BytesIO(b"".join([sheet_pdf(*sheets)]))).pages:
        writer.add_page(page.rotate(turned))
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def photographed(pdf, kind="png"):
    """The first page as a scanner would hand it over."""
    command = ["pdftoppm", f"-{kind}", "-r", "200", "-singlefile", "-"]
    return subprocess.run(command, input=pdf, capture_output=True, check=True).stdout


def scanned_pdf(*pictures):
    """A PDF that holds JPEG pictures of pages and not one letter."""
    writer = PdfWriter()
    for picture in pictures:
        page = writer.add_blank_page(595, 842)
        image = DecodedStreamObject()
        image.set_data(picture)
        width, height = size(picture)
        image.update(
            {
                NameObject("/Type"): NameObject("/XObject"),
                NameObject("/Subtype"): NameObject("/Image"),
                NameObject("/Width"): NumberObject(width),
                NameObject("/Height"): NumberObject(height),
                NameObject("/ColorSpace"): NameObject("/DeviceRGB"),
                NameObject("/BitsPerComponent"): NumberObject(8),
                NameObject("/Filter"): NameObject("/DCTDecode"),
            }
        )
        drawing = DecodedStreamObject()
        drawing.set_data(b"595 0 0 842 0 0 cm /Im0 Do")
        page[NameObject("/Contents")] = writer._add_object(drawing)
        images = DictionaryObject({NameObject("/Im0"): writer._add_object(image)})
        page[NameObject("/Resources")] = DictionaryObject({NameObject("/XObject"): images})
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def size(jpeg):
    at = jpeg.index(b"\xff\xc0")
    height, width = struct.unpack(">HH", jpeg[at + 5 : at + 9])
    return width, height


def white_png(width, height):
    """A picture that is small as a file whatever its size."""

    def chunk(kind, data):
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    rows = zlib.compressobj(1)
    row = b"\0" + b"\xff" * ((width + 7) // 8)
    pieces = [rows.compress(row * 1000) for _ in range(height // 1000)]
    head = struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)
    body = b"".join(pieces) + rows.compress(row * (height % 1000)) + rows.flush()
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", body) + chunk(b"IEND", b"")


@reads_pictures
@pytest.mark.parametrize("kind", ["png", "jpeg"])
def test_a_picture_of_a_page_is_read_with_its_umlauts(kind):
    found = scan(photographed(paper(GERMAN), kind))
    assert (found.mime, found.text_by) == (f"image/{kind}", "ocr")
    for word in ("Größere", "Möbel", "Südhafen", "geöffnet"):
        assert word in found.text


@reads_pictures
@pytest.mark.parametrize("degrees", [90, 180, 270])
def test_a_page_that_lies_on_its_side_or_head_is_turned(degrees):
    if "osd" not in recognizing._packs(shutil.which("tesseract")):
        pytest.skip("not installed: tesseract-ocr-osd, which finds out which way is up")
    assert "Lagerhalle am Südhafen" in scan(photographed(paper(GERMAN, turned=degrees))).text


@reads_pictures
def test_a_pdf_without_letters_is_read_page_by_page():
    first, second = (
        photographed(paper(one), "jpeg") for one in (GERMAN, "Die zweite Seite nennt Bürgschaften.")
    )
    data = scanned_pdf(first, second)
    assert not PdfReader(io.BytesIO(data)).pages[0].extract_text()
    found = scan(data)
    assert (found.mime, found.text_by) == ("application/pdf", "ocr")
    assert found.text.index("Südhafen") < found.text.index("Bürgschaften")


@reads_pictures
def test_a_written_pdf_is_not_looked_at_as_a_picture(monkeypatch):
    monkeypatch.setattr(recognizing, "_run", lambda *args: pytest.fail("a program was started"))
    assert scan(paper(GERMAN)).text_by == "file"


@reads_pictures
@pytest.mark.skipif("fr" not in recognizing.readable_languages(), reason="not installed: tesseract-ocr-fra")
def test_another_language_is_read_where_its_pack_is_there():
    assert "garçon français préfère" in scan(photographed(paper(FRENCH)), "fr").text


@reads_pictures
def test_each_language_is_read_with_its_own_letters_and_german_beside_them(monkeypatch):
    asked = []
    monkeypatch.setattr(recognizing, "_packs", lambda program: frozenset({"deu", "bul", "osd"}))
    monkeypatch.setattr(recognizing, "_run", lambda command, *_: asked.append(command[4]) or b"")
    picture = white_png(40, 40)
    for language in ("de", "ls", "bg", "ar", "sw"):
        assert scan(picture, language).text_by == "none"
    assert asked == ["deu", "deu", "bul+deu"], "without its pack a language is not guessed at"


@reads_pictures
@pytest.mark.parametrize(
    "data",
    [
        b"\x89PNG\r\n\x1a\n" + b"0" * 100,
        b"\xff\xd8\xff\xe0 kaputt",
        b"\xff\xd8\xff",
        white_png(300, 300)[:60],
    ],
    ids=["png without a head", "jpeg without a frame", "three bytes", "png cut off"],
)
def test_a_broken_picture_is_kept_without_text(data):
    assert scan(data).text_by == "none"


@reads_pictures
def test_a_huge_picture_starts_no_program(monkeypatch):
    huge = white_png(30_000, 30_000)
    assert len(huge) < 2_000_000
    monkeypatch.setattr(recognizing, "_run", lambda *args: pytest.fail("a program was started"))
    assert scan(huge).text_by == "none"


@reads_pictures
def test_a_program_that_wants_too_much_memory_is_stopped(monkeypatch):
    picture = photographed(paper(GERMAN))
    monkeypatch.setattr(recognizing, "MOST_MEMORY", 40 * 1024 * 1024)
    assert scan(picture).text_by == "none"


@reads_pictures
def test_a_program_that_takes_too_long_is_killed(monkeypatch, tmp_path):
    endless = tmp_path / "tesseract"
    endless.write_text(
        f"#!/bin/sh\n[ $1 = --list-langs ] && echo deu && exit\necho $$ > {tmp_path}/pid\nexec cat /dev/zero\n"
    )
    endless.chmod(0o755)
    monkeypatch.setattr("stafette.materials.recognizing.shutil.which", lambda name: str(endless))
    monkeypatch.setattr(recognizing, "SECONDS", 1)
    assert scan(white_png(300, 300)).text_by == "none"
    assert not Path(f"/proc/{(tmp_path / 'pid').read_text().strip()}").exists(), "nothing stays behind"


@reads_pictures
def test_a_pdf_with_endless_pages_ends_after_some(monkeypatch):
    seen = []
    monkeypatch.setattr(recognizing, "_run", lambda command, *_: seen.append(command) or white_png(40, 40))
    list(recognizing._pages(b"", recognizing.monotonic() + 60))
    assert len(seen) == recognizing.MOST_PAGES


def test_sizes_are_told_by_the_head_of_a_picture():
    assert recognizing.pixels(white_png(300, 200)) == 60_000
    assert (
        recognizing.pixels(b"\xff\xd8\xff\xe0\x00\x04ab\xff\xc0\x00\x11\x08\x00\x02\x00\x03" + b"0" * 9) == 6
    )
    assert recognizing.pixels(b"\xff\xd8\xff\xe0") == 0


@pytest.fixture
def form(client, db, logged_in):
    logged_in(Role.EDITOR, UnitFactory())
    return {"title": "Aushang", "kind": "scan", "language": "de", "dated_on": "01.10.2026"}


@reads_pictures
def test_an_uploaded_scan_is_found_by_its_words(client, form):
    file = io.BytesIO(photographed(paper(GERMAN)))
    file.name = "scan.png"
    page = client.post(reverse("materials:new_aid"), form | {"file": file}, follow=True).content.decode()
    assert "per Texterkennung gelesen, kann Fehler enthalten" in page and "Südhafen" in page
    assert "Aushang" in client.get(reverse("materials:aids"), {"q": "Lagerhalle"}).content.decode()


@reads_pictures
def test_a_file_is_looked_at_once(client, form, monkeypatch):
    calls = []
    monkeypatch.setattr(recognizing, "_run", lambda *args: calls.append(1) or b"Text")
    file = io.BytesIO(white_png(40, 40))
    file.name = "scan.png"
    client.post(reverse("materials:new_aid"), form | {"file": file})
    assert (len(calls), WorkAid.objects.get().text) == (1, "Text")


@pytest.mark.parametrize("file", ["picture", "scanned pdf"])
def test_without_the_program_people_are_told_to_type_the_words(client, form, monkeypatch, file):
    monkeypatch.setattr("stafette.materials.recognizing.shutil.which", lambda name: None)
    lead = client.get(reverse("materials:new_aid")).content.decode()
    assert "kann dieser Server keinen Text erkennen" in lead and "Sprachen der Texterkennung" not in lead
    writer, out = PdfWriter(), io.BytesIO()
    writer.add_blank_page(595, 842)
    writer.write(out)
    upload = io.BytesIO(white_png(300, 300) if file == "picture" else out.getvalue())
    upload.name = "scan"
    page = client.post(reverse("materials:new_aid"), form | {"file": upload}, follow=True).content.decode()
    assert "ließ sich kein Text lesen" in page and "Tippen Sie die wichtigsten Wörter ab" in page
    assert WorkAid.objects.get().text_by == "none"


def test_the_form_names_the_languages_that_are_read(client, form, monkeypatch):
    monkeypatch.setattr("stafette.materials.recognizing.shutil.which", lambda name: "/usr/bin/tesseract")
    monkeypatch.setattr(recognizing, "_packs", lambda program: frozenset({"deu", "bul"}))
    assert (
        "Sprachen der Texterkennung: Deutsch, Bulgarisch."
        in client.get(reverse("materials:new_aid")).content.decode()
    )


def test_programs_that_read_strangers_files_get_no_secret_of_the_server(monkeypatch):
    monkeypatch.setenv("STAFETTE_SECRET_KEY", "geheim")
    said = recognizing._run(["env"], b"", recognizing.monotonic() + 10).decode()
    assert "OMP_THREAD_LIMIT=1" in said
    assert "STAFETTE" not in said and "DATABASE_URL" not in said


def test_who_does_not_get_a_turn_soon_gets_no_text_and_blocks_nobody(monkeypatch):
    monkeypatch.setattr(recognizing, "PATIENCE", 0.0)
    monkeypatch.setattr(recognizing, "_packs", lambda program: frozenset({"deu"}))
    monkeypatch.setattr("stafette.materials.recognizing.shutil.which", lambda name: "/bin/true")
    monkeypatch.setattr(recognizing, "_run", lambda *args: pytest.fail("a program was started"))
    with recognizing._turn:
        assert recognizing.picture_text(white_png(40, 40), "de") == ""


def test_a_program_that_did_not_answer_is_asked_again(tmp_path):
    program = tmp_path / "tesseract"
    program.write_text("#!/bin/sh\nexit 1\n")
    program.chmod(0o755)
    assert recognizing._packs(str(program)) == frozenset()
    program.write_text("#!/bin/sh\necho deu\n")
    assert recognizing._packs(str(program)) == {"deu"}
