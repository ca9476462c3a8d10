"""Rules about adults' situation and about what the people themselves asked for."""

from __future__ import annotations

from collections.abc import Iterator

from stafette.intake.derivation.facts import HouseholdFacts
from stafette.referrals.data import FindingData

SAID = "Angabe im Gespräch"


def no_health_insurance(facts: HouseholdFacts) -> Iterator[FindingData]:
    """Find people without cover, or with a cover that nobody could make out."""
    sentences = {
        "no": "Die Person ist nach eigener Angabe nicht krankenversichert; eine Versicherung ist Pflicht.",
        "unclear": "Ob die Person krankenversichert ist, blieb unklar.",
    }
    for person in facts.persons:
        said = person.answers.get("insured")
        if said in sentences:
            yield FindingData(
                code="no_health_insurance",
                person_id=person.id,
                reason=sentences[said],
                source="§ 5 SGB V, § 193 Abs. 3 VVG",
                rule_version="insured 1",
            )


def no_work(facts: HouseholdFacts) -> Iterator[FindingData]:
    """Find adults who look for work; who does not look for any is left alone."""
    for adult in facts.adults:
        if adult.answers.get("work_status") == "seeking":
            yield FindingData(
                code="no_work",
                person_id=adult.id,
                reason="Die Person hat keine Arbeit und sucht eine.",
                source=SAID,
                rule_version="work 1",
            )


def language_course(facts: HouseholdFacts) -> Iterator[FindingData]:
    """Find adults who want to learn German."""
    for adult in facts.adults:
        if adult.answers.get("course_wanted") == "yes":
            level = adult.answers.get("german_level")
            known = f" Deutsch bisher: {level}." if level else ""
            yield FindingData(
                code="language_course",
                person_id=adult.id,
                reason=f"Die Person möchte einen Deutschkurs besuchen.{known}",
                source="§ 44 AufenthG",
                rule_version="course 1",
            )


def family_needs_support(facts: HouseholdFacts) -> Iterator[FindingData]:
    """Find families who want somebody to go along with them for a while."""
    if facts.answers.get("family_support") == "yes":
        yield FindingData(
            code="family_needs_support",
            reason="Die Familie wünscht Begleitung durch die aufsuchende Sozialarbeit.",
            source=SAID,
            rule_version="support 1",
        )


def advice_wanted(facts: HouseholdFacts) -> Iterator[FindingData]:
    """Name every topic on which advice was asked for."""
    topics = facts.answers.get("advice_topics") or []
    if topics:
        words = ", ".join(facts.topic_words.get(code, code) for code in topics)
        sentence = f"Beratung gewünscht zu: {words}."
        yield FindingData(
            code="advice_wanted",
            reason=sentence if len(sentence) <= 400 else f"{sentence[:398]} …",
            source=SAID,
            rule_version="advice 1",
        )


def long_term_stay(facts: HouseholdFacts) -> Iterator[FindingData]:
    """Follow the clerk's dated assessment: it proposes long-term advice and nothing else (W-22)."""
    if facts.outlook == "long":
        yield FindingData(
            code="long_term_stay",
            reason=f"Die Familie bleibt wahrscheinlich länger ({facts.outlook_note}).",
            source="Einschätzung der Stelle",
            rule_version="stay 1",
        )
