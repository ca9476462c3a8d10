"""The flow matrix as a table: every rule of domain.md 3.3 with what it lets through and what not."""

from datetime import date, timedelta

import pytest

from stafette.accounts.models import UnitKind
from stafette.kernel.rules.table import RuleDataError
from stafette.protection.data import STRICT, Category, Condition, Feedback, Mode, Occasion, Party
from stafette.protection.flow import Request, decide, flow_rules, months_before

DAY = date(2026, 11, 23)
ALL = set(Category.values)
INI, Q, D, N = Occasion.INITIATIVE, Occasion.REQUEST, Occasion.DANGER, Occasion.NOTICE
ASKED = Request(DAY, has_reason=True, by_head=True)
S, P, R, C, A, X = Mode.STATUTE, Mode.DUTY, Mode.REQUEST, Mode.CONSENT, Mode.AGGREGATE, Mode.FORBIDDEN

TABLE = [
    # rule, from, to, finding, occasion, mode, free, with consent (a sample that must be in)
    ("F01", "MB", "CL", "", INI, S, "core address arrival", ""),
    ("F02", "MB", "WK", "", INI, S, "core address count_at_address", ""),
    ("F03", "MB", "ST", "", INI, P, "core address family", ""),
    ("F04", "MB", "GA", "", INI, P, "core address", ""),
    ("F05", "MB", "AS", "", INI, C, "", "core address"),
    ("F06", "CL", "AS", "family_needs_support", INI, C, "", "contact needs language"),
    ("F07", "CL", "ST", "child_without_school_place", INI, S, "core address language arrival", "school"),
    ("F07a", "CL", "ST", "kindergarten_age", INI, C, "", "core school"),
    ("F08", "CL", "WK", "overcrowding", INI, S, "address count_at_address", ""),
    ("F08", "CL", "WK", "landlord_certificate_missing", INI, S, "address count_at_address", ""),
    ("F09", "CL", "AB", "", INI, S, "", ""),
    ("F10", "CL", "NB", "advice_wanted", INI, C, "", "core needs"),
    ("F10", "CL", "KIM", "long_term_stay", INI, C, "", "core work"),
    *(
        ("F11", sender, "JA", "", D, S, "core family", "")
        for sender in ("CL", "WK", "NB", "ST", "KIM", "FT", "SCH")
    ),
    ("F11", "AS", "JA", "", D, S, "core family", ""),
    *(("F12", "JA", receiver, "", Q, S, "", "") for receiver in ("AS", "CL", "ST", "SCH")),
    ("F13", "AS", "ST", "", INI, C, "", "school"),
    ("F13", "AS", "CL", "", INI, C, "", "core"),
    ("F14", "AS", "WK", "dangerous_defect", INI, C, "", "address"),
    ("F15", "WK", "AS", "", INI, C, "", "core"),
    ("F15", "WK", "NB", "", INI, C, "", "core"),
    ("F16", "WK", "MB", "", INI, P, "core address", ""),
    ("F17", "WK", "BA", "", INI, S, "address", ""),
    ("F18", "WK", "JC", "", INI, X, "", ""),
    ("F18a", "WK", "JC", "", Q, R, "core address", ""),
    ("F19", "WK", "AB", "", INI, X, "", ""),
    ("F19", "WK", "AB", "", Q, X, "", ""),
    ("F19", "WK", "AB", "", D, X, "", ""),
    ("F19a", "WK", "AB", "", N, P, "core address", ""),
    ("F20", "WK", "VM", "", INI, S, "address", ""),
    ("F21", "WK", "POL", "", Q, R, "address", ""),
    ("F22", "SCH", "ST", "", INI, P, "core school", ""),
    *(("F23", "SCH", body, "", when, X, "", "") for body in ("AB", "POL", "ZOLL") for when in Occasion),
    ("F24", "ST", "AS", "", INI, C, "", "core school"),
    ("F25", "GA", "SCH", "", INI, S, "core school", ""),
    *(("F26", "GA", "CL", "", when, X, "", "") for when in Occasion),
    ("F26", "GA", "POL", "", Q, X, "", ""),
    ("F26", "GA", "AB", "", Q, X, "", ""),
    *(("F27", "JA", receiver, "", INI, X, "", "") for receiver in ("CL", "WK", "ST", "NB")),
    *(("F27", "JA", receiver, "", D, X, "", "") for receiver in ("CL", "WK", "ST", "NB")),
    ("F28", "JA", "JC", "", INI, S, "core", ""),
    ("F29", "JA", "AB", "", INI, X, "", ""),
    ("F29a", "JA", "AB", "", Q, R, "", ""),
    ("", "JA", "AB", "", D, X, "", ""),
    ("F30", "JC", "CL", "", INI, C, "", "work"),
    ("F30", "JC", "KIM", "", INI, C, "", "work"),
    ("F31", "JC", "KIM", "joint_case", INI, C, "", "work housing"),
    ("F31a", "KIM", "JC", "", INI, C, "", "work"),
    ("", "JC", "JC", "", INI, X, "", ""),
    ("F32", "FT", "CL", "", INI, C, "", "core"),
    ("F33", "FT", "AB", "", INI, X, "", ""),
    ("F34", "EA", "NB", "", INI, C, "", "needs"),
    ("F35", "NB", "EA", "", INI, C, "", "contact language"),
    ("F36", "NB", "VM", "", INI, C, "", "housing"),
    ("F37", "GU", "IM", "", INI, S, "core address", "needs"),
    ("F38", "CL", "LKR", "", INI, A, "", ""),
    *(("F38", sender, "LKR", "", when, A, "", "") for sender in ("AS", "EA", "JA") for when in Occasion),
    ("F39", "CL", "AG", "", INI, X, "", ""),
    ("F39", "AS", "AG", "", Q, X, "", ""),
    ("F40", "CL", "POL", "", Q, R, "core address", ""),
    ("F40", "CL", "ZOLL", "", Q, R, "core address", ""),
    *(("", "CL", "POL", "", when, X, "", "") for when in (INI, D, N)),
    ("F41", "MB", "CL", "address_lock", INI, X, "", ""),
    ("F42", "CL", "STAT", "", INI, A, "", ""),
    ("F43", "BUS", "AB", "", INI, P, "", ""),
    ("F44", "CL", "DOL", "", INI, S, "", ""),
    ("L01", "AS", "NB", "", INI, C, "", "core"),
    ("L02", "NB", "ST", "", INI, C, "", "core"),
    ("L03", "ST", "ST", "", INI, S, "core", "school"),
    ("L04", "ST", "SCH", "place_free", INI, S, "core", "language"),
    ("L05", "CL", "SCH", "attends", INI, C, "", "core language"),
    ("L06", "AS", "ARZ", "appointment_kept", INI, C, "", "core contact"),
    ("L07", "CL", "AG", "still_employed", INI, C, "", "core"),
    ("L08", "NB", "VM", "certificate_issued", INI, C, "", "core address"),
    ("L09", "KIM", "BEH", "application_received", INI, C, "", "core"),
    ("E01", "CL", "SELF", "", INI, S, "core", ""),
    ("E02", "NB", "FAM", "", INI, S, "core", ""),
]
GIVEN = {D: {Condition.REASON}, N: {Condition.FOUR_EYES}}


