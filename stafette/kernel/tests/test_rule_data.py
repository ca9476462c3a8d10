"""The rule files load whole, say where everything stands, and name file and place of a mistake."""

import re
import shutil
from datetime import date

import pytest

from stafette.kernel.rules.ages import age_rules
from stafette.kernel.rules.dated import Status, pick
from stafette.kernel.rules.deadline_rules import (
    notification_rules,
    registration_rules,
    retention_classes,
    target_rules,
)
from stafette.kernel.rules.describe import describe_rules
from stafette.kernel.rules.occupancy_rules import occupancy_rule, occupancy_rules
from stafette.kernel.rules.oversight_rules import oversight_rules
from stafette.kernel.rules.school_rules import school_rules
from stafette.kernel.rules.table import RULES, RuleDataError, open_rules
from stafette.kernel.workdays import calendar_rules

READERS = {
    "occupancy": occupancy_rules,
    "ages": age_rules,
    "registration": registration_rules,
    "school_duty": school_rules,
    "targets": target_rules,
    "retention": retention_classes,
    "calendar": calendar_rules,
    "oversight": oversight_rules,
}
MISTAKES = [
    (
        "occupancy",
        "flat_adult = { m2 = 9 }",
        'flat_adult = { m2 = "neun" }',
        "rule[1].flat_adult.m2: Zahl erwartet",
    ),
    ("occupancy", "flat_adult = { m2 = 9 }", "flat_adult = { m2 = 0 }", "rule[1].flat_adult.m2: muss größer"),
    (
        "occupancy",
        "flat_child = { m2 = 6 }",
        "flat_kind = { m2 = 6 }",
        "rule[1].flat_kind: unbekannter Eintrag",
    ),
    ("occupancy", 'mode = "binding"', 'mode = "strict"', "rule[1].mode: einer von binding, indicator"),
    ("occupancy", 'land = "NW"', 'land = "NRW"', "rule[1].land: amtliche Abkürzung"),
    (
        "occupancy",
        "valid_to = 2021-06-30",
        "valid_to = 2021-07-01",
        "zwei Einträge für NW gelten am 01.07.2021",
    ),
    ("occupancy", "valid_to = 2021-06-30", "valid_to = 2001-06-30", "rule[1].valid_to: liegt vor valid_from"),
    ("occupancy", "valid_from = 2014-04-30", "", "rule[1].valid_from: Datum fehlt"),
    ("occupancy", 'status = "reported"', 'status = "sure"', "rule[1].status: einer von read"),
    ("ages", "below_years = 1", "below_years = true", "newborn.below_years: ganze Zahl erwartet"),
    ("ages", "below_years = 1", "below_years = ", "kein gültiges TOML"),
    ("school_duty", 'starts = "08-01"', 'starts = "13-01"', "school_year.starts: Monat-Tag"),
    ("school_duty", "born_to = 2018-06-30", "born_to = 2018-06-29", "years[2].born_from: schließt nicht an"),
    ("retention", 'period = "P30D"', 'period = "30 Tage"', "class[2].period: Dauer wie"),
    ("registration", 'situation = "for_good"', 'situation = "x"', "rule[1].situation: einer von"),
    ("targets", 'unit = "weeks"', 'unit = "years"', "target[8].unit: einer von"),
    ("targets", 'unit = "times"', 'unit = "weeks"', "limit[3].unit: einer von calendar_days"),
    ("calendar", 'month_day = "12-24"', "month_day = 1224", "closing_day[1].month_day: Text erwartet"),
]


@pytest.fixture
def folder(tmp_path):
    shutil.copytree(RULES, tmp_path, dirs_exist_ok=True)
    return tmp_path


@pytest.mark.parametrize(("name", "right", "wrong", "message"), MISTAKES)
def test_mistake_is_reported_with_file_and_place(folder, name, right, wrong, message):
    path = folder / f"{name}.toml"
    content = path.read_text(encoding="utf-8")
    assert right in content
    path.write_text(content.replace(right, wrong, 1), encoding="utf-8")
    with pytest.raises(RuleDataError, match=re.escape(message)) as caught:
        READERS[name](folder)
    assert f"rules/{name}.toml" in str(caught.value)


def test_missing_file_is_reported(tmp_path):
    with pytest.raises(RuleDataError, match="Datei fehlt"):
        open_rules("occupancy", tmp_path)


ELSEWHERE = {
    "accessibility": "stafette/portal/rules.py",
    "assessment": "stafette/reports/rules.py",
    "child": "stafette/notices/child_rules.py",
    "consent": "stafette/protection/life.py",
    "emergency": "stafette/portal/rules.py",
    "flow": "stafette/protection/flow.py",
    "glass": "stafette/notices/glass_rules.py",
    "joint": "stafette/reports/rules.py",
    "keys": "stafette/casework/rules.py",
    "outbound": "stafette/notices/outbound_rules.py",
    "oversight": "stafette/kernel/rules/oversight_rules.py",
    "processing": "stafette/reports/rules.py",
    "purge": "stafette/retention/periods.py",
    "ranking": "stafette/directory/search/weights.py",
    "rights": "stafette/rights/rules.py",
    "supervision": "stafette/oversight/supervision.py",
    "upkeep": "stafette/upkeep/rules.py",
    "watchwords": "stafette/kernel/rules/watchwords.py",
}


def test_every_rule_file_has_a_reader():
    assert {path.stem for path in RULES.glob("*.toml")} == {*READERS, *ELSEWHERE}
    for name, path in ELSEWHERE.items():
        assert f'open_rules("{name}"' in (RULES.parent / path).read_text(encoding="utf-8"), path


def test_rules_are_read_once():
    for reader in READERS.values():
        assert reader() is reader()


@pytest.mark.parametrize(
    ("land", "on", "rule"),
    [
        ("NW", date(2021, 6, 30), "NW-2014"),
        ("NW", date(2021, 7, 1), "NW-2021"),
        ("ST", date(2026, 1, 1), "ST-2018"),
        ("ST", date(2018, 11, 28), "other-indicator"),
        ("TH", date(2026, 1, 1), "other-indicator"),
    ],
)
def test_rule_of_land_and_day(land, on, rule):
    assert occupancy_rule(land, on).id == rule


def test_pick_refuses_unknown_land():
    with pytest.raises(ValueError, match="unknown Land"):
        pick(occupancy_rules().rules, "XX", date(2026, 1, 1))


def test_single_value_may_be_less_certain_than_its_rule():
    rule = occupancy_rule("NW", date(2020, 1, 1))
    assert rule.room_adult is not None
    assert (rule.head.status, rule.room_adult.status) == (Status.REPORTED, Status.GENERAL_KNOWLEDGE)


def test_notification_rules_leave_no_gap():
    first, second = sorted(notification_rules(), key=lambda rule: rule.head.valid_from)
    assert (first.head.valid_to, second.head.valid_from) == (date(2024, 12, 31), date(2025, 1, 1))


def test_limits_hold_from_their_day_on():
    rules = target_rules()
    assert rules.limit("suspension_once", date(2026, 11, 22)) == 60
    assert rules.limit("reopening_days", date(2030, 1, 1)) == 180
    with pytest.raises(LookupError, match="no limit suspension_once on 2025-12-31"):
        rules.limit("suspension_once", date(2025, 12, 31))


def test_docs_show_the_rules_as_they_are():
    page = RULES.parent / "docs" / "regeln.md"
    assert page.read_text(encoding="utf-8") == describe_rules(), (
        "docs/regeln.md ist nicht aktuell: python -m stafette.kernel.rules.describe"
    )
