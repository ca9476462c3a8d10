"""Reads one TOML table strictly, so that a mistyped key is found with file and place, not in a result."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from pathlib import Path
from typing import Any, TypeVar

RULES = Path(__file__).resolve().parents[3] / "rules"
MONTH_DAY = re.compile(r"(\d\d)-(\d\d)")
Choice = TypeVar("Choice", bound=StrEnum)


class RuleDataError(ValueError):
    """A rule file does not say what it must; the message names the file and the place."""


class Table:
    """A TOML table that knows its place in its file and which of its keys were read."""

    def __init__(self, content: dict[str, Any], place: str, *, joint: str = ".") -> None:
        self._content, self._place, self._joint, self._read = content, place, joint, set[str]()

    def has(self, key: str) -> bool:
        """Whether the table has this key."""
        return key in self._content

    def error(self, key: str, problem: str) -> RuleDataError:
        """An error that names file, place and key."""
        return RuleDataError(f"{self._place}{self._joint}{key}: {problem}")

    def _get(self, key: str, kind: type | tuple[type, ...], wanted: str) -> Any:
        self._read.add(key)
        if key not in self._content:
            raise self.error(key, f"{wanted} fehlt")
        value = self._content[key]
        if not isinstance(value, kind) or (isinstance(value, bool) and kind is not bool):
            raise self.error(key, f"{wanted} erwartet, da steht {value!r}")
        return value

    def text(self, key: str, default: str | None = None) -> str:
        """A text."""
        if default is not None and not self.has(key):
            return default
        return str(self._get(key, str, "Text"))

    def number(self, key: str) -> Decimal:
        """An exact number."""
        return Decimal(self._get(key, (int, Decimal), "Zahl"))

    def count(self, key: str, default: int | None = None) -> int:
        """A whole number."""
        if default is not None and not self.has(key):
            return default
        return int(self._get(key, int, "ganze Zahl"))

    def flag(self, key: str, default: bool | None = None) -> bool:
        """True or false."""
        if default is not None and not self.has(key):
            return default
        return bool(self._get(key, bool, "true oder false"))

    def day(self, key: str) -> date:
        """A date without a time."""
        value = self._get(key, date, "Datum")
        if isinstance(value, datetime):
            raise self.error(key, "Datum ohne Uhrzeit erwartet")
        return date(value.year, value.month, value.day)

    def day_or_none(self, key: str) -> date | None:
        """A date that may be missing."""
        return self.day(key) if self.has(key) else None

    def month_day(self, key: str) -> tuple[int, int]:
        """Month and day of a date that comes every year, written like 06-30."""
        value = self.text(key)
        match = MONTH_DAY.fullmatch(value)
        try:
            checked = date(2000, int(match[1]), int(match[2])) if match else None
        except ValueError:
            checked = None
        if checked is None:
            raise self.error(key, f"Monat-Tag wie 06-30 erwartet, da steht {value!r}")
        return checked.month, checked.day

    def choice(self, key: str, options: type[Choice]) -> Choice:
        """One of a fixed set of words."""
        value = self.text(key)
        try:
            return options(value)
        except ValueError:
            known = ", ".join(options)
            raise self.error(key, f"einer von {known} erwartet, da steht {value!r}") from None

    def table(self, key: str) -> Table:
        """The table below a key."""
        return Table(self._get(key, dict, "Tabelle"), f"{self._place}{self._joint}{key}")

    def words(self, key: str) -> list[str]:
        """A list of texts."""
        found: list[str] = self._get(key, list, "Liste von Texten")
        if not all(isinstance(word, str) for word in found):
            raise self.error(key, f"Liste von Texten erwartet, da steht {found!r}")
        return found

    def tables(self, key: str) -> Iterator[Table]:
        """The tables of a list, which remember their number."""
        for number, content in enumerate(self._get(key, list, "Liste von Tabellen"), start=1):
            yield Table(content, f"{self._place}{self._joint}{key}[{number}]")

    def done(self) -> None:
        """Refuse keys that nobody read: they are spelling mistakes, and the default would win silently."""
        for key in self._content.keys() - self._read:
            raise self.error(key, "unbekannter Eintrag")


def open_rules(name: str, folder: Path = RULES) -> Table:
    """The whole file `rules/<name>.toml`; numbers with a decimal point are exact."""
    path = folder / f"{name}.toml"
    place = f"rules/{path.name}"
    try:
        content = tomllib.loads(path.read_text(encoding="utf-8"), parse_float=Decimal)
    except FileNotFoundError:
        raise RuleDataError(f"{place}: Datei fehlt") from None
    except tomllib.TOMLDecodeError as problem:
        raise RuleDataError(f"{place}: kein gültiges TOML ({problem})") from None
    return Table(content, place, joint=", ")
