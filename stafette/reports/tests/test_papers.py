"""The papers say what the program does: every model, rule, class and measure appears, and a change changes them."""

import sys
from dataclasses import replace
from datetime import date
from io import BytesIO
from pathlib import Path
from xml.etree import ElementTree
from zipfile import ZipFile

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from stafette.accounts.models import JointProcessing, UnitKind
from stafette.accounts.roles import Role
from stafette.accounts.tests.factories import UnitFactory
from stafette.kernel.keeping import From
from stafette.kernel.rules.deadline_rules import retention_classes
from stafette.protection.flow import flow_rules
from stafette.referrals.tests.factories import make_town
from stafette.reports import configured, papers, queries, wording
from stafette.reports.rules import activities, risks
from stafette.web.sheets import LANGUAGES, Table

pytestmark = pytest.mark.django_db
DAY = date(2026, 11, 22)
REPOSITORY = Path(__file__).parents[3]
information_module = sys.modules["stafette.reports.papers.information"]
deletion_module = sys.modules["stafette.reports.papers.deletion"]


@pytest.fixture
def town():
    made = make_town()
    UnitFactory(
        code="dsb",
        kind=UnitKind.DATA_PROTECTION,
        mandate="overseeing",
        name="Datenschutz der Stadt",
        authority=made.clearing.authority,
    )
    return made


def said(paper):
    """Everything a paper says, as one text."""
    return "\n".join([paper.title, paper.lead, paper.sender, *map(str, paper.sections)])


def cells(paper):
    return [cell for _heading, table in paper.tables for row in table.rows for cell in row]


def test_every_room_with_data_about_people_has_its_activity():
    rooms = {kind.room for kind in configured.kinds() if kind.is_about_people}
    assert rooms - {activity.room for activity in activities()} == set(), "add it to rules/processing.toml"


def test_every_model_stands_in_the_deletion_concept_with_class_period_and_start():
    paper = papers.deletion(DAY)
    rows = {row[0]: row for _heading, table in paper.tables for row in table.rows if len(row) == 5}
    for kind in configured.kinds():
        row = rows[kind.label]
        assert row[2] == (kind.retention or "–") and row[4] == configured.begins(kind)
        assert "noch nicht festgelegt" not in row[4] or kind.starts is None
    assert set(retention_classes()) <= set(cells(paper))


def test_every_kind_about_people_stands_in_some_units_record(town):
    units = [town.clearing, town.outreach, town.housing, town.school]
    recorded = {cell for unit in units for cell in cells(papers.record_of_processing(unit, DAY))}
    about = [kind for kind in configured.kinds() if kind.is_about_people]
    assert [kind.label for kind in about if kind.label not in recorded] == []


def test_every_field_about_people_stands_in_the_record(town):
    rows = [
        row
        for unit in (town.clearing, town.outreach, town.housing)
        for heading, table in papers.record_of_processing(unit, DAY).tables
        if heading == "Verzeichnis der Felder"
        for row in table.rows
    ]
    listed = {(row[0], name) for row in rows for name in f"{row[1]}, {row[2]}".split(", ")}
    for kind in configured.kinds():
        for name in (*kind.personal, *kind.sensitive):
            assert (kind.label, name) in listed, f"{kind.label}.{name}"


def test_every_flow_rule_of_a_unit_is_a_receiver_in_its_record(town):
    found = cells(papers.record_of_processing(town.clearing, DAY))
    for rule in flow_rules():
        if rule.head.holds_on(DAY) and {"CL", "*"} & rule.senders:
            assert rule.id in found


def test_the_record_names_unit_officer_law_supervision_purposes_and_no_third_country(town):
    text = said(papers.record_of_processing(town.clearing, DAY))
    for part in ("Datenschutz der Stadt", "Art. 30", town.clearing.name, "Drittländer", "Neu Zugezogene"):
        assert part in text


def test_a_changed_period_changes_record_concept_sheet_and_their_marks(town, monkeypatch):
    def made():
        return [
            papers.record_of_processing(town.clearing, DAY),
            papers.deletion(DAY),
            papers.information(town.clearing, "de", DAY),
        ]

    before = made()
    known = dict(retention_classes())
    known["L3"] = replace(known["L3"], months=36)
    for module in (configured, information_module, deletion_module):
        monkeypatch.setattr(module, "retention_classes", lambda: known)
    for old, new in zip(before, made(), strict=True):
        assert "3 Jahre" in said(new) and old.digest != new.digest, new.code
    assert made()[0].digest == made()[0].digest


