"""Numbers of consents: printed for the person, typed in by any unit at which the withdrawal is spoken.

Forty random bits, so that nobody meets a consent by trying; the last character checks the others, so that a slip of
the finger is told at once and never withdraws somebody else's consent. No letter looks like a digit.
"""

from __future__ import annotations

import re
import secrets

LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
LENGTH = 9
ALIKE = str.maketrans({"O": "0", "I": "1", "L": "1", "U": "V"})


def new_number() -> str:
    """Draw a number like E-7K4-M9Q-2TX."""
    body = "".join(secrets.choice(LETTERS) for _place in range(LENGTH - 1))
    return _written(body + _check(body))


def read_number(text: str) -> str | None:
    """Return a number as it is written here, or None where it cannot be one; says nothing about whether it exists."""
    plain = re.sub(r"[^0-9A-Z]", "", text.upper()).translate(ALIKE)
    body = plain[1:] if len(plain) == LENGTH + 1 and plain[0] == "E" else plain
    if len(body) != LENGTH or _check(body[:-1]) != body[-1]:
        return None
    return _written(body)


def _written(plain: str) -> str:
    return f"E-{plain[:3]}-{plain[3:6]}-{plain[6:]}"


def _check(body: str) -> str:
    """The check character after Luhn, modulo 32."""
    total = 0
    for place, letter in enumerate(reversed(body)):
        product = LETTERS.index(letter) * (2 if place % 2 == 0 else 1)
        total += product // len(LETTERS) + product % len(LETTERS)
    return LETTERS[-total % len(LETTERS)]
