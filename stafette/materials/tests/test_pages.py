"""The pages of the room: who may read, who may write, what an editor does from a first word to paper."""

import io

import pytest
from django.urls import reverse
from pypdf import PdfReader

from stafette.accounts.models import Topic
from stafette.accounts.roles import Role
from stafette.accounts.tests.factories import UnitFactory
from stafette.kernel.testing import as_owner
from stafette.materials.models import FolderSheet, InfoSheet, WorkAid
from stafette.materials.tests.factories import (
    FolderFactory,
    InfoSheetFactory,
    OpenQuestionFactory,
    SheetVersionFactory,
    WorkAidFactory,
)
from stafette.web.sheets import Section, Sheet, Text, sheet_pdf

pytestmark = pytest.mark.django_db


@pytest.fixture
def unit():
    return UnitFactory(name="Willkommenszentrum")


@pytest.fixture
def editor(logged_in, unit):
    return logged_in(Role.EDITOR, unit)


def page_of(client, name, *args, **query):
    response = client.get(reverse(f"materials:{name}", args=args), query)
    assert response.status_code == 200, (name, response.status_code)
    return response.content.decode()


def pdf_of(client, name, *args):
    response = client.get(reverse(f"materials:{name}", args=args))
    assert response.status_code == 200 and response["Content-Type"] == "application/pdf"
    return PdfReader(io.BytesIO(response.content))


def test_an_editor_goes_from_a_new_sheet_to_paper_with_a_colleague(client, editor, logged_in, unit):
    data = {
        "code": "fuehrerschein",
        "kind": "sheet",
        "position": "10",
        "confirm_days": "183",
        "is_public": "on",
    }
    response = client.post(reverse("materials:new"), data)
    assert response.headers["Location"] == reverse("materials:write", args=["fuehrerschein", "de"])
    assert InfoSheet.objects.get(code="fuehrerschein").keeper == unit

    here = ["fuehrerschein", "de"]
    text = {"title": "Führerschein", "body": "## Was tun?\n- Umschreiben lassen\n> Amt: 030 23125 100"}
    preview = client.post(reverse("materials:write", args=here), text | {"preview": "1"}).content.decode()
    assert "<h3>Was tun?</h3>" in preview and '<bdi dir="ltr">030 23125 100</bdi>' in preview
    assert not InfoSheet.objects.get(code="fuehrerschein").versions.exists()
    client.post(reverse("materials:write", args=here), text)
    client.post(reverse("materials:move", args=[*here, 1, "submit"]))
    assert client.post(reverse("materials:move", args=[*here, 1, "release"])).status_code == 403

    logged_in(Role.EDITOR, unit)
    assert "Wartet auf eine zweite Person" in page_of(client, "list")
    client.post(reverse("materials:move", args=[*here, 1, "release"]))
    client.post(reverse("materials:move", args=[*here, 1, "publish"]))
    assert "aktuell" in page_of(client, "list")
    paper = pdf_of(client, "print", *here)
    words = paper.pages[0].extract_text()
    assert "Führerschein" in words and "Fassung 1" in words and "Umschreiben lassen" in words


def test_who_publishes_german_reads_how_many_translations_are_outdated_and_where(client, editor, unit):
    german = SheetVersionFactory(published=True, sheet__keeper=unit)
    for language in ("bg", "en"):
        SheetVersionFactory(published=True, sheet=german.sheet, language=language, made_for=german)
    code = german.sheet.code
    assert "jetzt veraltet" not in page_of(client, "text", code, "de")
    SheetVersionFactory(
        published=True, sheet=german.sheet, number=2, state="released", published_on=None, body="Neu"
    )
    move = reverse("materials:move", args=[code, "de", 2, "publish"])
    page = client.post(move, follow=True).content.decode()
    assert "2 Übersetzungen sind jetzt veraltet" in page
    where = page.partition("2 Übersetzungen sind")[2].partition("</a>")[0]
    assert f'href="{reverse("materials:sheet", args=[code])}"' in where
    assert "jetzt veraltet" not in page_of(client, "text", code, "bg")


def test_a_wrong_line_is_named_beside_the_field(client, editor, unit):
    sheet = InfoSheetFactory(keeper=unit)
    url = reverse("materials:write", args=[sheet.code, "de"])
    response = client.post(url, {"title": "A", "body": "gut\n> ohne Wert"})
    assert response.status_code == 422 and "Zeile 2" in response.content.decode()