def ask(sender, receiver, finding="", occasion=INI, categories=ALL, on=DAY, **receiver_facts):
    return decide(
        Party(sender),
        Party(receiver, **receiver_facts),
        finding_code=finding,
        categories=categories,
        on=on,
        occasion=occasion,
        given=GIVEN.get(occasion, ()),
        request=ASKED if occasion == Q else None,
    )


@pytest.mark.parametrize(
    ("rule", "sender", "receiver", "finding", "occasion", "mode", "free", "consented"), TABLE
)
def test_each_rule_lets_through_what_the_matrix_says(
    rule, sender, receiver, finding, occasion, mode, free, consented
):
    decision = ask(sender, receiver, finding, occasion, is_bound=True)
    assert (decision.rule, decision.mode) == (rule, mode)
    assert set(free.split()) <= decision.allowed
    assert bool(free) == bool(decision.allowed)
    assert set(consented.split()) <= decision.needs_consent
    assert bool(consented) == bool(decision.needs_consent)
    assert decision.norm in decision.sentence


def test_the_table_names_every_rule_of_the_file():
    assert {rule.id for rule in flow_rules()} == {row[0] for row in TABLE} - {""}
    numbered = {f"F{number:02d}" for number in range(1, 45)}
    assert numbered <= {rule.id for rule in flow_rules()}


