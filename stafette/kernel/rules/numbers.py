"""Check digits of the numbers that papers carry: a number that does not compute is no such number."""

from __future__ import annotations

import re
from collections.abc import Callable

_WEIGHTS = (7, 3, 1)


def _digits(text: str) -> list[int]:
    return [int(char) for char in text if char.isdecimal()]


def is_mrz_serial(text: str) -> bool:
    """A German serial: nine signs, or ten with the check digit of ICAO 9303 (7-3-1); D stands for the country."""
    plain = text.removesuffix("D") if len(text) > 10 else text
    if len(plain) < 10:
        return True
    values = [int(char) if char.isdecimal() else ord(char) - 55 for char in plain[:9]]
    total = sum(value * _WEIGHTS[at % 3] for at, value in enumerate(values))
    return plain[9].isdecimal() and total % 10 == int(plain[9])


def is_cnp(text: str) -> bool:
    """The Romanian personal number: 13 digits, birth date inside, weighted sum modulo 11."""
    numbers = _digits(text)
    if not 1 <= numbers[3] * 10 + numbers[4] <= 12:
        return False
    rest = sum(a * b for a, b in zip(numbers, map(int, "279146358279"), strict=False)) % 11
    return numbers[12] == (1 if rest == 10 else rest)


def is_pesel(text: str) -> bool:
    """The Polish personal number: 11 digits, month with its century, weighted sum modulo 10."""
    numbers = _digits(text)
    if not 1 <= (numbers[2] * 10 + numbers[3]) % 20 <= 12:
        return False
    total = sum(a * b for a, b in zip(numbers, map(int, "1379137913"), strict=False))
    return numbers[10] == -total % 10


def is_egn(text: str) -> bool:
    """The Bulgarian personal number: 10 digits, weights of powers of two modulo 11."""
    numbers = _digits(text)
    if not 1 <= (numbers[2] * 10 + numbers[3]) % 20 <= 12:
        return False
    total = sum(a * b for a, b in zip(numbers, (2, 4, 8, 5, 10, 9, 7, 3, 6), strict=False))
    return numbers[9] == total % 11 % 10


def is_tckn(text: str) -> bool:
    """The Turkish personal number: 11 digits with two check digits."""
    numbers = _digits(text)
    tenth = (sum(numbers[0:9:2]) * 7 - sum(numbers[1:8:2])) % 10
    return numbers[9] == tenth and numbers[10] == sum(numbers[:10]) % 10


def is_kvnr(text: str) -> bool:
    """The German number of an insured person: the letter as two digits, then digits by turns once and twice."""
    numbers = [*(int(char) for char in f"{ord(text[0]) - 64:02d}"), *_digits(text[1:9])]
    total = 0
    for at, value in enumerate(numbers):
        product = value * (1 + at % 2)
        total += product - 9 if product > 9 else product
    return total % 10 == int(text[9])


CHECKS: dict[str, Callable[[str], bool]] = {
    "any": lambda text: bool(re.search(r"\d", text)),
    "mrz": is_mrz_serial,
    "cnp": is_cnp,
    "pesel": is_pesel,
    "egn": is_egn,
    "tckn": is_tckn,
    "kvnr": is_kvnr,
}
