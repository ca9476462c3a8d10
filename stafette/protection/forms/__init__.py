"""Plain forms of the protection room."""

from stafette.protection.forms.disclosures import DisclosureFilter

__all__ = ["DisclosureFilter"]
