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
from stafette.protection.queries.given import (
    all_consents,
    consent_counts,
    filtered_consents,
    household_names,
    on_one_sheet,
    receipt_facts,
    receivers_for,
    remind_from,
    withdrawal_facts,
    withdrawal_notes,
)

__all__ = [
    "AuthorityLike",
    "Coverage",
    "UnitLike",
    "all_consents",
    "consent_by_id",
    "consent_counts",
    "consents_of",
    "coverage",
    "decide",
    "decide_outside",
    "disclosures",
    "filtered_consents",
    "filtered_disclosures",
    "household_names",
    "on_one_sheet",
    "party_of",
    "people_of",
    "receipt_facts",
    "receivers_for",
    "releases",
    "remind_from",
    "running_rules",
    "withdrawal_facts",
    "withdrawal_notes",
]
