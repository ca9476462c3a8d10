"""The small words around a sheet's text, in the language of the sheet (words.toml)."""

from __future__ import annotations

import tomllib
from datetime import date
from functools import cache
from pathlib import Path

FILE = Path(__file__).with_name("words.toml")


@cache
def words() -> dict[str, dict[str, str]]:
    """All words by language."""
    return tomllib.loads(FILE.read_text(encoding="utf-8"))


def word(language: str, key: str) -> str:
    """One word; German where the language has none."""
    return words().get(language, words()["de"])[key]


def day(value: date) -> str:
    """A date as all our languages can read it."""
    return f"{value:%d.%m.%Y}"
