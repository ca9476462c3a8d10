"""Can a telephone number be dialled at all? By the numbering plans, without calling anybody."""

from __future__ import annotations

import phonenumbers
from phonenumbers import shortnumberinfo

REGION = "DE"


def is_dialable(number: str) -> bool:
    """Whether a number is one in Germany or, with its country code, elsewhere; short ones such as 115 count."""
    try:
        found = phonenumbers.parse(number, REGION)
    except phonenumbers.NumberParseException:
        return False
    return phonenumbers.is_valid_number(found) or shortnumberinfo.is_valid_short_number_for_region(
        found, REGION
    )
