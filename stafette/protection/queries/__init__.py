"""Questions about what may travel, who agreed, and what travelled."""

from stafette.protection.queries.consents import (
    Coverage,
    consent_by_id,
    consents_of,
    coverage,
    people_of,
    releases,
)
from stafette.protection.queries.deciding import (
    AuthorityLike,
    UnitLike,
    decide,
    decide_outside,
    party_of,
    running_rules,
)
from stafette.protection.queries.disclosures import disclosures, filtered_disclosures

__all__ = [
    "AuthorityLike",
    "Coverage",
    "UnitLike",
    "consent_by_id",
    "consents_of",
    "coverage",
    "decide",
    "decide_outside",
    "disclosures",
    "filtered_disclosures",
    "party_of",
    "people_of",
    "releases",
    "running_rules",
]
