"""The fixed words of the cards in nine languages; what an entry says itself comes from the directory."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from stafette.web.sheets import GERMAN, LANGUAGES

FOLDER = Path(__file__).parent / "texts"


def card_language(wanted: str) -> str:
    """The language in which a card can be printed: the wanted one, or German."""
    return wanted if wanted in LANGUAGES else GERMAN


@cache
def texts(language: str) -> Mapping[str, Any]:
    """The words of one language."""
    return tomllib.loads((FOLDER / f"{card_language(language)}.toml").read_text(encoding="utf-8"))


@cache
def documents() -> Mapping[str, Mapping[str, str]]:
    """What papers are called in the other languages, by their German names in small letters."""
    read = tomllib.loads((FOLDER / "documents.toml").read_text(encoding="utf-8"))["document"]
    return {german.lower(): words for words in read for german in words["german"]}


def language_names(codes: list[str], language: str) -> list[str]:
    """What languages are called in another one; a code that has no name there is left out."""
    names = texts(language)["language_names"]
    return [names[code] for code in codes if code in names]
