"""Plain forms of the protection room."""

from stafette.protection.forms.consents import (
    AgreeForm,
    ConsentFilter,
    HowForm,
    WithdrawByNumberForm,
    WithdrawForm,
)
from stafette.protection.forms.disclosures import DisclosureFilter

__all__ = [
    "AgreeForm",
    "ConsentFilter",
    "DisclosureFilter",
    "HowForm",
    "WithdrawByNumberForm",
    "WithdrawForm",
]
