"""Receipts as a record after ISO/IEC TS 27560 and as sheets; the ten forms in nine languages."""

import json
import re
from datetime import timedelta
from pathlib import Path

import pytest

from stafette.accounts.tests.factories import UnitFactory
from stafette.kernel.clock import now, travel
from stafette.kernel.ids import new_id
from stafette.people.tests.factories import HouseholdFactory
from stafette.protection.kinds import BOXES, Kind
from stafette.protection.printing import FORMS, Filling, form_pdf, form_sheet, paper, papers
from stafette.protection.queries import receipt_facts
from stafette.protection.receipts import principal_reference, receipt_pdf, receipt_record, receipt_sheet
from stafette.protection.tests.factories import ConsentFactory
from stafette.protection.wording import purpose_in, purposes, sheet
from stafette.web.pdf import printable
from stafette.web.sheets import LANGUAGES, Fields

SCHEMA = json.loads(Path(__file__).with_name("receipt.schema.json").read_text(encoding="utf-8"))
TYPES = {"object": dict, "array": list, "string": str, "boolean": bool}


def problems(value, schema, place="$"):
    """What a value lacks of a JSON schema, in the keywords that ours uses."""
    if not isinstance(value, TYPES[schema["type"]]):
        return [f"{place}: not {schema['type']}"]
    found = []
    if "enum" in schema and value not in schema["enum"]:
        found.append(f"{place}: {value!r} is not allowed")
    if "pattern" in schema and not re.search(schema["pattern"], value):
        found.append(f"{place}: {value!r} looks wrong")
    if (
        len(value) < schema.get("minLength", schema.get("minItems", 0))
        if not isinstance(value, bool)
        else False
    ):
        found.append(f"{place}: too short")
    if isinstance(value, dict):
        known = schema["properties"]
        found += [f"{place}.{key}: missing" for key in schema.get("required", []) if key not in value]
        found += [f"{place}.{key}: unknown" for key in value if key not in known]
        for key in value.keys() & known.keys():
            found += problems(value[key], known[key], f"{place}.{key}")
    if isinstance(value, list):
        for number, item in enumerate(value):
            found += problems(item, schema["items"], f"{place}[{number}]")
    return found


def consent_of(kind, **changed):
    codes = [code for code, _label in BOXES[kind]]
    topic = "Schulbesuch" if kind in (Kind.SECRECY, Kind.CONFERENCE) else ""
    return ConsentFactory(kind=kind, categories=codes, topic=topic, **changed)


@pytest.mark.parametrize("kind", list(Kind))
def test_the_record_has_every_field_of_the_standard(db, kind):
    record = json.loads(json.dumps(receipt_record(receipt_facts(consent_of(kind)))))
    assert problems(record, SCHEMA) == []


@pytest.mark.parametrize("path", ["receipt_id", "record", "record.events", "record.pii_principal_id"])
def test_the_schema_notices_what_is_missing(db, path):
    record = receipt_record(receipt_facts(consent_of(Kind.DATA)))
    *way, last = path.split(".")
    inner = record
    for key in way:
        inner = inner[key]
    del inner[last]
    assert problems(record, SCHEMA)


def test_the_record_tells_how_it_ended(db):
    consent = ConsentFactory()

    def states():
        return [one["event_state"] for one in receipt_record(receipt_facts(consent))["record"]["events"]]

    assert states() == ["consent_given"]
    with travel(now() + timedelta(days=40_000)):
        assert states() == ["consent_given", "consent_expired"]
    consent.withdraw(at=now(), unit_id=consent.unit_id, form="spoken", said_by="person", taken_by_id=None)
    assert states() == ["consent_given", "consent_withdrawn"]
    assert problems(receipt_record(receipt_facts(consent)), SCHEMA) == []


def test_the_record_names_nobody(db):
    household = HouseholdFactory(label="Georgieva")
    text = json.dumps(receipt_record(receipt_facts(ConsentFactory(household=household))))
    assert "Georgieva" not in text
    assert str(household.pk) not in text
    assert principal_reference(household.pk) in text
    assert principal_reference(household.pk) != principal_reference(new_id())