def test_a_changed_class_of_a_model_changes_the_papers(town, monkeypatch):
    from stafette.intake.models import Interview

    before = papers.deletion(DAY), papers.record_of_processing(town.clearing, DAY)
    monkeypatch.setattr(Interview.Privacy, "retention", "L8")
    monkeypatch.setattr(Interview.Privacy, "starts", From("created_at"), raising=False)
    after = papers.deletion(DAY), papers.record_of_processing(town.clearing, DAY)
    for old, new in zip(before, after, strict=True):
        assert old.digest != new.digest and "ab „created_at“" in said(new)


def test_a_changed_flow_rule_changes_record_and_sheet(town, monkeypatch):
    before = papers.record_of_processing(town.clearing, DAY), papers.information(town.clearing, "bg", DAY)
    first = next(rule for rule in flow_rules() if "CL" in rule.senders and rule.consent_categories)
    changed = tuple(
        replace(rule, receivers=frozenset({"VM"})) if rule is first else rule for rule in flow_rules()
    )
    monkeypatch.setattr(configured, "flow_rules", lambda: changed)
    after = papers.record_of_processing(town.clearing, DAY), papers.information(town.clearing, "bg", DAY)
    assert before[0].digest != after[0].digest
    assert "наемодател" in said(after[1])


def test_a_model_without_activity_would_be_found(monkeypatch):
    from stafette.reports import rules

    monkeypatch.setattr(rules, "activities", lambda: ())
    rooms = {kind.room for kind in configured.kinds() if kind.is_about_people}
    assert rooms - {activity.room for activity in rules.activities()}


def test_every_proof_of_the_assessment_exists():
    for risk in risks():
        assert risk.proof or risk.settings, risk.id
        for proof in risk.proof:
            path, _colons, name = proof.partition("::")
            file = REPOSITORY / path
            assert file.is_file(), f"{risk.id}: {path} is gone"
            assert not name or f"def {name}(" in file.read_text(encoding="utf-8"), (
                f"{risk.id}: {name} is gone"
            )
        for setting in risk.settings:
            if setting.startswith(("rules/", "stafette/")):
                assert (REPOSITORY / setting.split(":")[0]).is_file(), setting


def test_the_assessment_holds_every_risk_and_what_is_left_to_do(town):
    text = said(papers.assessment(town.clearing, DAY))
    for risk in risks():
        assert risk.risk in text and risk.measure in text and (not risk.rest or risk.rest in text)
    assert len(risks()) >= 14


def test_the_contract_names_parties_measures_and_further_processors(town, settings):
    settings.STAFETTE_SUBPROCESSORS = ["Rechenzentrum Muster"]
    operations = UnitFactory(
        code="it", kind=UnitKind.OPERATIONS, mandate="operating", name="Technischer Betrieb"
    )
    text = said(papers.contract(town.clearing, DAY))
    for part in (operations.name, "Rechenzentrum Muster", "§ 203", "zweiter Faktor", "Row-Level Security"):
        assert part in text


def test_measures_follow_the_settings(town, settings):
    settings.SECOND_FACTOR_REQUIRED = False
    off = papers.record_of_processing(town.clearing, DAY)
    settings.SECOND_FACTOR_REQUIRED = True
    on = papers.record_of_processing(town.clearing, DAY)
    assert "ausgeschaltet" in said(off) and off.digest != on.digest


def test_joint_duties_come_from_the_blueprint_and_are_filled_up(town):
    JointProcessing.objects.create(
        code="team",
        label="Fallliste des Teams",
        units=[town.school.code, town.outreach.code],
        duties={"breach": "Sofort anrufen.", "coffee": "Abwechselnd."},
    )
    paper = papers.joint(DAY)
    rows = {
        row[0]: row
        for heading, table in paper.tables
        if heading == "Fallliste des Teams"
        for row in table.rows
    }
    assert rows["Datenpannen"][1:] == ("Sofort anrufen.", "Blaupause")
    assert rows["Löschen"][2].startswith("Vorschlag") and rows["coffee"][1] == "Abwechselnd."
    assert len(rows) == 11
    assert town.school.name in said(papers.essence("ar", DAY))


def test_the_nine_languages_have_the_same_words():
    def keys(part, path=""):
        if isinstance(part, dict):
            return {key for name, value in part.items() for key in keys(value, f"{path}/{name}")}
        if isinstance(part, list):
            return {f"{path}[{len(part)}]"}
        return {
            path,
            *{
                f"{path}{{{mark}}}"
                for mark in ("unit", "law", "names", "supervisor", "data", "period", "start")
                if f"{{{mark}}}" in part
            },
        }

    german = keys(wording.texts("de"))
    for language in LANGUAGES:
        assert keys(wording.texts(language)) == german, language


def test_arabic_has_no_tanwin_and_no_shadda():
    assert not set("\u064b\u064c\u064d\u0651") & set(str(wording.texts("ar")))


