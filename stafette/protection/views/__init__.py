"""Pages of the protection room."""

from stafette.protection.views.consents import consent, household, withdraw
from stafette.protection.views.rules import disclosures, rules

__all__ = ["consent", "disclosures", "household", "rules", "withdraw"]
