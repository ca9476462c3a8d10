"""Periods per pair of units and finding: read, checked, applied as versions, written back."""

from pathlib import Path

import pytest

from stafette.accounts.models import Authority, ResponseRule, Unit
from stafette.accounts.queries import response_rule
from stafette.blueprints.access import command_line
from stafette.blueprints.commands import apply_blueprint
from stafette.blueprints.queries import changes_of, export
from stafette.blueprints.schema import check

TEXT = (Path(__file__).parents[3] / "blueprints" / "weissenfels.toml").read_text()
EXTRA = """
[[period]]
from = "clearing"
to = "schulteam-stadt"
finding = "child_without_school_place"
receipt_days = 1
answer_days = 1
first_contact_days = 2
feedback_days = 5
"""


def apply(text):
    return apply_blueprint(actor=command_line(), text=text)


def rule_for(finding):
    ids = dict(Unit.objects.values_list("code", "pk"))
    return response_rule(sender_id=ids["clearing"], receiver_id=ids["schulteam-stadt"], finding_code=finding)


def test_a_period_for_a_finding_goes_before_that_for_the_receiver(db):
    apply(TEXT)
    assert rule_for("child_without_school_place").first_contact_days == 3
    assert rule_for("kindergarten_age").first_contact_days == 5
    apply(TEXT + EXTRA)
    rule = rule_for("child_without_school_place")
    assert (rule.code, rule.version) == ("clearing>schulteam-stadt/child_without_school_place", 1)
    assert rule.first_contact_days == 2


def test_a_changed_period_begins_a_new_version_and_one_taken_out_ends(db):
    apply(TEXT + EXTRA)
    apply(TEXT + EXTRA.replace("first_contact_days = 2", "first_contact_days = 4"))
    assert rule_for("child_without_school_place").version == 2
    apply(TEXT)
    assert rule_for("child_without_school_place").code == "*>schulteam-stadt/child_without_school_place"
    old = ResponseRule.objects.filter(code__startswith="clearing>")
    assert {rule.valid_to is None for rule in old} <= {False}


def test_periods_come_back_from_the_export(db):
    apply(TEXT + EXTRA)
    text = export()
    assert 'finding = "child_without_school_place"\nreceipt_days = 1\nanswer_days = 1' in text
    reading = check(text)
    assert reading.errors == []
    assert [change.title for change in changes_of(reading.blueprint) if change.action != "kept"] == []


@pytest.mark.parametrize(
    ("extra", "message", "is_notice"),
    [
        (EXTRA + EXTRA, "Für dieses Paar und diese Feststellung gibt es schon eine Frist", False),
        (EXTRA.replace("child_without", "kind_ohne"), "ist nicht bekannt", False),
        (EXTRA.replace("child_without_school_place", "newborn"), "führt kein Weg dorthin", True),
    ],
)
def test_a_mistake_in_a_period_is_told(extra, message, is_notice):
    reading = check(TEXT + extra)
    found = reading.notices if is_notice else reading.errors
    assert any(message in problem.message for problem in found), [str(one) for one in reading.problems]


def test_periods_for_findings_alone_are_no_period_for_all():
    text = TEXT.replace(
        "[[period]]\nreceipt_days = 2", '[[period]]\nfinding = "newborn"\nreceipt_days = 2', 1
    )
    assert any("ohne from, to und finding" in problem.message for problem in check(text).errors)


def test_a_region_brings_its_holidays_and_must_lie_in_the_land(db):
    wrong = check(TEXT.replace('land = "ST"', 'land = "ST"\nregion = "SN-sorbisch"', 1))
    assert any("liegen in SN" in problem.message for problem in wrong.errors)
    text = TEXT.replace('land = "ST"', 'land = "SN"').replace(
        'land = "SN"', 'land = "SN"\nregion = "SN-sorbisch"', 1
    )
    apply(text)
    assert Authority.objects.filter(region="SN-sorbisch").count() == 1
    assert 'region = "SN-sorbisch"' in export()
