"""The report: fixed chapters, written as page, PDF and DOCX, with protected numbers for the council."""

import io
from datetime import date

import pytest
from django.urls import reverse
from docx import Document
from docx.oxml.ns import qn
from pypdf import PdfReader

from stafette.accounts.roles import Role
from stafette.accounts.tests.factories import UnitFactory
from stafette.directory.tests.factories import ServiceFactory
from stafette.evaluation.report import Chapter, Report, TableBlock
from stafette.evaluation.report.paper import report_pdf
from stafette.evaluation.tests.scenes import count, random_contacts, topic_list
from stafette.kernel.testing import as_owner
from stafette.materials.models import OpenQuestion
from stafette.steering.tables import Column, Table, Value
from stafette.web.sheets import Text

CHAPTERS = [
    "Auftrag und Quellen", "Zeitraum und Stellen", "Kontakte und Entwicklung je Quartal", "Themen", "Sprachen", "Wege",
    "Zielgruppen und Herkunft", "Belastung nach Wochentag und Stunde", "Ergebnisse und Verweise an Angebote",
    "Nicht lösbare Anfragen", "Stand des Verzeichnisses", "Infoblätter nach Sprache", "Vereinbarungen mit Partnern",
    "Was diese Zahlen nicht sagen", "Kurze Bewertung",
]  # fmt: skip


@pytest.fixture
def unit(db):
    return UnitFactory(name="Willkommenszentrum")