def test_every_sender_and_receiver_of_every_rule_is_decided_by_it_or_by_a_closer_one():
    """No rule is dead: for each it names, some occasion and finding leads to it."""
    for rule in flow_rules():
        met = {
            ask(sender.replace("*", "CL"), receiver.replace("*", "NB"), finding, occasion, is_bound=True).rule
            for sender in rule.senders
            for receiver in rule.receivers
            for finding in rule.findings or [""]
            for occasion in rule.occasions or Occasion
        }
        assert rule.id in met, rule.id


def test_every_rule_has_source_status_norm_and_one_sentence():
    for rule in flow_rules():
        assert rule.head.source.law
        assert rule.head.status
        assert rule.norm
        assert rule.sentence.endswith(".")
        assert "\n" not in rule.says
        assert not rule.categories & rule.consent_categories, rule.id


def test_no_way_opens_to_aliens_authority_police_or_customs_without_request_or_second_person():
    for sender in UnitKind.values:
        for receiver in ("AB", "POL", "ZOLL"):
            for occasion in Occasion:
                found = decide(
                    Party(sender), Party(receiver), finding_code="", categories=ALL, on=DAY, occasion=occasion
                )
                assert not found.is_possible, (sender, receiver, occasion, found.rule)


def test_every_sentence_names_rule_and_norm_for_every_pair_of_units():
    for sender in UnitKind.values:
        for receiver in UnitKind.values:
            found = ask(sender, receiver)
            assert found.sentence.endswith(f"({found.norm})")
            assert found.allowed | found.needs_consent | found.refused == ALL


def test_what_no_rule_names_is_denied():
    decision = ask("CL", "JC")
    assert (decision.mode, decision.rule, decision.is_possible) == (X, "", False)
    assert decision.refused == ALL


def test_danger_opens_the_way_to_the_youth_office_and_nothing_else_does():
    assert not ask("CL", "JA").is_possible
    assert ask("CL", "JA", occasion=D).allowed


def test_request_rules_need_a_request():
    assert not ask("WK", "POL").is_possible
    assert not ask("CL", "POL").is_possible


@pytest.mark.parametrize(
    ("request_", "missing"),
    [
        (None, "Ersuchen"),
        (Request(DAY, has_reason=False, by_head=True), "mit Begründung"),
        (Request(DAY, has_reason=True, by_head=False), "Leitung"),
        (Request(date(2026, 5, 22), has_reason=True, by_head=True), "zu alt"),
        (Request(DAY + timedelta(days=1), has_reason=True, by_head=True), "zu alt"),
    ],
)
def test_the_police_gets_nothing_without_a_fresh_reasoned_request_that_the_head_decides(request_, missing):
    found = decide(
        Party("CL"), Party("POL"), finding_code="", categories=ALL, on=DAY, occasion=Q, request=request_
    )
    assert (found.rule, found.mode, found.is_possible) == ("F40", R, False)
    assert missing in found.sentence


def test_a_request_of_six_months_ago_to_the_day_still_counts():
    found = decide(
        *(Party("CL"), Party("POL")),
        finding_code="",
        categories=ALL,
        on=DAY,
        occasion=Q,
        request=Request(date(2026, 5, 23), has_reason=True, by_head=True),
    )
    assert found.allowed == {"core", "address"}
    assert found.refused == ALL - {"core", "address"}


def test_months_are_counted_back_to_the_last_day_of_a_shorter_month():
    assert months_before(date(2026, 8, 31), 6) == date(2026, 2, 28)
    assert months_before(date(2026, 3, 1), 6) == date(2025, 9, 1)


def test_danger_to_a_child_needs_no_consent_but_reasons():
    without = decide(Party("CL"), Party("JA"), finding_code="", categories={"core"}, on=DAY, occasion=D)
    assert not without.is_possible
    assert "Gründe" in without.sentence
    reasoned = ask("CL", "JA", occasion=D, categories={"core"})
    assert reasoned.allowed == {"core"}
    assert not reasoned.needs_consent
    assert Condition.FAMILY_FIRST in reasoned.conditions


def test_a_notice_to_the_aliens_authority_needs_a_second_person():
    alone = decide(Party("WK"), Party("AB"), finding_code="", categories=ALL, on=DAY, occasion=N)
    assert not alone.is_possible
    assert "zweite Person" in alone.sentence
    assert ask("WK", "AB", occasion=N).allowed == {"core", "address"}


