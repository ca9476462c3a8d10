"""The flow matrix as a table: every rule of domain.md 3.3 with what it lets through and what not."""

from datetime import date

import pytest

from stafette.protection.data import Category, Feedback, Mode, Occasion, Party
from stafette.protection.flow import decide, flow_rules

DAY = date(2026, 11, 23)
ALL = set(Category.values)
I, Q, D = Occasion.INITIATIVE, Occasion.REQUEST, Occasion.DANGER
S, P, R, C, A, X = Mode.STATUTE, Mode.DUTY, Mode.REQUEST, Mode.CONSENT, Mode.AGGREGATE, Mode.FORBIDDEN

TABLE = [
    # rule, from, to, finding, occasion, mode, free, with consent (a sample that must be in)
    ("F01", "MB", "CL", "", I, S, "core address arrival", ""),
    ("F02", "MB", "WK", "", I, S, "core address count_at_address", ""),
    ("F03", "MB", "ST", "", I, P, "core address family", ""),
    ("F04", "MB", "GA", "", I, P, "core address", ""),
    ("F05", "MB", "AS", "", I, C, "", "core address"),
    ("F06", "CL", "AS", "family_needs_support", I, C, "", "contact needs language"),
    ("F07", "CL", "ST", "child_without_school_place", I, S, "core address language arrival", "school"),
    ("F07a", "CL", "ST", "kindergarten_age", I, C, "", "core school"),
    ("F08", "CL", "WK", "overcrowding", I, S, "address count_at_address", ""),
    ("F08", "CL", "WK", "landlord_certificate_missing", I, S, "address count_at_address", ""),
    ("F09", "CL", "AB", "", I, S, "", ""),
    ("F10", "CL", "NB", "advice_wanted", I, C, "", "core needs"),
    ("F10", "CL", "KIM", "long_term_stay", I, C, "", "core work"),
    ("F11", "CL", "JA", "", D, S, "core family", ""),
    ("F11", "AS", "JA", "", D, S, "core family", ""),
    ("F12", "JA", "AS", "", Q, S, "", ""),
    ("F13", "AS", "ST", "", I, C, "", "school"),
    ("F13", "AS", "CL", "", I, C, "", "core"),
    ("F14", "AS", "WK", "dangerous_defect", I, C, "", "address"),
    ("F15", "WK", "AS", "", I, C, "", "core"),
    ("F15", "WK", "NB", "", I, C, "", "core"),
    ("F16", "WK", "MB", "", I, P, "core address", ""),
    ("F17", "WK", "BA", "", I, S, "address", ""),
    ("F18", "WK", "JC", "", I, X, "", ""),
    ("F18", "WK", "JC", "", Q, R, "core address", ""),
    ("F19", "WK", "AB", "", I, X, "", ""),
    ("F19", "WK", "AB", "", Q, X, "", ""),
    ("F20", "WK", "VM", "", I, S, "address", ""),
    ("F21", "WK", "POL", "", Q, R, "address", ""),
    ("F22", "SCH", "ST", "", I, P, "core school", ""),
    ("F23", "SCH", "AB", "", I, X, "", ""),
    ("F23", "SCH", "POL", "", Q, X, "", ""),
    ("F23", "SCH", "POL", "", D, X, "", ""),
    ("F24", "ST", "AS", "", I, C, "", "core school"),
    ("F25", "GA", "SCH", "", I, S, "core school", ""),
    ("F26", "GA", "CL", "", I, X, "", ""),
    ("F27", "JA", "CL", "", I, X, "", ""),
    ("F27", "JA", "WK", "", I, X, "", ""),
    ("F28", "JA", "JC", "", I, S, "core", ""),
    ("F29", "JA", "AB", "", I, X, "", ""),
    ("F30", "JC", "CL", "", I, C, "", "work"),
    ("F31", "KIM", "JC", "", I, C, "", "work"),
    ("F32", "FT", "CL", "", I, C, "", "core"),
    ("F33", "FT", "AB", "", I, X, "", ""),
    ("F34", "EA", "NB", "", I, C, "", "needs"),
    ("F35", "NB", "EA", "", I, C, "", "contact language"),
    ("F36", "NB", "VM", "", I, C, "", "housing"),
    ("F37", "GU", "IM", "", I, C, "core address", "needs"),
    ("F38", "CL", "LKR", "", I, A, "", ""),
    ("F38", "AS", "LKR", "", I, A, "", ""),
    ("F39", "CL", "AG", "", I, X, "", ""),
    ("F39", "AS", "AG", "", Q, X, "", ""),
    ("F40", "CL", "POL", "", Q, R, "core address", ""),
    ("F41", "MB", "CL", "address_lock", I, X, "", ""),
    ("F42", "CL", "STAT", "", I, A, "", ""),
    ("F43", "BUS", "AB", "", I, P, "", ""),
    ("F44", "CL", "DOL", "", I, S, "", ""),
    ("L01", "AS", "NB", "", I, C, "", "core"),
    ("L02", "NB", "ST", "", I, C, "", "core"),
    ("L03", "ST", "ST", "", I, S, "core", "school"),
]


def ask(sender, receiver, finding="", occasion=I, categories=ALL, on=DAY, **receiver_facts):
    return decide(
        Party(sender),
        Party(receiver, **receiver_facts),
        finding_code=finding,
        categories=categories,
        on=on,
        occasion=occasion,
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
    assert {rule.id for rule in flow_rules()} == {row[0] for row in TABLE}
    numbered = {f"F{number:02d}" for number in range(1, 45)}
    assert numbered <= {rule.id for rule in flow_rules()}


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


def test_rules_are_dated():
    assert not ask("CL", "AS", on=date(2025, 12, 31)).is_possible


def test_only_what_was_asked_for_is_allowed():
    decision = ask("CL", "ST", "child_without_school_place", categories={"core", "insurance"})
    assert decision.allowed == {"core"}
    assert decision.refused == {"insurance"}
