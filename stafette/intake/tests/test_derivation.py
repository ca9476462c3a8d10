"""What follows from a talk, rule by rule; nothing follows from silence."""

from datetime import date
from uuid import UUID

import pytest

from stafette.intake.derivation import RULES, HouseholdFacts, PersonFacts, derive
from stafette.kernel.rules.ages import Birth

ON = date(2026, 3, 2)
CHILD, ADULT, SECOND = UUID(int=1), UUID(int=2), UUID(int=3)
BORN = Birth.of


def child(born, **answers):
    return PersonFacts(
        CHILD, is_child=True, birth=born if isinstance(born, Birth) else BORN(born), answers=answers
    )


def adult(person_id=ADULT, born=date(1990, 5, 5), **answers):
    return PersonFacts(person_id, is_child=False, birth=BORN(born), answers=answers)


def household(*persons, on=ON, land="ST", outlook="", **answers):
    return HouseholdFacts(
        on,
        land,
        persons,
        answers,
        outlook,
        "Einschätzung vom 02.03.2026, Clearing 1",
        {"work": "Arbeit", "kita": "Kita"},
    )


def codes(facts):
    return [finding.code for finding in derive(facts)]


@pytest.mark.parametrize(
    ("land", "born", "expected"),
    [
        ("ST", date(2014, 1, 1), ["child_without_school_place"]),  # S5: duty at once
        ("ST", date(2019, 6, 30), ["child_without_school_place"]),
        ("ST", date(2020, 7, 1), []),  # after the cut-off: not yet
        ("NW", date(2019, 9, 30), ["child_without_school_place"]),
        ("ST", date(2009, 1, 1), ["child_without_school_place"]),  # S7: vocational branch
        ("ST", date(2000, 1, 1), []),
    ],
)
def test_child_without_school_place_by_birth_range_of_the_land(land, born, expected):
    assert codes(household(child(born, school_place="no"), land=land)) == expected


def test_vocational_branch_is_told_apart():
    (finding,) = derive(household(child(date(2009, 1, 1), school_place="no")))

    assert "Berufsschulpflicht" in finding.reason
    assert finding.rule_version.endswith("vocational")


def test_child_with_place_gives_no_finding():
    assert codes(household(child(date(2014, 1, 1), school_place="yes"))) == []


def test_unclear_school_place_is_said_to_be_unclear():
    (finding,) = derive(household(child(date(2014, 1, 1), school_place="unclear")))

    assert "blieb unklar" in finding.reason and finding.person_id == CHILD
    assert "SchulG LSA" in finding.source


def test_incomplete_birth_date_is_named_and_not_guessed():
    (finding,) = derive(household(child(Birth(2014), school_place="no")))

    assert finding.code == "child_without_school_place"


@pytest.mark.parametrize(
    ("born", "answer", "expected"),
    [
        (date(2023, 1, 1), "no", ["kindergarten_age"]),
        (date(2023, 1, 1), "yes", []),
        (date(2014, 1, 1), "no", []),  # school age
    ],
)
def test_kindergarten_age(born, answer, expected):
    assert codes(household(child(born, kita_place=answer))) == expected


def test_newborn_needs_no_answer():
    (finding,) = derive(household(child(date(2025, 12, 1))))

    assert (finding.code, finding.person_id) == ("newborn", CHILD)


@pytest.mark.parametrize(
    ("land", "area", "people", "expected"),
    [
        ("ST", 50, 2, []),
        ("ST", 17, 2, ["overcrowding"]),  # two adults need 18
        ("ST", 49, 8, ["overcrowding"]),  # six more: at least 2 × 9 + 6 × 6 = 54
        ("ST", 49, 6, []),  # ages of four unknown: 42 to 54, no statement
        ("SN", 10, 2, ["overcrowding"]),  # indicator only
        ("NW", 19, 2, ["overcrowding"]),
    ],
)
def test_overcrowding_needs_area_and_people(land, area, people, expected):
    facts = household(adult(), adult(SECOND), land=land, area_m2=area, people_in_dwelling=people)

    assert codes(facts) == expected


def test_overcrowding_is_silent_without_area_or_people():
    assert codes(household(adult(), people_in_dwelling=12)) == []
    assert codes(household(adult(), area_m2=5)) == []


def test_land_without_law_gives_a_comparison_only():
    (finding,) = derive(household(adult(), adult(SECOND), land="SN", area_m2=10, people_in_dwelling=2))

    assert "keine rechtliche Aussage" in finding.reason


@pytest.mark.parametrize(
    ("answers", "expected"),
    [
        ({"landlord_certificate": "no"}, ["landlord_certificate_missing"]),
        ({"landlord_certificate": "no", "landlord_kind": "none"}, []),
        ({"landlord_certificate": "yes"}, []),
        ({"landlord_kind": "tenant"}, ["subletting"]),
        ({"rent_per_bed": "yes"}, ["subletting"]),
        ({"family_support": "yes"}, ["family_needs_support"]),
        ({"family_support": "no"}, []),
        ({"advice_topics": ["work", "kita"]}, ["advice_wanted"]),
        ({"advice_topics": []}, []),
    ],
)
def test_household_answers(answers, expected):
    assert codes(household(adult(), **answers)) == expected


@pytest.mark.parametrize(
    ("answers", "expected"),
    [
        ({"insured": "no"}, ["no_health_insurance"]),
        ({"insured": "unclear"}, ["no_health_insurance"]),
        ({"insured": "yes"}, []),
        ({"work_status": "seeking"}, ["no_work"]),
        ({"work_status": "not_seeking"}, []),
        ({"course_wanted": "yes", "german_level": "A1"}, ["language_course"]),
        ({"course_wanted": "no"}, []),
    ],
)
def test_adult_answers(answers, expected):
    facts = household(adult(**answers))

    assert codes(facts) == expected
    assert all(finding.person_id == ADULT for finding in derive(facts))


@pytest.mark.parametrize(
    ("outlook", "expected"), [("long", ["long_term_stay"]), ("short", []), ("unknown", []), ("", [])]
)
def test_long_term_stay_follows_a_dated_assessment_only(outlook, expected):
    facts = household(adult(stay_wish="long"), outlook=outlook)

    assert codes(facts) == expected
    assert all("02.03.2026, Clearing 1" in finding.reason for finding in derive(facts))


def test_advice_names_every_topic():
    (finding,) = derive(household(adult(), advice_topics=["work", "kita"]))

    assert finding.reason == "Beratung gewünscht zu: Arbeit, Kita."


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.__name__)
def test_nothing_follows_from_what_was_not_said(rule):
    """Not asked and declined are not among the facts: no rule may find anything without them."""
    silent = household(child(date(2014, 1, 1)), child(date(2023, 1, 1)), adult())

    assert list(rule(silent)) == []


def test_every_finding_has_reason_source_and_rule_that_fit_the_table():
    loud = household(
        child(date(2014, 1, 1), school_place="no", insured="no"), child(date(2025, 12, 1), kita_place="no"),
        adult(insured="no", work_status="seeking", course_wanted="yes"),
        outlook="long", area_m2=10, people_in_dwelling=4, landlord_certificate="no", landlord_kind="tenant",
        family_support="yes", advice_topics=["work"],
    )  # fmt: skip

    findings = derive(loud)

    assert {finding.code for finding in findings} == {rule.__name__ for rule in RULES}
    for finding in findings:
        assert finding.reason.endswith((".", ")")) and len(finding.reason) <= 400
        assert finding.source and len(finding.source) <= 200 and len(finding.rule_version) <= 60