@pytest.fixture
def counted(unit):
    topics = topic_list()
    for quarter in range(6):
        since = date(2025 + (quarter + 1) // 4, 3 * ((quarter + 1) % 4) + 1, 1)
        random_contacts(unit, topics, seed=quarter, since=since, days=85, number=90)
    count(unit, topics, date(2026, 9, 1), language="ti")
    ServiceFactory(assured_at=date(2026, 11, 1))
    with as_owner():
        OpenQuestion.objects.create(
            unit=unit, asked_on=date(2026, 8, 1), text="Wo gibt es eine Nähwerkstatt?"
        )


def get(client, name, query=""):
    return client.get(reverse(f"evaluation:{name}") + query)


def words_of(book):
    texts = [one.text for one in book.paragraphs]
    return "\n".join(
        [*texts, *(cell.text for table in book.tables for row in table.rows for cell in row.cells)]
    )


def test_page_has_all_chapters_in_order(logged_in, unit, counted):
    text = get(logged_in(Role.HEAD, unit), "report").content.decode()
    places = [text.index(f"{number} {heading}") for number, heading in enumerate(CHAPTERS, start=1)]

    assert places == sorted(places)
    assert "01.04.2025 bis 30.09.2026" in text
    assert "Davon sind 0 inzwischen beantwortet und 1 noch offen." in text


def test_document_is_made_of_real_headings_captions_and_heads(logged_in, unit, counted):
    answer = get(logged_in(Role.HEAD, unit), "report_docx")
    book = Document(io.BytesIO(answer.content))

    headings = [one.text for one in book.paragraphs if one.style.name == "Heading 1"]
    assert headings == [f"{number} {heading}" for number, heading in enumerate(CHAPTERS, start=1)]
    captions = [one.text for one in book.paragraphs if one.style.name == "Caption"]
    tables = [one for one in captions if one.startswith("Tabelle ")]
    assert len(tables) == len(book.tables) and tables[0].startswith("Tabelle 1: ")
    assert tables[-1].startswith(f"Tabelle {len(tables)}: ")
    for table in book.tables:
        assert table.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None
    assert book.core_properties.language == "de-DE"
    languages = {one.get(qn("w:val")) for one in book.styles.element.iter(qn("w:lang"))}
    assert languages == {"de-DE"}
    assert "[Bitte hier schreiben]" in words_of(book)


def test_document_has_the_chart_with_words_for_who_does_not_see_it(logged_in, unit, counted):
    book = Document(io.BytesIO(get(logged_in(Role.HEAD, unit), "report_docx").content))

    [picture] = book.inline_shapes
    said = picture._inline.docPr.get("descr")
    assert said.startswith("Kontakte je Quartal.") and "II/25 90; III/25 90" in said and "III/26 91" in said
    place = picture._inline.getparent().getparent().getparent()
    assert place.getprevious().xpath("string(.)").split()[:2] == ["Abbildung", "SEQ"]
    below = [one.tag.rpartition("}")[2] for one in place.itersiblings()][:2]
    assert below == ["p", "tbl"]  # its caption, then the numbers
    [image] = [part for part in book.part.package.iter_parts() if part.partname.endswith(".png")]
    assert image.blob.startswith(b"\x89PNG") and picture.width <= book.sections[0].page_width * 0.8


def test_chart_hides_what_the_table_hides(unit, logged_in):
    topics = topic_list()
    for day, number in ((date(2026, 2, 2), 30), (date(2026, 5, 5), 3)):
        random_contacts(unit, topics, seed=1, since=day, days=20, number=number)
    client = logged_in(Role.HEAD, unit)

    for name, expected in (("", {"I/26 30", "II/26"}), ("?fassung=intern", {"I/26 30", "II/26 3"})):
        [picture] = Document(io.BytesIO(get(client, "report_docx", name).content)).inline_shapes
        assert expected <= set(picture._inline.docPr.get("descr").partition("darunter. ")[2].split("; ")), (
            name
        )


def test_pdf_is_tagged_and_says_the_same(logged_in, unit, counted):
    answer = get(logged_in(Role.HEAD, unit), "report_pdf")
    paper = PdfReader(io.BytesIO(answer.content))
    text = "\n".join(page.extract_text() for page in paper.pages)

    assert paper.trailer["/Root"]["/Lang"].startswith("de") and paper.trailer["/Root"]["/MarkInfo"]["/Marked"]
    for heading in CHAPTERS:
        assert heading in text
    assert "Was hat sich bewährt?" in text


@pytest.mark.parametrize("lines", range(26, 44, 3))
def test_no_page_ends_between_a_heading_and_its_table(lines):
    columns, row = [Column("Wo"), Column("Wie oft")], [Value("x"), Value("1")]
    short, long = (TableBlock(Table(f"mit {rows} Zeilen", "", columns, [row] * rows)) for rows in (5, 40))
    chapters = [
        Chapter("Worte", [Text("Ein Satz.")] * lines), Chapter("Kurz", [short]), Chapter("Lang", [long]),
        Chapter("Noch mehr", [Text("Ein Satz.")] * 7), Chapter("Noch eine", [short]),
    ]  # fmt: skip
    made = report_pdf(Report("Auswertung", "", [("Stand", "heute")], chapters, date(2026, 11, 22), "Stelle"))
    for page in PdfReader(io.BytesIO(made)).pages[1:]:
        *_above, last, _foot = [line.strip() for line in page.extract_text().splitlines() if line.strip()]
        assert last in {"Ein Satz.", "x 1"}


def test_the_council_gets_no_small_number_and_the_house_gets_all(logged_in, unit, counted):
    client = logged_in(Role.HEAD, unit)
    council = Document(io.BytesIO(get(client, "report_docx").content))
    house = Document(io.BytesIO(get(client, "report_docx", "?fassung=intern").content))

    [hidden] = rows_of(council, "Tigrinya")
    [shown] = rows_of(house, "Tigrinya")
    assert hidden[1] == "×" and shown[1] == "1"
    assert "mindestens 5" in words_of(council)


def rows_of(book, name):
    found = [[cell.text for cell in row.cells] for table in book.tables for row in table.rows]
    return [row for row in found if row[0] == name]


def test_report_without_any_contact_still_has_its_chapters(logged_in, unit):
    book = Document(io.BytesIO(get(logged_in(Role.HEAD, unit), "report_docx").content))

    assert [one.text for one in book.paragraphs if one.style.name == "Heading 1"][
        0
    ] == "1 Auftrag und Quellen"
    assert get(logged_in(Role.HEAD, unit), "report_pdf").status_code == 200


@pytest.mark.parametrize("name", ["report", "report_pdf", "report_docx"])
def test_nobody_else_gets_the_report(logged_in, unit, name):
    for role in (Role.COUNTER, Role.DESK, Role.UNIT_ADMIN):
        assert get(logged_in(role, unit), name).status_code == 403
