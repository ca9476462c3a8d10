"""Rules about children: school duty, day care, newborns. Ages and laws are data of the Land (rules/)."""

from __future__ import annotations

from collections.abc import Iterator

from stafette.intake.derivation.facts import HouseholdFacts, PersonFacts, day
from stafette.kernel.rules import ages
from stafette.kernel.rules.school_duty import Group, Newcomer, SchoolStatus, Stage, school_status
from stafette.referrals.data import FindingData

NOT_SURE = {"no": "", "unclear": " Ob schon ein Platz da ist, blieb unklar."}
ASYLUM = {"gestattet", "geduldet"}


def child_without_school_place(facts: HouseholdFacts) -> Iterator[FindingData]:
    """Find children who must or may go to school and have no place; 16 to 18 belong to the vocational branch."""
    for child in facts.persons:
        said = child.answers.get("school_place")
        if child.birth is None or said not in NOT_SURE:
            continue
        status = _school_status(child, facts)
        if status.needs_school_place or status.stage is Stage.VOCATIONAL:
            yield FindingData(
                code="child_without_school_place",
                person_id=child.id,
                reason=f"Kein Schulplatz. {status.sentence}{NOT_SURE[said]}",
                source=str(status.source),
                rule_version=f"school_place 1 · {status.rule} · {status.stage}",
            )


def kindergarten_age(facts: HouseholdFacts) -> Iterator[FindingData]:
    """Find children below school age with a claim to day care and no place."""
    for child in facts.persons:
        said = child.answers.get("kita_place")
        if child.birth is None or said not in NOT_SURE:
            continue
        claim = ages.day_care_entitlement(child.birth, facts.on, facts.land)
        if claim.holds is False or _school_status(child, facts).stage not in (
            Stage.KINDERGARTEN,
            Stage.NOT_YET,
        ):
            continue
        yield FindingData(
            code="kindergarten_age",
            person_id=child.id,
            reason=f"Kein Betreuungsplatz. {claim.sentence}{NOT_SURE[said]}",
            source=str(claim.source),
            rule_version=f"kita_place 1 · {claim.rule}",
        )


def newborn(facts: HouseholdFacts) -> Iterator[FindingData]:
    """Find newborns by their date of birth alone, so that early help can be offered."""
    for child in facts.persons:
        if child.birth is None:
            continue
        answer = ages.newborn(child.birth, facts.on)
        if answer.holds:
            yield FindingData(
                code="newborn",
                person_id=child.id,
                reason=f"{answer.sentence} Frühe Hilfen sind ein freiwilliges Angebot.",
                source="§ 3 Abs. 4 KKG",
                rule_version=f"newborn 1 · {answer.rule}",
            )


def _school_status(child: PersonFacts, facts: HouseholdFacts) -> SchoolStatus:
    assert child.birth is not None
    residence = {adult.answers.get("residence_status") for adult in facts.adults}
    newcomer = Newcomer(
        group=Group.ASYLUM if residence & ASYLUM else Group.OTHER,
        arrived_on=day(facts.answers, "arrived_on"),
    )
    return school_status(child.birth, facts.on, facts.land, newcomer=newcomer)
