"""Arabic sheets: what is copied and read out of the file is what was written into it, in that order."""

import io
import re
import unicodedata

import pypdf
import pytest

from stafette.web.from_right import Piece, _letters, _pieces, reading_order
from stafette.web.sheets import Bullets, Facts, Section, Sheet, Text, sheet_pdf

LETTERS = re.compile(r"[a-zA-Zäöüß]+|[\u0621-\u064a]+")
TITLE = "أهلا وسهلا في لايبزيغ"
CALL = "اتصل على 030 23125 100 أو +49 30 23125 100 (مجانا) يوم 22.11.2026 من 9:00 إلى 12:00."
COME = "سجل عنوانك في Bürgeramt خلال أسبوعين، لا تنس الإيجار للأسرة والآن الأطفال؟ ضيف قضية ثقة يتيم مسؤول."
LONG = " ".join([COME] * 4)
PAPERS = ["بطاقة الهوية (Personalausweis)", "شهادة الميلاد [Geburtsurkunde]"]
SHEET = Sheet(
    title=TITLE,
    sender="Willkommenszentrum",
    language="ar",
    sections=[Section("الهاتف", [Text(CALL), Bullets(PAPERS), Text(LONG), Facts([("الفيضان", "116 016")])])],
)
GERMAN = Sheet(title="Amt und محمد und Name", sender="Willkommenszentrum", sections=[])


@pytest.fixture(scope="module")
def pdf():
    return pypdf.PdfReader(io.BytesIO(sheet_pdf(SHEET, GERMAN)))


def folded(text):
    """Without signs that only steer, with presentation forms as letters, with single gaps."""
    seen = "".join(char for char in text if unicodedata.category(char) != "Cf")
    return " ".join(unicodedata.normalize("NFKC", seen).split())


def read_out(pdf):
    """The paragraphs as a screen reader goes through them: along the structure tree, letters in order."""
    pieces = {}
    for page in pdf.pages:
        fonts = {name[1:].encode(): _letters(one) for name, one in page["/Resources"]["/Font"].items()}
        for mark, piece in _pieces(page, fonts):
            pieces[page.indirect_reference.idnum, mark] = piece.text
    return list(_blocks(pdf.trailer["/Root"]["/StructTreeRoot"], pieces))


def _blocks(element, pieces):
    children = element.get("/K", [])
    children = children if isinstance(children, list) else [children]
    page = element.raw_get("/Pg").idnum if "/Pg" in element else 0
    own = [pieces[page, int(one)] for one in children if isinstance(one, int)]
    if own:
        yield folded("".join(own))
    for one in children:
        if not isinstance(one, int) and "/S" in one.get_object():
            yield from _blocks(one.get_object(), pieces)


@pytest.mark.parametrize("words", [TITLE, CALL, LONG, *PAPERS, "الهاتف", "116 016", "Amt und محمد und Name"])
def test_what_is_read_out_is_what_was_written(pdf, words):
    """A gap at the end of a line is not drawn, so gaps do not count."""
    assert words.replace(" ", "") in [one.replace(" ", "") for one in read_out(pdf)]


@pytest.mark.parametrize("words", [TITLE, CALL, COME, *PAPERS, "Amt und محمد und Name"])
def test_what_is_copied_holds_every_word_and_no_letter_twice(pdf, words):
    copied = {word for page in pdf.pages for word in LETTERS.findall(folded(page.extract_text()))}
    assert not set(LETTERS.findall(words)) - copied


def test_the_file_stays_what_it_was(pdf):
    root = pdf.trailer["/Root"]
    assert pdf.pdf_header == "%PDF-1.7" and "/ID" in pdf.trailer
    assert (
        root["/Lang"] == "ar"
        and root["/MarkInfo"]["/Marked"]
        and root["/ViewerPreferences"]["/DisplayDocTitle"]
    )
    marks = root["/Metadata"].get_data()
    assert b"pdfuaid:part" in marks and b"pdfaid:part" in marks
    assert pdf.metadata.title == TITLE


def test_vowel_signs_are_left_out():
    signed = Sheet(title="أهلاً، محمّد", sender="", language="ar", sections=[])
    assert read_out(pypdf.PdfReader(io.BytesIO(sheet_pdf(signed))))[0] == "أهلا، محمد"


def test_words_from_left_to_right_stay_in_order_within_a_line():
    line = ["الآن", " ", "Mo-Fr ", "9-12", " Uhr", " ", "في"]
    pieces = [
        Piece(x, 700, text) for x, text in enumerate(reversed([*line[:2], *reversed(line[2:5]), *line[5:]]))
    ]
    assert [pieces[at].text for at in reading_order(pieces)] == line


def test_a_span_of_times_is_read_from_its_beginning():
    pieces = [Piece(10, 700, "12:00"), Piece(40, 700, "–"), Piece(50, 700, "9:00"), Piece(5, 680, "في")]
    assert [pieces[at].text for at in reading_order(pieces)] == ["9:00", "–", "12:00", "في"]


def test_a_paper_with_more_letters_than_one_byte_names_is_in_order_too():
    """Codes from 128 on stand in hexadecimal: so many letters come together in sheets of several languages."""
    many = "".join(chr(code) for code in (*range(0xC0, 0x180), *range(0x410, 0x450)))
    said = "اتصل Žižkův Ўћџ ثم Съединение اليوم"
    other = Sheet(title="Alle", sender="", sections=[Section("Zeichen", [Text(many)])])
    sheet = Sheet(title=TITLE, sender="", language="ar", sections=[Section("الهاتف", [Text(said)])])
    read = read_out(pypdf.PdfReader(io.BytesIO(sheet_pdf(other, sheet))))
    assert folded(said).replace(" ", "") in [one.replace(" ", "") for one in read]


def test_whoever_waits_gets_the_paper_even_where_its_order_cannot_be_mended(monkeypatch, caplog):
    def broken(_pdf):
        raise KeyError("/ToUnicode")

    monkeypatch.setattr("stafette.web.pdf.mended", broken)
    assert sheet_pdf(SHEET).startswith(b"%PDF")
    assert "reading order" in caplog.text
