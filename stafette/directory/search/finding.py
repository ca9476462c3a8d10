"""Answer a question to the directory: a broad look by the database, a close one by us."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from stafette.directory.search import looking, ordering, spelling
from stafette.directory.search.asking import Found, Query, Understood
from stafette.directory.search.dictionary import dictionary, topic_of
from stafette.directory.search.text import words_of
from stafette.directory.search.understanding import LONGEST, Meaning, understand

VAGUEST = 0.4  # a need that is less sure than this share of the surest is not worth showing
SHOWN = 4


def find(query: Query, *, moment: datetime) -> Found:
    """The services that answer a question best; `moment` is local time, for what is open now.

    Nobody's data is asked for or kept. Closed, full and doubtful entries stand lower and say why; only what rests or
    is no more is left out.
    """
    known = spelling.Known(words_of(query.words)[:LONGEST])
    meaning = understand(query.words, query.language, known.meant)
    asked = replace(query, words=query.words.strip())
    words = known.weigh(meaning)
    candidates, total = looking.candidates(asked, meaning, words, moment)
    if not candidates and words and not meaning.needs:
        words = spelling.loosen(meaning)
        candidates, total = looking.candidates(asked, meaning, words, moment)
    return Found(
        hits=tuple(ordering.order(asked, meaning, candidates, moment))[: query.limit],
        total=total,
        understood=_understood(query, meaning),
        corrected=tuple((one.word, one.read) for one in meaning.tokens if one.read),
        nearby=() if total >= SHOWN else _nearby(query, meaning),
    )


def _understood(query: Query, meaning: Meaning) -> tuple[Understood, ...]:
    book = dictionary()
    surest = max(meaning.needs.values(), default=0)
    needs = sorted(meaning.needs.items(), key=lambda one: -one[1])
    found = [
        Understood("need" if "." in need else "topic", need, book.name(need, query.language), topic_of(need))
        for need, weight in needs
        if weight >= VAGUEST * surest
    ]
    marks = [
        Understood(mark.partition(".")[0], mark.partition(".")[2], book.name(mark, query.language))
        for mark in meaning.marks
    ]
    return tuple(found[:SHOWN] + marks)


def _nearby(query: Query, meaning: Meaning) -> tuple[Understood, ...]:
    """Topics to go on with where little was found: those of the question, else those of words written alike."""
    book = dictionary()
    topics = sorted(meaning.topics, key=lambda topic: -meaning.topics[topic]) or spelling.topics_alike(
        meaning, query.language
    )
    return tuple(Understood("topic", one, book.name(one, query.language), one) for one in topics[:SHOWN])
