"""Write down what people agreed to, and every crossing of data."""

from stafette.protection.commands.consents import give_consent, withdraw_consent
from stafette.protection.commands.disclosures import log_disclosure, note_declaration

__all__ = ["give_consent", "log_disclosure", "note_declaration", "withdraw_consent"]
