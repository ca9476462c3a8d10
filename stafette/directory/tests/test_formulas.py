"""What a spreadsheet would run is guarded where people open it, and comes back exactly as it was."""

import csv
import io
import json
import zipfile

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from stafette.directory.exchange.hsds.tables import pack, unpack
from stafette.directory.exchange.hsds.tables.cells import GUARD, HARMLESS
from stafette.directory.tables.cells import as_csv, read_table
from stafette.directory.tables.formulas import RISKY, bare, guarded

SERVICE = "7d7cf9a0-3a4f-4a0a-9d0b-0f4b4b3d2c11"
HEADS = ["", "=", "+", "-", "@", "\t", "\r", "'=", "''+", "'", "+49 30 ", "'-"]
ANY = st.builds(
    str.__add__,
    st.sampled_from(HEADS),
    st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00"), max_size=20),
)
TEXTS = ANY.filter(bool)
ATTACK = "=cmd|' /C calc'!A0"


def tables_of(content):
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name).decode() for name in archive.namelist()}


def cells_of(text):
    return [cell for row in csv.reader(io.StringIO(text, newline="")) for cell in row]


@given(ANY)
@example("'=1")
def test_a_guarded_text_is_no_formula_and_comes_back(text):
    assert not guarded(text).startswith(RISKY)
    assert bare(guarded(text)) == text


@given(name=TEXTS, description=TEXTS, foreign=TEXTS, column=TEXTS)
@example(name=ATTACK, description="'=1", foreign="+49 30 1", column="=2+A1")
@example(name="-1e5", description="-", foreign="\r=1", column="@x")
def test_a_zip_of_tables_holds_no_formula_and_loses_nothing(name, description, foreign, column):
    service = {"id": SERVICE, "name": name, "status": "active", "description": description}
    service = {f"x{column}" if column in service or column.endswith("_id") else column: foreign} | service
    content = pack({"services": [service]})
    for cell in cells_of(tables_of(content)["services.csv"]):
        assert not cell.startswith(RISKY) or HARMLESS.fullmatch(cell), cell
    assert unpack(content)["services"] == [service]


def test_numbers_stay_as_other_programs_need_them():
    place = {"id": SERVICE, "location_type": "physical", "latitude": -33.5, "longitude": -1e-07}
    phone = {"id": SERVICE, "number": "+49 341 23125-001"}
    content = pack({"locations": [place | {"phones": [phone]}]})
    told = tables_of(content)
    assert "-33.5" in cells_of(told["locations.csv"])
    assert "+49 341 23125-001" in cells_of(told["phones.csv"])
    assert unpack(content)["locations"] == [place | {"phones": [phone]}]


@pytest.mark.parametrize("package", [None, {}, [], {GUARD: False}])
def test_tables_of_others_are_taken_word_for_word(package):
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        archive.writestr("services.csv", f"id,name,status\r\n{SERVICE},'=Name,active\r\n")
        if package is not None:
            archive.writestr("datapackage.json", json.dumps(package))
    (service,) = unpack(target.getvalue())["services"]
    assert service["name"] == "'=Name"


@given(
    st.lists(TEXTS.filter(lambda text: text.isprintable() and not {*"|,"} & {*text}), min_size=2, max_size=4)
)
def test_the_table_for_people_holds_no_formula_and_loses_nothing(texts):
    content = as_csv(["Name", *["x"] * (len(texts) - 1)], [texts])
    rows = csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""), delimiter=";")
    assert not [cell for row in rows for cell in row if cell.startswith(RISKY)]
    assert read_table(content)[1] == texts