def test_a_release_is_no_basis_for_data_in_the_record(db):
    secrecy = receipt_facts(consent_of(Kind.SECRECY))
    assert "203" in secrecy.basis
    assert "DSGVO" not in secrecy.basis


@pytest.mark.parametrize("language", list(LANGUAGES))
def test_the_receipt_is_printed_in_every_language(db, language):
    facts = receipt_facts(ConsentFactory(language=language, receiver=UnitFactory(name="Schulteam")))
    printed = str(receipt_sheet(facts, language))
    assert facts.number in printed
    assert "Schulteam" in printed
    assert not re.search(r"\{(months|years|days)\}", printed)
    assert receipt_pdf(facts).startswith(b"%PDF-")


@pytest.mark.parametrize("language", list(LANGUAGES))
@pytest.mark.parametrize("code", FORMS)
def test_every_form_is_complete_in_every_language(code, language):
    printed = form_sheet(code, language, Filling())
    text = " ".join(str(section) for section in printed.sections)
    assert printed.title
    assert not re.search(r"\{\w+\}", text)
    assert printable(text) == text, "the fonts lack a character"
    if code in Kind.values:
        assert paper(language).words["voluntary"] in text
        assert paper(language).words["withdraw"] in text
        boxes = next(s for s in printed.sections if s.heading == paper(language).words["what"]).blocks[0]
        assert len(boxes.items) == len(BOXES[Kind(code)])
        assert boxes.ticked == []


def test_forms_of_all_languages_have_the_same_words():
    def keys(part, place=""):
        return {
            key
            for name, value in part.items()
            for key in (keys(value, f"{place}{name}.") if isinstance(value, dict) else {f"{place}{name}"})
        }

    german = paper("de")
    for one in papers():
        assert keys(one.words) == keys(german.words)
        assert keys(one.boxes) == keys(german.boxes)
        assert keys(one.forms) == keys(german.forms)


def test_what_no_speaker_checked_says_so_on_the_sheet():
    unchecked = {one.language for one in papers() if not one.is_reviewed}
    assert unchecked == {"bg", "ro", "pl", "uk", "tr", "ar"}
    for one in papers():
        said = one.words["review"] in form_sheet("data", one.language, Filling()).mark
        assert said == (one.language in unchecked)


def test_a_filled_form_ticks_only_what_was_agreed_to():
    filling = Filling(
        unit="Clearingstelle", number="E-7K4-M9Q-2TX", people=["Maria"], boxes=["core"], purpose="Deutsch lernen",
        receivers=[("Schulteam", True), ("Stadtteilzentrum", False)],
    )  # fmt: skip
    printed = form_sheet("data", "ar", filling)
    who, what = (
        next(s for s in printed.sections if s.heading == paper("ar").words[name]).blocks[0]
        for name in ("receivers", "what")
    )
    assert (who.items, who.ticked) == (["Schulteam", "Stadtteilzentrum"], [0])
    assert what.ticked == [0]
    fields = [pair for s in printed.sections for b in s.blocks if isinstance(b, Fields) for pair in b.items]
    assert ("الغرض", "تعلم الألمانية") in fields
    assert form_pdf("data", "ar", filling).startswith(b"%PDF-")


def test_a_form_in_another_language_carries_the_german_one():
    assert len(form_pdf("withdrawal", "uk")) > len(form_pdf("withdrawal", "de"))


@pytest.mark.parametrize("language", list(LANGUAGES))
def test_every_known_purpose_has_words_in_every_language(language):
    for german, words in purposes().items():
        assert purpose_in(language, german) == words[language if language != "de" else "de"]


def test_an_unknown_purpose_stays_german_and_says_so():
    assert purpose_in("tr", "Etwas anderes") == "Etwas anderes (deutsch)"
    assert "(deutsch)" in sheet("ar", receiver="A", purpose="Etwas anderes", categories=["core"]).text


def test_every_purpose_of_the_blueprint_is_known():
    blueprint = Path(__file__).parents[3] / "blueprints" / "weissenfels.toml"
    found = re.findall(r'^purpose = "(.+)"$', blueprint.read_text(encoding="utf-8"), re.MULTILINE)
    assert found
    assert set(found) <= set(purposes())
