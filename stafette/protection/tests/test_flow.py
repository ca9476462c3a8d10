"""The flow matrix as a table: every rule of domain.md 3.3 with what it lets through and what not."""

from datetime import date

import pytest

from stafette.protection.data import Category, Feedback, Mode, Occasion, Party
from stafette.protection.flow import decide, flow_rules

DAY = date(2026, 11, 23)
ALL = set(Category.values)
INI, Q, D = Occasion.INITIATIVE, Occasion.REQUEST, Occasion.DANGER
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
    ("F11", "CL", "JA", "", D, S, "core family", ""),
    ("F11", "AS", "JA", "", D, S, "core family", ""),
    ("F12", "JA", "AS", "", Q, S, "", ""),
    ("F13", "AS", "ST", "", INI, C, "", "school"),
    ("F13", "AS", "CL", "", INI, C, "", "core"),
    ("F14", "AS", "WK", "dangerous_defect", INI, C, "", "address"),
    ("F15", "WK", "AS", "", INI, C, "", "core"),
    ("F15", "WK", "NB", "", INI, C, "", "core"),
    ("F16", "WK", "MB", "", INI, P, "core address", ""),
    ("F17", "WK", "BA", "", INI, S, "address", ""),
    ("F18", "WK", "JC", "", INI, X, "", ""),
    ("F18", "WK", "JC", "", Q, R, "core address", ""),
    ("F19", "WK", "AB", "", INI, X, "", ""),
    ("F19", "WK", "AB", "", Q, X, "", ""),
    ("F20", "WK", "VM", "", INI, S, "address", ""),
    ("F21", "WK", "POL", "", Q, R, "address", ""),
    ("F22", "SCH", "ST", "", INI, P, "core school", ""),
    ("F23", "SCH", "AB", "", INI, X, "", ""),
    ("F23", "SCH", "POL", "", Q, X, "", ""),
    ("F23", "SCH", "POL", "", D, X, "", ""),
    ("F24", "ST", "AS", "", INI, C, "", "core school"),
    ("F25", "GA", "SCH", "", INI, S, "core school", ""),
    ("F26", "GA", "CL", "", INI, X, "", ""),
    ("F27", "JA", "CL", "", INI, X, "", ""),
    ("F27", "JA", "WK", "", INI, X, "", ""),
    ("F28", "JA", "JC", "", INI, S, "core", ""),
    ("F29", "JA", "AB", "", INI, X, "", ""),
    ("F30", "JC", "CL", "", INI, C, "", "work"),
    ("F31", "KIM", "JC", "", INI, C, "", "work"),
    ("F32", "FT", "CL", "", INI, C, "", "core"),
    ("F33", "FT", "AB", "", INI, X, "", ""),
    ("F34", "EA", "NB", "", INI, C, "", "needs"),
    ("F35", "NB", "EA", "", INI, C, "", "contact language"),
    ("F36", "NB", "VM", "", INI, C, "", "housing"),
    ("F37", "GU", "IM", "", INI, C, "core address", "needs"),
    ("F38", "CL", "LKR", "", INI, A, "", ""),
    ("F38", "AS", "LKR", "", INI, A, "", ""),
    ("F39", "CL", "AG", "", INI, X, "", ""),
    ("F39", "AS", "AG", "", Q, X, "", ""),
    ("F40", "CL", "POL", "", Q, R, "core address", ""),
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
]


def ask(sender, receiver, finding="", occasion=INI, categories=ALL, on=DAY, **receiver_facts):
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


@pytest.mark.parametrize("kind", ["AG", "ARZ", "VM", "BEH"])
def test_partners_learn_nothing_beyond_the_questions_that_a_rule_names(kind):
    assert not ask("CL", kind, "family_needs_support", is_bound=True).is_possible


def test_rules_are_dated():
    assert not ask("CL", "AS", on=date(2025, 12, 31)).is_possible


def test_only_what_was_asked_for_is_allowed():
    decision = ask("CL", "ST", "child_without_school_place", categories={"core", "insurance"})
    assert decision.allowed == {"core"}
    assert decision.refused == {"insurance"}
