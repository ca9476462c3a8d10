"""The words of a consent in the person's language, beside the German ones."""

from __future__ import annotations

import tomllib
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from stafette.protection.data import Category
from stafette.web import sheets
from stafette.web.sheets import EASY, LANGUAGES, RIGHT_TO_LEFT

FILE = Path(__file__).with_name("wording.toml")
PURPOSES = Path(__file__).with_name("papers") / "purposes.toml"
GERMAN = sheets.GERMAN


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

    @property
    def tag(self) -> str:
        """The language for the browser and its voice: easy German is read as German."""
        return tag(self.language)

    @property
    def direction(self) -> str:
        """In which direction it is read."""
        return direction(self.language)


def tag(language: str) -> str:
    """The tag that browsers know a language by."""
    return GERMAN if language == EASY else language


def direction(language: str) -> str:
    """In which direction a language is read."""
    return "rtl" if language in RIGHT_TO_LEFT else "ltr"


@cache
def wording() -> Mapping[str, Any]:
    """Read the file once; raises tomllib.TOMLDecodeError where it is broken."""
    return tomllib.loads(FILE.read_text(encoding="utf-8"))


@cache
def purposes() -> Mapping[str, Mapping[str, str]]:
    """The purposes of house and blueprint by their German words."""
    found = tomllib.loads(PURPOSES.read_text(encoding="utf-8"))["purpose"]
    return {one["de"]: one for one in found}


def purpose_in(language: str, purpose: str) -> str:
    """A purpose in another language; one that we have no words for stays German and says so."""
    if language == GERMAN:
        return purpose
    known = purposes().get(purpose, {}).get(language)
    return known or (purpose if language == EASY else f"{purpose} (deutsch)")


def languages() -> list[tuple[str, str]]:
    """Languages in which a consent can be read, German first."""
    known = wording()
    return [(code, str(known[code]["name"])) for code in LANGUAGES if code in known]


def text_version(text: Any = None) -> str:
    """Name the wording for the proof: the blueprint's own text with its version, or ours."""
    return f"{text.code} {text.version}"[:20] if text is not None else f"Vorgabe {wording()['version']}"


def category_words(language: str) -> dict[str, str]:
    """What each category of data is called in a language."""
    words = wording()[language if language in wording() else GERMAN]
    return {key: str(words[key]) for key in Category.values}


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
        ("{purpose}", purpose_in(code, purpose)),
        ("{categories}", ("، " if direction(code) == "rtl" else ", ").join(word for _, word in shown)),
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
