import io
import zipfile
from datetime import UTC, date, datetime
from decimal import Decimal
from xml.etree import ElementTree

import pytest
from openpyxl import load_workbook

from stafette.web.xlsx import workbook


def read(*values, title="Liste"):
    content = workbook(["Spalte"] * len(values), [values], title=title)
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        for name in archive.namelist():
            if name.endswith(".xml"):
                ElementTree.fromstring(archive.read(name))  # whole XML, as Excel asks for
    return load_workbook(io.BytesIO(content)).worksheets[0]


@pytest.mark.parametrize("text", ["=1+1", "+49 341", "-5", "@SUM(A1)", "\t=1", '=cmd|"/c calc"!A1'])
def test_what_looks_like_a_formula_stays_text(text):
    cell = read(text)["A2"]
    assert (cell.value, cell.data_type) == (text, "s")
    assert cell.quotePrefix


def test_an_empty_text_is_nothing_special():
    assert not read("")["A2"].quotePrefix


def test_signs_that_xml_cannot_carry_are_left_out():
    assert read("a\x00b\x1fc\ufffed\uffffe")["A2"].value == "abcde"


def test_a_text_longer_than_a_cell_is_cut():
    assert len(read("ä" * 40_000)["A2"].value) == 32_767


@pytest.mark.parametrize("number", [float("nan"), float("inf"), Decimal("NaN"), Decimal("-Infinity")])
def test_what_is_no_number_is_left_empty(number):
    assert read(number)["A2"].value is None


def test_days_before_excel_begins_to_count_become_text():
    assert read(date(1895, 4, 3))["A2"].value == "03.04.1895"
    assert read(date(1900, 3, 1))["A2"].value == datetime(1900, 3, 1)


def test_moments_are_shown_as_in_the_town():
    assert read(datetime(2026, 7, 1, 10, 0, tzinfo=UTC))["A2"].value == datetime(2026, 7, 1, 12, 0)
    assert read(datetime(2026, 7, 1, 10, 0))["A2"].value == datetime(2026, 7, 1, 10, 0)


@pytest.mark.parametrize(
    "title,name",
    [
        ("Übergaben: an/von [alle]?", "Übergaben  an von  alle"),
        ("x" * 50, "x" * 31),
        ("'Zitat'", "Zitat"),
        ("History", "Liste"),
        ("", "Liste"),
    ],
)
def test_names_of_sheets_are_such_as_excel_takes(title, name):
    assert read("x", title=title).title == name
