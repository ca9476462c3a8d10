"""Rules about the dwelling. They judge the dwelling, not the people in it."""

from __future__ import annotations

from collections.abc import Iterator

from stafette.intake.derivation.facts import HouseholdFacts, number
from stafette.kernel.rules.occupancy import OccupancyStatus, Occupant, check_flat
from stafette.referrals.data import FindingData

TOO_SMALL = {OccupancyStatus.TIGHT, OccupancyStatus.OVERCROWDED}


def overcrowding(facts: HouseholdFacts) -> Iterator[FindingData]:
    """Compare area and people with the Land's minimum; where ages decide and are unknown, nothing is said.

    Those who live there besides the household count with unknown age. In a Land without such a law the sentence
    says that it is a comparison only.
    """
    area = number(facts.answers, "area_m2")
    people = number(facts.answers, "people_in_dwelling")
    if not area or not people:
        return
    others = max(0, int(people) - len(facts.persons))
    occupants = [Occupant(person.birth, key=str(person.id)) for person in facts.persons]
    result = check_flat(
        land=facts.land, on=facts.on, area=area, occupants=occupants + [Occupant(None)] * others
    )
    if result.status in TOO_SMALL:
        yield FindingData(
            code="overcrowding",
            reason=result.sentence,
            source=result.source,
            rule_version=f"overcrowding 1 · {result.rule}",
        )


def landlord_certificate_missing(facts: HouseholdFacts) -> Iterator[FindingData]:
    """Find a missing confirmation by the landlord, without which registration stays incomplete."""
    if facts.answers.get("landlord_certificate") == "no" and facts.answers.get("landlord_kind") != "none":
        yield FindingData(
            code="landlord_certificate_missing",
            reason="Die Wohnungsgeberbestätigung fehlt; wer die Wohnung gibt, muss sie binnen zwei Wochen ausstellen.",
            source="§ 19 BMG",
            rule_version="landlord_certificate 1",
        )


def subletting(facts: HouseholdFacts) -> Iterator[FindingData]:
    """Find signs of letting on, which leave the family without protection as tenants."""
    by_bed = facts.answers.get("rent_per_bed") == "yes"
    if by_bed or facts.answers.get("landlord_kind") == "tenant":
        said = (
            "Es wird für einen Schlafplatz gezahlt"
            if by_bed
            else "Die Wohnung kommt von jemandem, der selbst Mieter ist"
        )
        yield FindingData(
            code="subletting",
            reason=f"{said}: Das Mietverhältnis ist vielleicht nicht gesichert.",
            source="§§ 540, 553 BGB",
            rule_version="sublet 1",
        )
