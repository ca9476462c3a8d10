from datetime import date

import pytest
from django.urls import reverse

from stafette.accounts.roles import Role
from stafette.accounts.tests.factories import UnitFactory
from stafette.kernel.clock import now, today
from stafette.kernel.permissions import Permission
from stafette.kernel.scope import acting
from stafette.kernel.testing import as_owner
from stafette.protection import flow
from stafette.protection.models import Disclosure
from stafette.protection.queries.matrix import rules_on
from stafette.protection.queries.used import usage

DAY = date(2026, 11, 23)


def logged(unit, rule="F07", mode="statute", **facts):
    facts = {"receiver": UnitFactory(short_name="Schulteam"), "reference": "MUS-CL-2026-00001", **facts}
    with as_owner():
        return Disclosure.objects.create(
            unit=unit, purpose="Schulplatz", rule=rule, mode=mode, norm="Schulgesetz", categories=["core"],
            person_count=2, at=facts.pop("at", now()), **facts,
        )  # fmt: skip


def test_the_table_is_narrowed_by_unit_ground_word_and_day():
    assert {rule.id for rule in rules_on(tag=DAY, stelle="ZOLL")} >= {"F23", "F40", "F38"}
    assert "F06" not in {rule.id for rule in rules_on(tag=DAY, stelle="ZOLL")}
    assert {rule.mode for rule in rules_on(tag=DAY, grundlage="forbidden")} == {"forbidden"}
    assert [rule.id for rule in rules_on(tag=DAY, text="Wohnungsgeber geben")] == ["F02"]
    assert [rule.id for rule in rules_on(tag=DAY, text="§ 71 Abs. 2")] == ["F29", "F29a"]
    assert rules_on(tag=date(2025, 12, 31)) == []


def test_the_page_shows_condition_source_status_and_dates(logged_in):
    page = logged_in(Role.CLERK, UnitFactory()).get(reverse("protection:rules") + "?text=F40")
    text = page.content.decode()
    assert "Ersuchen höchstens 6 Monate alt" in text
    assert "Leitung der Stelle" in text
    assert "seit 01.01.2026" in text
    assert "F40 Flussmatrix Stafette" in text
    assert "gelesen" in text
    assert reverse("protection:used") not in text


def test_rules_of_another_day_are_shown(logged_in):
    page = logged_in(Role.DATA_PROTECTION, UnitFactory()).get(reverse("protection:rules") + "?tag=31.12.2025")
    assert "Stand 31.12.2025: 0 Regeln" in page.content.decode()
    assert "Auf diesem Weg geht nichts weiter" in page.content.decode()


def test_the_officer_sees_which_rule_each_disclosure_used_and_which_none(logged_in):
    unit, other = UnitFactory(), UnitFactory()
    logged(unit)
    logged(unit)
    logged(unit, rule="F40", receiver=None, outsider_id=unit.pk, outsider_name="Vermieter Vorgestern")
    logged(other, rule="F06")
    page = logged_in(Role.DATA_PROTECTION, unit).get(reverse("protection:used")).content.decode()
    assert "F07 · Kind ohne Schulplatz" in page
    assert "rule=F07" in page
    assert "3 Einträge" in page
    assert "Partner außerhalb" in page
    assert "Vorgestern" not in page
    assert "<li>F06 · " in page


def test_use_is_counted_for_the_period_and_the_own_authority_only(actor_with):
    unit = UnitFactory()
    logged(unit)
    logged(unit, at=now().replace(year=2025))
    logged(UnitFactory())
    officer = actor_with(Permission.DISCLOSURE_VIEW, unit=unit)
    with acting(officer):
        found = usage(actor=officer, since=today().replace(month=1, day=1), until=today())
    assert [(use.code, use.count, use.persons, use.has_ended) for use in found.uses] == [("F07", 1, 2, False)]
    assert [(pair.code, pair.receiver, pair.count) for pair in found.pairs] == [("F07", "Schulteam", 1)]
    assert "F07" not in {rule.id for rule in found.unused}
    assert "F10" in {rule.id for rule in found.unused}


def test_a_rule_that_has_ended_is_told(actor_with):
    unit = UnitFactory()
    logged(unit, rule="F99")
    officer = actor_with(Permission.DISCLOSURE_VIEW, unit=unit)
    with acting(officer):
        found = usage(actor=officer, since=today(), until=today())
    assert [use.code for use in found.ended] == ["F99"]
    assert found.ended[0].rule is None


def test_the_workbook_holds_counts_and_no_names(logged_in):
    unit = UnitFactory()
    logged(unit, receiver=None, outsider_id=unit.pk, outsider_name="Vermieter Vorgestern")
    answer = logged_in(Role.DATA_PROTECTION, unit).get(reverse("protection:used_export"))
    cells = [str(cell) for sheet in sheets(answer.content) for row in sheet for cell in row]
    assert "F07" in cells
    assert not [cell for cell in cells if "Vorgestern" in cell or "MUS-CL" in cell]


def sheets(content):
    import io

    from openpyxl import load_workbook

    book = load_workbook(io.BytesIO(content))
    return [list(sheet.iter_rows(values_only=True)) for sheet in book.worksheets]


def test_a_period_that_ends_before_it_begins_is_refused(logged_in):
    browser = logged_in(Role.DATA_PROTECTION, UnitFactory())
    answer = browser.get(reverse("protection:used") + "?von=01.03.2026&bis=01.02.2026")
    assert answer.status_code == 422
    assert "endet vor seinem Anfang" in answer.content.decode()


@pytest.mark.parametrize("role", [Role.CLERK, Role.HEAD, Role.TECHNICAL, Role.COORDINATION])
def test_the_use_of_rules_is_for_the_officer(logged_in, role):
    browser = logged_in(role, UnitFactory())
    assert browser.get(reverse("protection:used")).status_code == 403
    assert browser.get(reverse("protection:used_export")).status_code == 403


@pytest.mark.parametrize(
    ("query", "shown"),
    [("rule=F07", "A-1"), ("rule=F06", "B-2"), ("kind=export", "C-3"), ("until=31.12.2020", "")],
)
def test_disclosures_are_filtered(logged_in, query, shown):
    unit = UnitFactory()
    logged(unit, reference="A-1")
    logged(unit, rule="F06", reference="B-2")
    logged(unit, rule="E01", reference="C-3", kind="export", receiver=unit, actor_label="Frau Kovač")
    page = logged_in(Role.DATA_PROTECTION, unit).get(f"{reverse('protection:disclosures')}?{query}")
    text = page.content.decode()
    assert [number for number in ("A-1", "B-2", "C-3") if number in text] == ([shown] if shown else [])


def test_disclosures_are_filtered_by_receiver_without_its_name_in_the_address(logged_in):
    unit = UnitFactory()
    logged(unit, reference="A-1")
    logged(unit, reference="B-2", receiver=None, outsider_id=unit.pk, outsider_name="Grundschule Süd")
    browser = logged_in(Role.DATA_PROTECTION, unit)
    page = browser.post(reverse("protection:disclosures"), {"receiver": "grundschule"}, follow=True)
    assert "B-2" in page.content.decode()
    assert "A-1" not in page.content.decode()
    assert "grundschule" not in page.request["QUERY_STRING"]


def test_every_rule_of_the_file_is_on_the_page(logged_in):
    text = logged_in(Role.DATA_PROTECTION, UnitFactory()).get(reverse("protection:rules")).content.decode()
    for rule in flow.flow_rules():
        assert f"{rule.id} · " in text