def test_a_missing_translation_is_printed_in_german_with_a_note_in_the_language(client, logged_in, unit):
    version = SheetVersionFactory(published=True, sheet__keeper=unit)
    logged_in(Role.DESK, unit)
    page = page_of(client, "text", version.sheet.code, "bg")
    assert "Noch nicht übersetzt" in page and "Anmeldung" in page
    words = pdf_of(client, "print", version.sheet.code, "bg").pages[0].extract_text()
    assert "Тук е на немски език" in words and "Anmeldung" in words


def test_arabic_is_right_to_left_on_the_page_and_tagged_on_paper(client, logged_in, unit):
    german = SheetVersionFactory(published=True, sheet__keeper=unit)
    SheetVersionFactory(
        published=True,
        sheet=german.sheet,
        language="ar",
        title="تسجيل السكن",
        body="سجل عنوانك",
        made_for=german,
    )
    logged_in(Role.DESK, unit)
    assert 'lang="ar" dir="rtl"' in page_of(client, "text", german.sheet.code, "ar")
    paper = pdf_of(client, "print", german.sheet.code, "ar")
    assert paper.trailer["/Root"]["/MarkInfo"]["/Marked"]
    assert "noch nicht von Muttersprachlern geprüft" in page_of(client, "text", german.sheet.code, "ar")


def test_a_whole_folder_is_one_file_with_its_contents_first(client, logged_in, unit):
    first = SheetVersionFactory(published=True, sheet__keeper=unit, title="Eins")
    second = SheetVersionFactory(published=True, sheet__keeper=unit, title="Zwei")
    folder = FolderFactory(keeper=unit)
    with as_owner():
        for place, version in enumerate((second, first), start=1):
            FolderSheet.objects.create(folder=folder, sheet=version.sheet, position=place)
    logged_in(Role.DESK, unit)
    assert "Ganze Mappe drucken" in page_of(client, "folder", folder.code)
    paper = pdf_of(client, "print_folder", folder.code, "de")
    assert len(paper.pages) == 3
    assert paper.pages[0].extract_text().index("Zwei") < paper.pages[0].extract_text().index("Eins")


def test_versions_are_compared_line_by_line(client, editor, unit):
    old = SheetVersionFactory(
        published=True, sheet__keeper=unit, state="replaced", ended_on="2026-11-10", body="Alt"
    )
    SheetVersionFactory(published=True, sheet=old.sheet, number=2, body="Neu")
    page = page_of(client, "compare", old.sheet.code, "de")
    assert "<ins>Neu</ins>" in page and "<del>Alt</del>" in page
    assert (
        client.get(reverse("materials:compare", args=[old.sheet.code, "de"]), {"von": "9"}).status_code == 404
    )


def test_nothing_private_of_a_draft_reaches_paper(client, logged_in, unit):
    draft = SheetVersionFactory(sheet__keeper=unit)
    logged_in(Role.DESK, unit)
    assert client.get(reverse("materials:print", args=[draft.sheet.code, "de"])).status_code == 404


def test_a_desk_reads_and_does_not_write(client, logged_in, unit):
    version = SheetVersionFactory(published=True, sheet__keeper=unit)
    logged_in(Role.DESK, unit)
    assert "Text schreiben" not in page_of(client, "text", version.sheet.code, "de")
    for name, args in (("new", []), ("write", [version.sheet.code, "de"]), ("edit_sheet", [version.sheet.code]),
                       ("new_folder", []), ("new_aid", [])):  # fmt: skip
        assert client.get(reverse(f"materials:{name}", args=args)).status_code == 403, name


def pdf(text):
    return sheet_pdf(Sheet(title="Möbel", sender="Stadt", sections=[Section("", [Text(text)])]))


