"""What the words of a question mean: the needs they name, the language, group or wish they speak of."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, cached_property, lru_cache

from rapidfuzz import process
from rapidfuzz.distance import OSA

from stafette.directory.search.dictionary import MARKS, Dictionary, Phrase, dictionary, topic_of
from stafette.directory.search.text import stem, variants, words_of

GAP = 2  # words that may stand between those of a phrase
ALIKE = 0.78  # how much of a word must be right
LONG_ENOUGH = 5
FOREIGN = 0.55  # a phrase in a language of which nothing else in the question is
LONGEST = 40  # words of a question that are read
PARTICLES = {"ab", "an", "auf", "aus", "ein", "nach", "um", "vor", "zu", "zuruck"}
GUESSED = 0.8  # a word that was put right


@dataclass
class Token:
    """A word of the question: as typed, its stems, and how sure they are; `read` is the word it was put right to."""

    word: str
    stems: list[str]
    certainty: float = 1.0
    read: str = ""
    is_stop: bool = False


@dataclass(frozen=True)
class Meaning:
    """Needs and marks with their weights, and the words of the question that are left to be looked up."""

    needs: dict[str, float] = field(default_factory=dict)
    marks: dict[str, float] = field(default_factory=dict)
    tokens: tuple[Token, ...] = ()

    @cached_property
    def topics(self) -> dict[str, float]:
        """The topics of the needs, each with the best of their weights."""
        found: dict[str, float] = defaultdict(float)
        for need, weight in self.needs.items():
            found[topic_of(need)] = max(found[topic_of(need)], weight)
        return dict(found)


@dataclass(frozen=True)
class _Match:
    phrase: Phrase
    at: frozenset[int]
    weight: float


def needs_in(words: Iterable[str], language: str) -> dict[str, float]:
    """The needs that a text of the directory names (its folded words), in this language only and word for word."""
    tokens = [Token(word, list(known_stems(word))) for word in words]
    found: dict[str, float] = {}
    for match in _matches(tokens, _phrases_of(language)):
        found[match.phrase.need] = max(found.get(match.phrase.need, 0), match.weight)
    return found


@cache
def _phrases_of(language: str) -> dict[str, tuple[Phrase, ...]]:
    """The phrases of one language that name a need, by the first of their stems."""
    found: dict[str, list[Phrase]] = defaultdict(list)
    for first, phrases in dictionary().phrases.items():
        for phrase in phrases:
            if phrase.language == language and topic_of(phrase.need) not in MARKS:
                found[first].append(phrase)
    return {first: tuple(phrases) for first, phrases in found.items()}


def understand(text: str, language: str, is_word: Callable[[str], str]) -> Meaning:
    """Read a question. `is_word` tells what a word that no language knows was meant to be in the directory: itself,
    one that is written alike, or nothing ("")."""
    book = dictionary()
    tokens = [_token(word, book, is_word) for word in words_of(text)[:LONGEST]]
    _join_verbs(tokens, book)
    trust = _trust(tokens, language, book)
    needs: dict[str, float] = defaultdict(float)
    marks: dict[str, float] = {}
    for match in _longest(_matches(tokens, book.phrases, trust)):
        need = match.phrase.need
        if topic_of(need) in MARKS:
            marks[need] = max(marks.get(need, 0), match.weight)
        else:
            needs[need] = max(needs[need], match.weight)
    return Meaning(dict(needs), marks, tuple(tokens))


@lru_cache(maxsize=65536)
def known_stems(word: str) -> tuple[str, ...]:
    """The stems of a word; those of its parts too where the dictionary does not know it as a whole."""
    book, found = dictionary(), variants(word)
    if any(book.knows(one) for one in found):
        return found
    return (*found, *book.in_parts(word))


def _token(word: str, book: Dictionary, is_word: Callable[[str], str]) -> Token:
    if word in book.stop:
        return Token(word, list(variants(word)), is_stop=True)
    stems = list(known_stems(word))
    if any(book.knows(one) for one in stems):
        return Token(word, stems)
    meant = is_word(word)
    if meant == word:
        return Token(word, stems)
    guess = _guess(stem(word))
    if guess and (not meant or OSA.normalized_similarity(stem(word), guess) >= ALIKE):
        return Token(word, [stem(word), guess], GUESSED, guess)
    if meant:
        return Token(word, [stem(word), stem(meant)], GUESSED, meant)
    return Token(word, stems)


def _join_verbs(tokens: Sequence[Token], book: Dictionary) -> None:
    """German parts some verbs: „melde ich … an“ is „anmelden“."""
    for number, particle in enumerate(tokens):
        if particle.word in PARTICLES:
            for verb in tokens[:number]:
                whole = stem(particle.word + verb.word)
                if len(verb.word) > 3 and book.knows(whole):
                    verb.stems.append(whole)


@lru_cache(maxsize=4096)
def _guess(one: str) -> str:
    """The stem of the dictionary that is written most alike, in the same script; "" where none is near."""
    if len(one) < LONG_ENOUGH - 1:
        return ""
    found = process.extractOne(one, _all_stems(), scorer=OSA.normalized_similarity, score_cutoff=ALIKE)
    return found[0] if found else ""


@lru_cache(maxsize=1)
def _all_stems() -> list[str]:
    return sorted({one for known in dictionary().stems.values() for one in known if len(one) >= 4})


def _trust(tokens: Sequence[Token], language: str, book: Dictionary) -> dict[str, float]:
    """How far a phrase of each language counts: fully where other words of the question are of that language."""
    known = {
        name: sum(
            any(one in stems for one in token.stems) or token.word in book.stops[name] for token in tokens
        )
        for name, stems in book.stems.items()
    }
    most = max(known.values(), default=0) or 1
    return {
        name: max(FOREIGN, count / most) if name not in (language, "de") else max(0.85, count / most)
        for name, count in known.items()
    }


def _matches(
    tokens: Sequence[Token], phrases: Mapping[str, Sequence[Phrase]], trust: Mapping[str, float] | None = None
) -> list[_Match]:
    """All phrases of which every word stands in the question, in any order but close together.

    `trust` says how far each language counts; without it all do.
    """
    where: dict[str, list[int]] = defaultdict(list)
    for number, token in enumerate(tokens):
        for one in token.stems:
            where[one].append(number)
    found = []
    for one in where:
        for phrase in phrases.get(one, ()):
            at = _together(phrase, where) if where.keys() >= phrase.rest else None
            if at:
                certainty = min(tokens[number].certainty for number in at)
                trusted = trust[phrase.language] if trust else 1.0
                found.append(_Match(phrase, at, phrase.weight * trusted * certainty))
    return found


def _together(phrase: Phrase, where: dict[str, list[int]]) -> frozenset[int] | None:
    if len(phrase.stems) == 1:
        return frozenset(where[phrase.stems[0]])
    for start in where[phrase.stems[0]]:
        at = {start}
        for one in phrase.stems[1:]:
            near = [
                n for n in where.get(one, ()) if abs(n - start) <= len(phrase.stems) + GAP and n not in at
            ]
            near = near or [n for n in where.get(one, ()) if n == start]
            if not near:
                break
            at.add(min(near, key=lambda n: abs(n - start)))
        else:
            return frozenset(at)
    return None


def _longest(matches: list[_Match]) -> list[_Match]:
    """Leave out phrases of which every word is part of a longer one: „Wohnung“ in „Wohnung gekündigt“."""
    sized = sorted(matches, key=lambda one: (-len(one.phrase.stems), -one.weight))
    kept: list[_Match] = []
    for one in sized:
        longer = (
            other for other in kept if len(other.phrase.stems) > len(one.phrase.stems) and one.at <= other.at
        )
        if next(longer, None) is None:
            kept.append(one)
    return kept
