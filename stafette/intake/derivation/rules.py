"""All rules on one page, in the order in which the clerk reads the findings."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from stafette.intake.derivation.children import child_without_school_place, kindergarten_age, newborn
from stafette.intake.derivation.facts import HouseholdFacts
from stafette.intake.derivation.housing import landlord_certificate_missing, overcrowding, subletting
from stafette.intake.derivation.wishes import (
    advice_wanted,
    family_needs_support,
    language_course,
    long_term_stay,
    no_health_insurance,
    no_work,
)
from stafette.referrals.data import FindingData

Rule = Callable[[HouseholdFacts], Iterator[FindingData]]

RULES: tuple[Rule, ...] = (
    child_without_school_place,
    kindergarten_age,
    newborn,
    no_health_insurance,
    overcrowding,
    landlord_certificate_missing,
    subletting,
    no_work,
    language_course,
    family_needs_support,
    advice_wanted,
    long_term_stay,
)


def derive(facts: HouseholdFacts) -> list[FindingData]:
    """Apply every rule to the facts of one talk."""
    return [finding for rule in RULES for finding in rule(facts)]
