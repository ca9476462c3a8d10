"""What free text is watched for: words and numbers of `rules/watchwords.toml`, each under a ground with its rule.

A hit is a hint and never a refusal: telling words are rare in notes about help, and where one is needed the clerk
knows it. The text is looked at in memory and kept nowhere; what is counted is the ground alone.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date
from fnmatch import fnmatchcase
from functools import cache
from pathlib import Path

from stafette.kernel.rules.dated import Dated, read_dated
from stafette.kernel.rules.folding import WORD, fold_word, fold_words, spellings
from stafette.kernel.rules.numbers import CHECKS
from stafette.kernel.rules.table import RULES, Table, open_rules

LANGUAGES = ("de", "en", "bg", "ro", "pl", "uk", "tr", "ar")
NEAR = 40  # signs before and after a number in which its word counts
SHORT_ENDING = 3


@dataclass(frozen=True)
class Ground:
    """Why a word is telling, the rule that says so, and what to write instead."""

    id: str
    label: str
    rule: str
    advice: str
    head: Dated


@dataclass(frozen=True)
class Exempt:
    """A field in which grounds rest, with the reason; without grounds all of them do."""

    form: str
    field: str
    reason: str
    grounds: frozenset[str]

    def covers(self, form: str, name: str) -> bool:
        """Tell whether it speaks of this field; `*` stands for anything."""
        return fnmatchcase(form, self.form) and fnmatchcase(name, self.field)


@dataclass(frozen=True)
class Hit:
    """What was found: the ground, the words as they stand in the text, and how the list calls it."""

    ground: Ground
    found: str
    entry: str


@dataclass(frozen=True)
class _Pattern:
    ground: str
    name: str
    shape: re.Pattern[str]
    near: tuple[tuple[str, ...], ...]
    check: Callable[[str], bool]


@dataclass
class Watchwords:
    """The lists, sorted so that a text is read once."""

    grounds: dict[str, Ground]
    exempt: tuple[Exempt, ...]
    counts: dict[tuple[str, str], int]
    _phrases: dict[str, list[tuple[tuple[str, ...], str, str]]] = field(default_factory=dict)
    _inside: list[tuple[str, str, str]] = field(default_factory=list)
    _but: list[tuple[str, ...]] = field(default_factory=list)
    _patterns: list[_Pattern] = field(default_factory=list)

    def find(self, text: str, *, resting: frozenset[str] = frozenset()) -> list[Hit]:
        """Return what is telling in a text, each ground and word once, in the order of the text."""
        tokens = [(match.start(), match.end(), fold_word(match.group())) for match in WORD.finditer(text)]
        words = [token for _start, _end, token in tokens]
        harmless = self._harmless(words)
        hits: dict[tuple[str, str], tuple[int, Hit]] = {}
        for at, count, ground, entry in self._words_in(words, harmless):
            start, end = tokens[at][0], tokens[at + count - 1][1]
            hits.setdefault((ground, entry), (start, Hit(self.grounds[ground], text[start:end], entry)))
        for pattern in self._patterns:
            for match in pattern.shape.finditer(text):
                if pattern.check(match.group()) and _is_near(pattern, text, match):
                    hit = Hit(self.grounds[pattern.ground], match.group(), pattern.name)
                    hits.setdefault((pattern.ground, pattern.name), (match.start(), hit))
        return [
            hit for (ground, _entry), (_at, hit) in sorted(hits.items(), key=_place) if ground not in resting
        ]

    def resting(self, form: str, name: str) -> frozenset[str]:
        """Grounds that are not watched in this field."""
        found = [one for one in self.exempt if one.covers(form, name)]
        if any(not one.grounds for one in found):
            return frozenset(self.grounds)
        return frozenset().union(*(one.grounds for one in found))

    def _harmless(self, words: list[str]) -> set[int]:
        """Places of words that stand in a harmless turn of phrase."""
        found: set[int] = set()
        for phrase in self._but:
            for at in range(len(words) - len(phrase) + 1):
                if all(fits(part, words[at + n]) for n, part in enumerate(phrase)):
                    found |= set(range(at, at + len(phrase)))
        return found

    def _words_in(self, words: list[str], harmless: set[int]) -> Iterator[tuple[int, int, str, str]]:
        for at, word in enumerate(words):
            if at in harmless:
                continue
            for spelling in spellings(word):
                for length in range(1, len(spelling) + 1):
                    for phrase, ground, entry in self._phrases.get(spelling[:length], ()):
                        if _stands(phrase, words, at, spelling):
                            yield at, len(phrase), ground, entry
                for inside, ground, entry in self._inside:
                    if fits(inside, spelling):
                        yield at, 1, ground, entry


def _place(item: tuple[tuple[str, str], tuple[int, Hit]]) -> int:
    return item[1][0]


def fits(part: str, word: str) -> bool:
    """Tell whether a word fits a part of an entry: exact, `~` with a short ending, `*` with any."""
    if part.startswith("*"):
        inner = part.strip("*")
        return inner in word if part.endswith("*") else word.endswith(inner)
    if part.endswith("*"):
        return word.startswith(part[:-1])
    if part.endswith("~"):
        return word.startswith(part[:-1]) and len(word) - len(part) + 1 <= SHORT_ENDING
    return word == part


def _stands(phrase: tuple[str, ...], words: list[str], at: int, first: str) -> bool:
    if len(phrase) > len(words) - at or not fits(phrase[0], first):
        return False
    return all(fits(part, words[at + n]) for n, part in enumerate(phrase) if n)


def _is_near(pattern: _Pattern, text: str, match: re.Match[str]) -> bool:
    if not pattern.near:
        return True
    around = fold_words(text[max(0, match.start() - NEAR) : match.end() + NEAR])
    return any(
        all(fits(part, around[at + n]) for n, part in enumerate(phrase))
        for phrase in pattern.near
        for at in range(len(around) - len(phrase) + 1)
    )


def _folded(entry: str) -> tuple[str, ...]:
    """Fold an entry word by word and keep its signs."""
    parts = []
    for part in entry.split():
        inner = part.strip("*~")
        before, after = part[: len(part) - len(part.lstrip("*"))], part[len(part.rstrip("*~")) :]
        parts.append(before + fold_word(inner) + after)
    return tuple(parts)


@cache
def watchwords(on: date, folder: Path = RULES) -> Watchwords:
    """Read the lists that hold on a day; raises RuleDataError where a ground or a sign is unknown."""
    file = open_rules("watchwords", folder)
    grounds = {found.id: found for found in map(_ground, file.tables("ground")) if found.head.holds_on(on)}
    lists = Watchwords(grounds, tuple(_exempt(entry, grounds) for entry in file.tables("exempt")), {})
    for entry in file.tables("words"):
        _words(lists, entry)
    lists._patterns.extend(_pattern(entry, grounds) for entry in file.tables("pattern"))
    file.done()
    return lists


def _ground(entry: Table) -> Ground:
    found = Ground(
        entry.text("id"), entry.text("label"), entry.text("rule"), entry.text("advice"), read_dated(entry)
    )
    entry.done()
    return found


def _known(entry: Table, grounds: dict[str, Ground], ground: str) -> str:
    if ground not in grounds:
        raise entry.error("ground", f"unbekannter Grund {ground!r}")
    return ground


def _words(lists: Watchwords, entry: Table) -> None:
    ground = _known(entry, lists.grounds, entry.text("ground"))
    language = entry.text("language")
    if language not in LANGUAGES:
        raise entry.error("language", f"eine von {', '.join(LANGUAGES)} erwartet")
    words = entry.words("words")
    lists.counts[ground, language] = len(words)
    for word in words:
        phrase = _folded(word)
        if phrase[0].startswith("*"):
            lists._inside.append((phrase[0], ground, word))
        else:
            lists._phrases.setdefault(phrase[0].rstrip("*~"), []).append((phrase, ground, word))
    lists._but.extend(_folded(phrase) for phrase in (entry.words("but") if entry.has("but") else []))
    entry.done()


def _pattern(entry: Table, grounds: dict[str, Ground]) -> _Pattern:
    check = entry.text("check", "any")
    if check not in CHECKS:
        raise entry.error("check", f"einer von {', '.join(CHECKS)} erwartet")
    near = tuple(_folded(word) for word in (entry.words("near") if entry.has("near") else []))
    found = _Pattern(
        _known(entry, grounds, entry.text("ground")),
        entry.text("name"),
        re.compile(entry.text("shape")),
        near,
        CHECKS[check],
    )
    entry.done()
    return found


def _exempt(entry: Table, grounds: dict[str, Ground]) -> Exempt:
    resting = entry.words("grounds") if entry.has("grounds") else []
    for ground in resting:
        _known(entry, grounds, ground)
    found = Exempt(entry.text("form"), entry.text("field"), entry.text("reason"), frozenset(resting))
    entry.done()
    return found
