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
from stafette.protection.views.declarations import declarations
from stafette.protection.views.declarations import end as end_declaration
from stafette.protection.views.disclosures import disclosures
from stafette.protection.views.knows import knows, person_sheet, print_family, print_sheet
from stafette.protection.views.papers import all_papers, choose, filled, paper, signed
from stafette.protection.views.requests import grant, refuse, request_page, requests, take
from stafette.protection.views.rules import rules, used, used_export

__all__ = [
    "agree",
    "all_papers",
    "choose",
    "conference",
    "consent",
    "declarations",
    "disclosures",
    "end_declaration",
    "filled",
    "grant",
    "household",
    "knows",
    "listed",
    "paper",
    "person_sheet",
    "print_family",
    "print_sheet",
    "receipt_record",
    "receipt_sheet",
    "refuse",
    "renew",
    "request_page",
    "requests",
    "rules",
    "signed",
    "take",
    "used",
    "used_export",
    "withdraw",
    "withdraw_by_number",
    "withdrawal",
    "withdrawal_receipt",
]
