"""The starter set: complete in nine languages, honest about what nobody checked, never over what a town wrote."""

import re

import pytest
from django.core.management import CommandError, call_command

from stafette.accounts.tests.factories import UnitFactory
from stafette.kernel.errors import BadInput, NotAllowed
from stafette.kernel.permissions import Permission as P
from stafette.materials import commands, printing, queries, starting
from stafette.materials.models import InfoSheet, SheetVersion
from stafette.materials.notation import Heading, blocks_of, words_of
from stafette.materials.tests.factories import InfoSheetFactory, SheetVersionFactory
from stafette.materials.wording import words
from stafette.web import pdf
from stafette.web.sheets import LANGUAGES, sheet_pdf

SHEETS = starting.read_sheets(starting.starter_folder())
NUMBER = re.compile(r"\d[\d ]+\d")
TEXTS = [(sheet, text) for sheet in SHEETS for text in sheet.texts]
NAMES = [f"{sheet.code}-{text.language}" for sheet, text in TEXTS]
SHORT_MARKS = re.compile("[\u064b-\u0652]")  # tanwin, shadda and the other small marks of Arabic


def test_at_least_twelve_sheets_in_every_language():
    assert len(SHEETS) >= 12
    for sheet in SHEETS:
        assert [text.language for text in sheet.texts] == list(LANGUAGES), sheet.code


@pytest.mark.parametrize(("sheet", "text"), TEXTS, ids=NAMES)
def test_a_text_is_short_drawable_and_has_the_numbers_of_the_german_one(sheet, text):
    blocks = blocks_of(text.body, line_by_line=text.language == "ls")
    lines = words_of(blocks)
    assert sum(map(len, lines)) < 2_000, "more than a page helps nobody"
    missing = {char for line in lines for char in line if ord(char) not in pdf.covered()}
    assert not missing, f"the fonts lack {missing}"
    german = next(one for one in sheet.texts if one.language == "de")
    assert {n for n in NUMBER.findall(text.body) if " " in n} <= set(NUMBER.findall(german.body))
    headings = [len([b for b in blocks_of(one.body) if isinstance(b, Heading)]) for one in (text, german)]
    assert text.language == "ls" or headings[0] == headings[1]
    if text.language == "ar":
        assert not SHORT_MARKS.search(text.title + text.body)
    if text.language == "ls":
        assert max(map(len, lines)) <= 100, "one short sentence per line"


def test_the_small_words_stand_in_every_language():
    assert set(words()) == set(LANGUAGES)
    assert all(set(one) == set(words()["de"]) for one in words().values())
    assert not SHORT_MARKS.search("".join(words()["ar"].values()))


def test_the_codes_are_those_of_the_arrival_talk():
    folders = starting.read_folders(starting.starter_folder())
    codes = {sheet.code for sheet in SHEETS} | {folder.code for folder in folders}
    text = (starting.starter_folder().parent / "forms" / "ankunftsgespraech.toml").read_text(encoding="utf-8")
    materials = set(re.findall(r'\[\[form\.material\]\]\ncode = "(\w+)"', text))
    assert materials and materials <= codes
    assert {code for folder in folders for code in folder.sheets} <= codes


@pytest.mark.django_db
def test_the_command_brings_everything_in_once_and_says_what_nobody_checked():
    unit = UnitFactory(code="willkommen")
    call_command("materials", "load", "--unit", "willkommen")
    call_command("materials", "load", "--unit", "willkommen")
    assert (
        SheetVersion.objects.filter(state="published").count() == SheetVersion.objects.count() == len(TEXTS)
    )
    assert set(InfoSheet.objects.values_list("keeper", flat=True)) == {unit.pk}

    view = queries.sheet_view("registration_sheet", "bg")
    assert not view.is_fallback and not view.is_outdated and not view.is_reviewed
    assert "Преводът още не е проверен" in printing.mark_of(view)
    assert "geprüft" not in printing.mark_of(queries.sheet_view("registration_sheet", "de"))
    folder = queries.folder_view("arrival_folder", "ar")
    assert folder.in_german == 0 and len(folder.sheets) >= 12
    for language in LANGUAGES:
        papers = printing.folder_papers(queries.folder_view("arrival_folder", language), "Stadt")
        assert len(sheet_pdf(*papers)) > 20_000, language


@pytest.mark.django_db
def test_what_the_town_wrote_stays(actor_with):
    unit = UnitFactory()
    own = InfoSheetFactory(code="registration_sheet", keeper=unit)
    SheetVersionFactory(sheet=own, published=True, title="Unser eigener Text")
    actor = actor_with(P.MATERIAL_EDIT, P.MATERIAL_RELEASE, unit=unit)
    commands.load_starter(actor=actor, unit_id=unit.pk, sheets=SHEETS)
    assert queries.sheet_view("registration_sheet", "de").title == "Unser eigener Text"
    assert queries.sheet_view("registration_sheet", "tr").language == "tr"


@pytest.mark.django_db
def test_who_may_not_release_brings_nothing_in(actor_with):
    unit = UnitFactory()
    with pytest.raises(NotAllowed):
        commands.load_starter(actor=actor_with(P.MATERIAL_EDIT, unit=unit), unit_id=unit.pk, sheets=SHEETS)
    assert not InfoSheet.objects.exists()


@pytest.mark.django_db
def test_a_broken_file_is_named_and_changes_nothing(tmp_path):
    UnitFactory(code="willkommen")
    (tmp_path / "kaputt.toml").write_text(
        'code = "x"\nkind = "sheet"\nposition = 1\ntopics = []\n[de]\ntitle = "A"\nbody = "gut\\n> nichts"\n'
    )
    with pytest.raises(BadInput, match="kaputt.toml, de: Zeile 2"):
        starting.read_sheets(tmp_path)
    with pytest.raises(CommandError, match="kaputt.toml"):
        call_command("materials", "load", str(tmp_path), "--unit", "willkommen")
    with pytest.raises(CommandError, match="gibt es nicht"):
        call_command("materials", "load", "--unit", "fehlt")
    assert not InfoSheet.objects.exists()