def test_an_uploaded_leaflet_is_found_by_its_words_and_served_as_a_download(client, editor, unit):
    file = io.BytesIO(pdf("Gebrauchte Waschmaschinen gibt es in der Lagerhalle am Hafen."))
    file.name = "flyer.pdf"
    data = {"title": "Möbelbörse", "kind": "flyer", "language": "de", "dated_on": "01.10.2026", "file": file}
    response = client.post(reverse("materials:new_aid"), data)
    aid = WorkAid.objects.get()
    assert response.headers["Location"] == reverse("materials:aid", args=[aid.pk])
    assert (aid.text_by, aid.mime) == ("file", "application/pdf")
    assert "Waschmaschinen" in page_of(client, "aid", aid.pk)
    for words in ("Waschmaschine", "lagerhalle", "Hafe"):
        assert "Möbelbörse" in page_of(client, "aids", q=words), words
    assert "Nichts gefunden" in page_of(client, "aids", q="Fahrrad")
    served = client.get(reverse("materials:aid_file", args=[aid.pk]))
    assert (
        served["Content-Disposition"].startswith("attachment")
        and served["X-Content-Type-Options"] == "nosniff"
    )
    assert served.content == bytes(aid.content)


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"<html><script>1</script></html>", "Diese Art von Datei"),
        (b"GIF89a" + b"0" * 50, "JPEG oder PNG"),
        (b"%PDF-1.7 /JavaScript (app.alert(1))", "Programme"),
        (b"%PDF-1.7 kaputt", "beschädigt"),
    ],
)
def test_what_may_not_come_in_is_refused_beside_the_field(client, editor, content, words):
    file = io.BytesIO(content)
    file.name = "x.pdf"
    data = {"title": "X", "kind": "flyer", "language": "de", "dated_on": "01.10.2026", "file": file}
    response = client.post(reverse("materials:new_aid"), data)
    assert response.status_code == 422 and words in response.content.decode()
    assert not WorkAid.objects.exists()


def test_a_picture_without_text_asks_for_typed_words(client, editor, monkeypatch):
    monkeypatch.setattr("stafette.materials.recognizing.shutil.which", lambda name: None)
    file = io.BytesIO(b"\x89PNG\r\n\x1a\n" + b"0" * 100)
    file.name = "scan.png"
    data = {"title": "Aushang", "kind": "scan", "language": "de", "dated_on": "01.10.2026", "file": file}
    page = client.post(reverse("materials:new_aid"), data, follow=True).content.decode()
    assert "ließ sich kein Text lesen" in page
    aid = WorkAid.objects.get()
    client.post(
        reverse("materials:edit_aid", args=[aid.pk]),
        {
            "title": "Aushang",
            "kind": "scan",
            "language": "de",
            "dated_on": "01.10.2026",
            "text": "Kleiderkammer",
        },
    )
    aid.refresh_from_db()
    assert (aid.text_by, aid.mime) == ("hand", "image/png")
    assert "Aushang" in page_of(client, "aids", q="Kleiderkammer")


def test_old_aids_are_marked(client, logged_in, unit):
    WorkAidFactory(title="Alt", dated_on="2024-01-01")
    WorkAidFactory(title="Abgelaufen", valid_until="2026-01-01")
    WorkAidFactory(title="Frisch")
    logged_in(Role.DESK, unit)
    page = page_of(client, "aids")
    assert "2 Arbeitshilfen sind zu prüfen" in page
    assert "Frisch" not in page_of(client, "aids", stale="on")


def test_an_editor_answers_a_question_with_a_sheet_and_the_desk_reads_it(client, editor, logged_in, unit):
    version = SheetVersionFactory(published=True, sheet__keeper=unit, title="Möbel")
    question = OpenQuestionFactory(unit=unit)
    url = reverse("materials:question", args=[question.pk])
    assert client.post(url, {"text": ""}).status_code == 422
    client.post(url, {"code": f"sheet:{version.sheet.code}"})
    logged_in(Role.DESK, unit)
    page = page_of(client, "questions", state="answered")
    assert "Gibt es eine Möbelbörse?" in page and "Möbel</a>" in page
    assert client.post(reverse("materials:reopen_question", args=[question.pk])).status_code == 403


def test_a_desk_of_another_unit_sees_no_question(client, logged_in, unit):
    question = OpenQuestionFactory(unit=unit)
    logged_in(Role.DESK, UnitFactory())
    assert "Möbelbörse" not in page_of(client, "questions", state="open")
    assert client.get(reverse("materials:question", args=[question.pk])).status_code == 404


def test_with_a_topic_the_services_of_the_directory_stand_beside_the_aids(client, logged_in, unit):
    with as_owner():
        Topic.objects.create(code="language", label="Deutsch lernen", position=1)
    WorkAidFactory(title="Sprachkurse im Herbst", topics=["language"])
    WorkAidFactory(title="Mietspiegel", topics=["housing"])
    logged_in(Role.DESK, unit)
    page = page_of(client, "aids", topic="language")
    assert "Sprachkurse im Herbst" in page and "Mietspiegel" not in page
    assert "Angebote zum Thema" not in page