@pytest.mark.parametrize("sender", ["CL", "AS", "NB", "ST", "KIM", "JA", "SCH", "FT"])
def test_only_the_unit_that_may_can_give_notice(sender):
    assert not ask(sender, "AB", occasion=N).is_possible


def test_strict_conditions_are_asked_for_wherever_a_rule_names_them():
    for rule in flow_rules():
        assert set(rule.conditions) & STRICT <= rule.strict
        if rule.mode is R:
            assert Condition.REQUESTED in rule.strict, rule.id


def test_health_and_secrecy_need_a_written_consent_and_a_release():
    found = ask("CL", "ARZ", "appointment_kept", is_bound=True)
    assert found.needs_written
    assert {Condition.WRITTEN, Condition.RELEASE} <= set(found.conditions)
    assert not ask("CL", "AS").needs_written
    for sender, receiver in (("AS", "CL"), ("KIM", "JC"), ("AS", "NB")):
        assert Condition.RELEASE in ask(sender, receiver).conditions


RULE = """[[rule]]
id = "A"
name = "Probe"
from = ["CL"]
to = ["AS"]
mode = "consent"
categories = []
feedback = "none"
norm = "§ 1"
sentence = "Probe."
{more}
valid_from = 2026-01-01
source = {{ law = "Probe", section = "–", date = 2026-11-22 }}
status = "default"
"""


@pytest.mark.parametrize(
    ("text", "says"),
    [
        (RULE.format(more="") * 2, "zwei Einträge"),
        (RULE.format(more='conditions = ["fresh"]'), "request_months"),
        (RULE.format(more="request_months = 6"), "request_months"),
        (RULE.format(more='conditions = ["erfunden"]'), "unbekannt"),
        (RULE.format(more='categories = ["religion"]').replace("categories = []\n", ""), "unbekannt"),
    ],
)
def test_a_wrong_file_is_refused_with_its_place(tmp_path, text, says):
    (tmp_path / "flow.toml").write_text(text, encoding="utf-8")
    with pytest.raises(RuleDataError, match=says):
        flow_rules(tmp_path)


def test_housing_control_never_gets_names_contact_or_needs():
    decision = ask("CL", "WK", "overcrowding")
    assert decision.allowed == {"address", "count_at_address"}
    assert not decision.needs_consent
    assert decision.feedback == Feedback.HANDLED


def test_another_finding_to_housing_control_is_denied():
    assert not ask("CL", "WK", "no_health_insurance").is_possible


def test_proofs_of_free_movement_retain_nothing():
    assert not ask("CL", "AB").is_possible


@pytest.mark.parametrize(
    ("sender", "receiver"), [("SCH", "AB"), ("JA", "CL"), ("JA", "ST"), ("GA", "NB"), ("FT", "AB")]
)
@pytest.mark.parametrize("finding", ["", "overcrowding", "child_without_school_place"])
def test_forbidden_ways_stay_forbidden_whatever_was_found(sender, receiver, finding):
    assert ask(sender, receiver, finding).mode is X


def test_charity_without_declaration_gets_nothing():
    decision = ask("CL", "FT", "advice_wanted", is_public=False)
    assert decision.mode is X
    assert "§ 61" in decision.norm
    assert not decision.is_possible


def test_charity_with_declaration_gets_what_people_consent_to():
    decision = ask("CL", "FT", "advice_wanted", is_public=False, is_bound=True)
    assert decision.mode is C
    assert decision.needs_consent


def test_a_declaration_does_not_open_what_is_forbidden():
    assert ask("GA", "FT", is_public=False, is_bound=True).mode is X


@pytest.mark.parametrize("kind", ["AG", "ARZ", "VM", "BEH"])
def test_partners_learn_nothing_beyond_the_questions_that_a_rule_names(kind):
    assert not ask("CL", kind, "family_needs_support", is_bound=True).is_possible


def test_rules_are_dated():
    assert not ask("CL", "AS", on=date(2025, 12, 31)).is_possible


def test_only_what_was_asked_for_is_allowed():
    decision = ask("CL", "ST", "child_without_school_place", categories={"core", "insurance"})
    assert decision.allowed == {"core"}
    assert decision.refused == {"insurance"}
