"""The machine readable zone of passports and identity cards (ICAO 9303): TD1, TD2 and TD3.

Only what the record needs leaves this module: names, birth date, nationality, sex, kind, issuing
state and expiry. The serial number is read for its check digit and forgotten: it may not be used to
link data (§ 20(3) PAuswG) and is neither returned, stored nor logged.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from stafette.people.birthdates import BirthDate

_WEIGHTS = (7, 3, 1)
_TO_DIGIT = str.maketrans("OQDILZSBG", "000112586")  # what readers and fingers confuse with a digit
_ALLOWED = re.compile(r"[A-Z0-9<]+")
_SHAPES = {(3, 30): "TD1", (2, 36): "TD2", (2, 44): "TD3"}
_LENGTHS = {90: 30, 72: 36, 88: 44}  # a reader that types may send all lines as one


@dataclass(frozen=True)
class Mrz:
    """What is kept of a document: never its serial number, never the lines themselves."""

    form: str
    document_type: str
    issuing_state: str
    family_name: str
    given_names: str
    nationality: str
    birth: BirthDate
    sex: str
    expires_on: date | None
    wrong: tuple[str, ...] = ()  # fields whose check digit does not fit
    repaired: tuple[str, ...] = ()  # digit-only fields in which a letter was read as a digit
    is_name_cut: bool = False

    @property
    def is_valid(self) -> bool:
        """Every check digit fits."""
        return not self.wrong


class MrzError(ValueError):
    """The text is no machine readable zone; the message says in German what is wrong with it."""


def check_digit(field: str) -> int:
    """Weights 7-3-1; digits count as they are, letters from 10, the filler as nothing."""
    return sum(_value(c) * _WEIGHTS[i % 3] for i, c in enumerate(field)) % 10


def _value(c: str) -> int:
    return 0 if c == "<" else int(c) if c.isdigit() else ord(c) - 55


def looks_like_mrz(text: str) -> bool:
    """Whether a pasted text is worth parsing as a machine readable zone."""
    return text.count("<") >= 3 and len("".join(text.split())) in _LENGTHS


def parse_mrz(text: str, *, on: date) -> Mrz:
    """Read a pasted, typed or scanned zone; raises MrzError when it is none."""
    lines = _lines(text)
    form = _SHAPES[len(lines), len(lines[0])]
    return _Reader(on).read(form, lines)


def _lines(text: str) -> list[str]:
    rough = [re.sub(r"[\s«»‹›]", lambda m: "" if m[0].isspace() else "<", line) for line in text.splitlines()]
    lines = [line.upper() for line in rough if line]
    joined = "".join(lines)
    width = _LENGTHS.get(len(joined))
    if width is None:
        raise MrzError(
            _("Die Zeilen haben nicht die Länge eines Passes (2 × 44) oder Ausweises (3 × 30, 2 × 36).")
        )
    if not _ALLOWED.fullmatch(joined):
        raise MrzError(_("In der Lesezone stehen nur Großbuchstaben, Ziffern und <."))
    return [joined[i : i + width] for i in range(0, len(joined), width)]


class _Reader:
    """Cuts one zone into fields and keeps account of what was wrong or repaired."""

    def __init__(self, on: date) -> None:
        self.on = on
        self.wrong: list[str] = []
        self.repaired: list[str] = []

    def read(self, form: str, lines: list[str]) -> Mrz:
        if form == "TD1":
            head, names, second, optional = lines[0], lines[2], lines[1], lines[0][15:30]
            number, number_cd = head[5:14], head[14]
            birth, birth_cd, sex, expiry, expiry_cd, nationality = (
                second[0:6], second[6], second[7], second[8:14], second[14], second[15:18],
            )  # fmt: skip
        else:
            head, names, second = lines[0], lines[0][5:], lines[1]
            number, number_cd, nationality = second[0:9], second[9], second[10:13]
            birth, birth_cd, sex, expiry, expiry_cd = (
                second[13:19], second[19], second[20], second[21:27], second[27],
            )  # fmt: skip
            optional = second[28:35] if form == "TD2" else ""
        self._check_number(number, number_cd, optional)
        birth_digits = self._digits("birth", birth, birth_cd)
        expiry_digits = self._digits("expiry", expiry, expiry_cd)
        if form == "TD3" and not (second[42] == "<" and not second[28:42].strip("<")):
            self._check("personal_number", second[28:42], second[42])
        if not self.wrong:
            self._check_composite(form, lines)
        family, given = _names(names)
        return Mrz(
            form=form,
            document_type=head[:2].strip("<"),
            issuing_state=_state(head[2:5]),
            family_name=family,
            given_names=given,
            nationality=_state(nationality),
            birth=self._birth(birth_digits),
            sex={"M": "m", "F": "w", "X": "d"}.get(sex, ""),
            expires_on=_expiry(expiry_digits),
            wrong=tuple(dict.fromkeys(self.wrong)),
            repaired=tuple(self.repaired),
            is_name_cut=not names.endswith("<"),
        )

    def _check(self, name: str, field: str, digit: str) -> None:
        if digit not in "0123456789<" or check_digit(field) != _value(digit):
            self.wrong.append(name)

    def _check_number(self, number: str, digit: str, optional: str) -> None:
        """A number over nine signs goes on in the optional field, its check digit directly behind it."""
        if digit == "<" and optional.strip("<"):
            rest = optional.split("<", 1)[0]
            self._check("number", number + rest[:-1], rest[-1:])
        else:
            self._check("number", number, digit)

    def _digits(self, name: str, field: str, digit: str) -> str:
        """Letters stand for digits here only by misreading: read them so, and say it."""
        mended, mended_digit = field.translate(_TO_DIGIT), digit.translate(_TO_DIGIT)
        if (mended, mended_digit) != (field, digit):
            self.repaired.append(name)
        if not re.fullmatch(r"[0-9<]{6}", mended):
            self.wrong.append(name)
            return "<<<<<<"
        self._check(name, mended, mended_digit)
        return mended

    def _check_composite(self, form: str, lines: list[str]) -> None:
        first, second = lines[0], lines[1]
        dates = "".join(c.translate(_TO_DIGIT) for c in (second[0:7] if form == "TD1" else second[13:20]))
        if form == "TD1":
            expiry = second[8:15].translate(_TO_DIGIT)
            field, digit = first[5:30] + dates + expiry + second[18:29], second[29]
        else:
            end = 35 if form == "TD2" else 43
            expiry = second[21:28].translate(_TO_DIGIT)
            field, digit = second[0:10] + dates + expiry + second[28:end], second[end]
        self._check("composite", field, digit.translate(_TO_DIGIT))

    def _birth(self, digits: str) -> BirthDate:
        """Two-digit years beyond the current one belong to the last century; fillers mean unknown."""
        year, month, day = (int(p) if p.isdigit() else 0 for p in (digits[:2], digits[2:4], digits[4:]))
        if not digits[:2].isdigit():
            return BirthDate()
        whole = year + (1900 if year > self.on.year % 100 else 2000)
        found = BirthDate(whole, month or None, (day or None) if month else None)
        try:
            found.first_possible()
        except ValueError:
            self.wrong.append("birth")
            return BirthDate(whole)
        return found


def _names(field: str) -> tuple[str, str]:
    family, _gap, given = field.partition("<<")
    return _spaced(family), _spaced(given)


def _spaced(part: str) -> str:
    """Names in capitals as they are written: a filler is a space, and Anna is not ANNA."""
    return " ".join(word.capitalize() for word in part.replace("<", " ").split())


def _state(code: str) -> str:
    return code.strip("<")


def _expiry(digits: str) -> date | None:
    try:
        return date(2000 + int(digits[:2]), int(digits[2:4]), int(digits[4:]))
    except ValueError:
        return None
