"""The words of a question and the words of the directory: which of them are meant, and how rare they are."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from math import ceil, floor, log

from django.db import connection
from rapidfuzz import process
from rapidfuzz.distance import OSA

from stafette.directory.models import SearchWord
from stafette.directory.search.dictionary import MARKS, dictionary, topic_of
from stafette.directory.search.text import stem
from stafette.directory.search.understanding import Meaning, known_stems

AT_MOST = 8
ALIKE = 0.72
SHORTEST = 3


@dataclass(frozen=True)
class Word:
    """A word to look for: its stems in the index, how much it tells (rare ones more), and how many services have it."""

    stems: tuple[str, ...]
    weight: float
    services: int = 0


class Known:
    """What the directory knows of the words of a question: read at once, added to where a word was put right."""

    def __init__(self, words: Iterable[str]) -> None:
        book = dictionary()
        self._counts = _counts({one for word in words if word not in book.stop for one in known_stems(word)})

    def meant(self, word: str) -> str:
        """The word of the directory that a word was meant to be: itself, one written alike, or "" for none."""
        if self._counts.get(stem(word)):
            return word
        return _alike(word) if len(word) > SHORTEST else ""

    def weigh(self, meaning: Meaning) -> list[Word]:
        """The words worth looking for, the rarest first; a word that stands in no entry is left out."""
        asked = [token for token in meaning.tokens if not token.is_stop]
        missing = {one for token in asked for one in token.stems} - self._counts.keys()
        counts = self._counts = self._counts | (_counts(missing) if missing else {})
        words = []
        for token in asked:
            # parts of compounds stand in the index, but not as words of their own
            most = max((counts[one] or int(dictionary().knows(one)) for one in token.stems), default=0)
            if most:
                weight = log(1 + max(counts[""], 1) / most) * token.certainty
                words.append(Word(tuple(token.stems), weight, most))
        return sorted(set(words), key=lambda word: -word.weight)[:AT_MOST]


def _alike(word: str) -> str:
    """The word of the directory that is written most alike; "" where none is near.

    The length is compared first: it is cheap, and what is much longer or shorter cannot be alike enough.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "select word from directory_searchword "
            "where services > 0 and length(word) between %s and %s and word %% %s "
            "order by similarity(word, %s) desc, services desc limit 8",
            [ceil(len(word) * ALIKE), floor(len(word) / ALIKE), word, word],
        )
        found = [row[0] for row in cursor.fetchall()]
    best = max(found, key=lambda one: OSA.normalized_similarity(one, word), default="")
    return best if best and OSA.normalized_similarity(best, word) >= ALIKE else ""


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


def _counts(stems: set[str]) -> dict[str, int]:
    """In how many services each stem stands; under "" how many services there are."""
    with connection.cursor() as cursor:
        cursor.execute(
            "select stem, sum(services)::int from directory_searchword "
            "where stem = any(%s) and services > 0 group by stem",
            [["", *sorted(stems)]],
        )
        counts = dict(cursor.fetchall())
    return dict.fromkeys(stems, 0) | {"": 0} | counts


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
