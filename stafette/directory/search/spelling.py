"""The words of a question and the words of the directory: which of them are meant, and how rare they are."""

from __future__ import annotations

from dataclasses import dataclass
from math import log

from django.db import connection
from rapidfuzz import process
from rapidfuzz.distance import OSA

from stafette.directory.models import SearchRow, SearchWord
from stafette.directory.search.dictionary import MARKS, dictionary, topic_of
from stafette.directory.search.text import stem
from stafette.directory.search.understanding import Meaning, Token

AT_MOST = 8
ALIKE = 0.72
TRIGRAMS = 0.3
SHORTEST = 3


@dataclass(frozen=True)
class Word:
    """A word to look for: its stems in the index, and how much it tells (rare words tell more)."""

    stems: tuple[str, ...]
    weight: float


def meant(word: str) -> str:
    """The word of the directory that a word was meant to be: itself, one written alike, or "" for none."""
    if SearchWord.objects.filter(stem=stem(word), services__gt=0).exists():
        return word
    if len(word) < SHORTEST + 1:
        return ""
    with connection.cursor() as cursor:
        cursor.execute("select set_config('pg_trgm.similarity_threshold', %s, true)", [str(TRIGRAMS)])
        cursor.execute(
            "select word from directory_searchword where word %% %s and services > 0 "
            "order by similarity(word, %s) desc, services desc limit 8",
            [word, word],
        )
        found = [row[0] for row in cursor.fetchall()]
    best = max(found, key=lambda one: OSA.normalized_similarity(one, word), default="")
    return best if best and OSA.normalized_similarity(best, word) >= ALIKE else ""


def weigh(meaning: Meaning) -> list[Word]:
    """The words worth looking for, the rarest first; a word that stands in no entry is left out."""
    asked = [token for token in meaning.tokens if not token.is_stop]
    counts = _counts(asked)
    services = max(counts.get("", 0), 1)
    words = []
    for token in asked:
        most = max((counts.get(one, 0) for one in token.stems), default=0)
        if most:
            words.append(Word(tuple(token.stems), log(1 + services / most) * token.certainty))
    return sorted(set(words), key=lambda word: -word.weight)[:AT_MOST]


def loosen(meaning: Meaning) -> list[Word]:
    """Words of the directory that begin like those of the question, where nothing else was found."""
    found = []
    for token in meaning.tokens:
        if len(token.word) >= SHORTEST and not token.is_stop:
            stems = SearchWord.objects.filter(word__startswith=token.word, services__gt=0)
            alike = tuple(stems.order_by("-services").values_list("stem", flat=True)[:10])
            if alike:
                found.append(Word(alike, 1.0))
    return found[:AT_MOST]


def _counts(tokens: list[Token]) -> dict[str, int]:
    """In how many services each stem stands; under "" how many services there are."""
    stems = sorted({one for token in tokens for one in token.stems})
    if not stems:
        return {}
    rows = SearchWord.objects.filter(stem__in=stems, services__gt=0).values_list("stem", "services")
    counts: dict[str, int] = {}
    for one, services in rows:
        counts[one] = counts.get(one, 0) + services
    for one in stems:  # parts of compounds stand in the index, but not as words of their own
        counts.setdefault(one, 1 if dictionary().knows(one) else 0)
    return counts | {"": SearchRow.objects.count()}


def topics_alike(meaning: Meaning, language: str) -> list[str]:
    """Topics whose names or words are written a little like those of the question."""
    ways = [(text, need) for text, _shown, need, of in dictionary().shown if of in (language, "de")]
    found: dict[str, float] = {}
    for token in meaning.tokens:
        if token.is_stop or len(token.word) < SHORTEST:
            continue
        texts = [text for text, _need in ways]
        for _text, alike, number in process.extract(
            token.word, texts, scorer=OSA.normalized_similarity, limit=4, score_cutoff=0.5
        ):
            topic = topic_of(ways[number][1])
            if topic not in MARKS:
                found[topic] = max(found.get(topic, 0), alike)
    return sorted(found, key=lambda topic: -found[topic])
