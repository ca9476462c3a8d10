"""Pages of the protection room."""

from stafette.protection.views.agreeing import agree, withdraw_by_number, withdrawal, withdrawal_receipt
from stafette.protection.views.conference import conference
from stafette.protection.views.consents import (
    consent,
    household,
    listed,
    receipt_record,
    receipt_sheet,
    renew,
    withdraw,
)
from stafette.protection.views.disclosures import disclosures
from stafette.protection.views.knows import knows, person_sheet, print_family, print_sheet
from stafette.protection.views.papers import all_papers, choose, filled, paper, signed
from stafette.protection.views.rules import rules, used, used_export

__all__ = [
    "agree",
    "all_papers",
    "choose",
    "conference",
    "consent",
    "disclosures",
    "filled",
    "household",
    "knows",
    "listed",
    "paper",
    "person_sheet",
    "print_family",
    "print_sheet",
    "receipt_record",
    "receipt_sheet",
    "renew",
    "rules",
    "signed",
    "used",
    "used_export",
    "withdraw",
    "withdraw_by_number",
    "withdrawal",
    "withdrawal_receipt",
]
