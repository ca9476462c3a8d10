"""Pages of the protection room."""

from stafette.protection.views.consents import consent, household, withdraw
from stafette.protection.views.disclosures import disclosures
from stafette.protection.views.rules import rules, used, used_export

__all__ = ["consent", "disclosures", "household", "rules", "used", "used_export", "withdraw"]
