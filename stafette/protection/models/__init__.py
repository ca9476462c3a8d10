"""Nouns of the protection room."""

from stafette.protection.models.consent import Consent, ConsentPerson
from stafette.protection.models.disclosure import Declaration, Disclosure

__all__ = ["Consent", "ConsentPerson", "Declaration", "Disclosure"]
