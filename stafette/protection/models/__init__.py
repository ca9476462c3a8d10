"""Nouns of the protection room."""

from stafette.protection.models.consent import Consent, ConsentPerson, WithdrawalNote
from stafette.protection.models.disclosure import Declaration, Disclosure, DisclosurePerson
from stafette.protection.models.request import DisclosureRequest, Refusal

__all__ = [
    "Consent",
    "ConsentPerson",
    "Declaration",
    "Disclosure",
    "DisclosurePerson",
    "DisclosureRequest",
    "Refusal",
    "WithdrawalNote",
]
