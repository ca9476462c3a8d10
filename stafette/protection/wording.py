"""The words of a consent in the person's language, beside the German ones."""

from __future__ import annotations

import tomllib
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from stafette.protection.data import Category

FILE = Path(__file__).with_name("wording.toml")
GERMAN = "de"


@dataclass(frozen=True)
class Sheet:
    """A consent sheet in one language, filled in; each category can be ticked on its own."""

    language: str
    name: str
    heading: str
    text: str
    persons_word: str
    until_word: str
    categories: tuple[tuple[str, str], ...]


@cache
def wording() -> Mapping[str, Any]:
    """Read the file once; raises tomllib.TOMLDecodeError where it is broken."""
    return tomllib.loads(FILE.read_text(encoding="utf-8"))


def languages() -> list[tuple[str, str]]:
    """Languages in which a consent can be read, German first."""
    return [(code, str(words["name"])) for code, words in wording().items() if isinstance(words, dict)]


def text_version(text: Any = None) -> str:
    """Name the wording for the proof: the blueprint's own text with its version, or ours."""
    return f"{text.code} {text.version}"[:20] if text is not None else f"Vorgabe {wording()['version']}"


def sheet(
    language: str,
    *,
    receiver: str,
    purpose: str,
    categories: Collection[str],
    texts: Mapping[str, str] | None = None,
) -> Sheet:
    """Fill the sheet in; where we have no words in that language, in German."""
    code = language if isinstance(wording().get(language), dict) else GERMAN
    words = wording()[code]
    shown = [(key, str(words[key])) for key in Category.values if key in categories]
    text = (texts or {}).get(code) or str(words["text"])
    for mark, value in (
        ("{receiver}", receiver),
        ("{purpose}", purpose),
        ("{categories}", ", ".join(word for _, word in shown)),
    ):
        text = text.replace(mark, value)
    return Sheet(
        language=code,
        name=str(words["name"]),
        heading=str(words["heading"]),
        text=text,
        persons_word=str(words["persons"]),
        until_word=str(words["until"]),
        categories=tuple(shown),
    )
