"""The words in which people ask, in every language: `words/<language>.toml`, read once.

A need is a code such as `child_benefit` (a topic) or `child_benefit.parental` (something within it). Each file gives
the needs a name and the phrases that people really use; a phrase with "~" before it is a vague one and counts less.
"""

from __future__ import annotations

import tomllib
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache
from pathlib import Path
from typing import Any

from stafette.directory.search.text import parts, stem, words_of

FOLDER = Path(__file__).parent / "words"
LANGUAGES = ("de", "en", "bg", "ro", "pl", "uk", "ru", "tr", "ar")
VAGUE = 0.45
LONGER = 0.35  # how much more each further word of a phrase makes it worth


@dataclass(frozen=True)
class Phrase:
    """A way to name a need: its stems in order, in one language, and how sure one may be."""

    need: str
    language: str
    stems: tuple[str, ...]
    weight: float

    @cached_property
    def rest(self) -> frozenset[str]:
        """The stems after the first: what must stand in a question too before anybody looks how close."""
        return frozenset(self.stems[1:])


@dataclass(frozen=True)
class Dictionary:
    """All phrases by the first of their stems, all names, all stop words, and which stems each language knows."""

    phrases: dict[str, tuple[Phrase, ...]]
    names: dict[str, dict[str, str]]
    stop: frozenset[str]
    stops: dict[str, frozenset[str]]
    stems: dict[str, frozenset[str]]
    every: frozenset[str]
    shown: tuple[tuple[str, str, str, str], ...]

    def name(self, need: str, language: str) -> str:
        """What a need is called; German where the language has no word for it."""
        names = self.names.get(language, {})
        return names.get(need) or self.names["de"].get(need, "")

    def knows(self, one: str) -> bool:
        """Whether a stem stands in any of the languages."""
        return one in self.every

    def in_parts(self, word: str) -> list[str]:
        """The stems of the known words that a compound is made of."""
        return list(_in_parts(word))


def topic_of(need: str) -> str:
    """The topic that a need belongs to."""
    return need.partition(".")[0]


@cache
def dictionary() -> Dictionary:
    """Read all the files; a missing language is no error, a mistyped one is found by its tests."""
    phrases: dict[str, list[Phrase]] = defaultdict(list)
    names: dict[str, dict[str, str]] = {}
    stops: dict[str, frozenset[str]] = {}
    stems: dict[str, frozenset[str]] = {}
    shown: list[tuple[str, str, str, str]] = []
    for language in LANGUAGES:
        content = _read(language)
        names[language], known = {}, set()
        stops[language] = frozenset(word for word in words_of(content.get("stop", "")))
        for need, name, ways in _entries(content):
            names[language][need] = name
            for way in dict.fromkeys([name, *ways]):
                phrase = _phrase(need, language, way, stops[language])
                if phrase is None or ("." not in need and need in MARKS):
                    continue
                phrases[phrase.stems[0]].append(phrase)
                known |= set(phrase.stems)
                shown.append((" ".join(words_of(way)), way.removeprefix("~"), need, language))
        stems[language] = frozenset(known)
    return Dictionary(
        phrases={first: tuple(dict.fromkeys(found)) for first, found in phrases.items()},
        names=names,
        stop=frozenset().union(*stops.values()),
        stops=stops,
        stems=stems,
        every=frozenset().union(*stems.values()),
        shown=tuple(shown),
    )


@lru_cache(maxsize=65536)
def _in_parts(word: str) -> tuple[str, ...]:
    return tuple(parts(word, dictionary().knows))


MARKS = ("language_mark", "group", "wish")  # tables that name no need but something else about the question


def _read(language: str) -> dict[str, Any]:
    path = FOLDER / f"{language}.toml"
    return tomllib.loads(path.read_text(encoding="utf-8")) if path.exists() else {}


def _entries(content: dict[str, Any]) -> Iterator[tuple[str, str, list[str]]]:
    """Each topic or mark with its needs: `[housing]` name, words, and `[housing.needs]` code = "name | words"."""
    for topic, table in content.items():
        if not isinstance(table, dict):
            continue
        yield topic, table.get("name", ""), _ways(table.get("words", ""))
        for code, text in table.get("needs", {}).items():
            ways = _ways(text)
            yield f"{topic}.{code}", ways[0], ways[1:]


def _ways(text: str) -> list[str]:
    return [way.strip() for way in text.split("|") if way.strip()]


def _phrase(need: str, language: str, way: str, stop: frozenset[str]) -> Phrase | None:
    words = words_of(way)
    kept = [word for word in words if word not in stop] or words
    if not kept:
        return None
    weight = VAGUE if way.startswith("~") else 1 + LONGER * (len(kept) - 1)
    return Phrase(need, language, tuple(stem(word) for word in kept), weight)