def test_every_class_and_party_of_a_sheet_has_its_word(town):
    for unit in (town.clearing, town.outreach, town.housing, town.school):
        codes = {rule.code for rule in information_module.classes_for(unit, DAY)}
        named = (
            {kind for rule in flow_rules() for kind in rule.receivers}
            - information_module.NO_RECEIVER
            - {"*"}
        )
        for language in LANGUAGES:
            words = wording.texts(language)
            assert codes <= set(words["classes"]), (language, codes - set(words["classes"]))
            assert named <= set(words["kinds"]), (language, named - set(words["kinds"]))


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_sheet_says_who_why_receivers_periods_and_rights(town, language):
    paper = papers.information(town.clearing, language, DAY)
    text = said(paper)
    assert (
        town.clearing.name in text and "Datenschutz der Stadt" in text and "{" not in text.replace("{'", "")
    )
    assert len(paper.sections) == 7
    assert paper.pdf().startswith(b"%PDF")


@pytest.mark.parametrize(("language", "count", "words"), [
    ("pl", 1, "1 rok"), ("pl", 3, "3 lata"), ("pl", 5, "5 lat"), ("pl", 12, "12 lat"), ("uk", 22, "22 роки"),
    ("ar", 3, "3 سنوات"), ("ar", 12, "12 سنة"), ("de", 1, "1 Jahr"), ("bg", 3, "3 години"),
])  # fmt: skip
def test_numbers_take_the_form_of_the_language(language, count, words):
    assert wording.counted(language, count, wording.texts(language)["periods"]["years"]) == words


def test_workbooks_hold_every_table(town):
    for paper in (papers.record_of_processing(town.clearing, DAY), papers.deletion(DAY), papers.joint(DAY)):
        book = load_workbook(BytesIO(paper.workbook()))
        assert len(book.sheetnames) == len(paper.tables) + 1
        assert all(isinstance(table, Table) for _heading, table in paper.tables)


def test_a_document_is_well_formed_and_says_everything(town):
    paper = papers.contract(town.clearing, DAY)
    with ZipFile(BytesIO(paper.document())) as package:
        parts = {name: ElementTree.fromstring(package.read(name)) for name in package.namelist()}
    text = "".join(parts["word/document.xml"].itertext())
    assert paper.title in text and paper.mark in text and "§ 203" in text and "zweiter Faktor" in text
    assert len(parts) == 5


def test_the_officer_reads_the_papers_of_the_authority_and_no_others(logged_in, town):
    officer = logged_in(Role.DATA_PROTECTION, town.clearing)
    page = officer.get(reverse("reports:index")).content.decode()
    assert town.school.name in page
    for code in queries.PER_UNIT:
        for unit, status in ((town.school, 200), (town.outreach, 404)):
            address = reverse("reports:paper", args=[code, unit.code])
            assert officer.get(address).status_code == status
        for form, kind in (
            ("pdf", "application/pdf"),
            ("xlsx", "spreadsheetml"),
            ("docx", "wordprocessingml"),
        ):
            answer = officer.get(f"{reverse('reports:paper', args=[code, town.school.code])}?format={form}")
            assert kind in answer["Content-Type"]
    for code in queries.FOR_ALL:
        assert officer.get(reverse("reports:for_all", args=[code])).status_code == 200
    assert officer.get(reverse("reports:for_all", args=["anderes"])).status_code == 404


def test_a_head_reads_the_own_unit_and_a_clerk_only_sheets(logged_in, town):
    head = logged_in(Role.HEAD, town.clearing)
    mine = reverse("reports:paper", args=["verzeichnis", town.clearing.code])
    other = reverse("reports:paper", args=["verzeichnis", town.school.code])
    assert head.get(mine).status_code == 200 and head.get(other).status_code == 404
    clerk = logged_in(Role.CLERK, town.clearing)
    assert clerk.get(mine).status_code == 403
    sheet = reverse("reports:sheet", args=[town.outreach.code, "ar"])
    assert 'dir="rtl"' in clerk.get(sheet).content.decode()
    assert clerk.get(f"{sheet}?format=pdf")["Content-Type"] == "application/pdf"
    assert clerk.get(reverse("reports:sheet", args=[town.outreach.code, "fr"])).status_code == 404


def test_the_essence_is_public_in_nine_languages(client, town):
    for language in LANGUAGES:
        answer = client.get(reverse("reports:essence", args=[language]))
        assert (
            answer.status_code == 200 and wording.texts(language)["joint"]["title"] in answer.content.decode()
        )
    assert client.get(reverse("reports:essence", args=["xx"])).status_code == 404
    assert client.get(f"{reverse('reports:essence', args=['bg'])}?format=pdf").content.startswith(b"%PDF")
