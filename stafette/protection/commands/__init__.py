"""Write down what people agreed to, and every crossing of data."""

from stafette.protection.commands.conferences import log_conference
from stafette.protection.commands.consents import give_consent, give_consents, renew_consent
from stafette.protection.commands.declarations import end_declaration, note_declaration
from stafette.protection.commands.disclosures import log_disclosure
from stafette.protection.commands.opened import log_opened
from stafette.protection.commands.own import log_letter, log_own
from stafette.protection.commands.withdrawals import follow_withdrawal, note_withdrawal, withdraw_consent

__all__ = [
    "end_declaration",
    "follow_withdrawal",
    "give_consent",
    "give_consents",
    "log_conference",
    "log_disclosure",
    "log_letter",
    "log_opened",
    "log_own",
    "note_declaration",
    "note_withdrawal",
    "renew_consent",
    "withdraw_consent",
]
