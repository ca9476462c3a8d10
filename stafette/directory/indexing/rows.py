"""What the search compares of an entry, by column."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import timedelta
from functools import lru_cache
from typing import Any

from stafette.directory.hours import CODES
from stafette.directory.indexing.entries import SCHEDULE, Entry
from stafette.directory.search.dictionary import LANGUAGES, dictionary
from stafette.directory.search.text import variants, words_of
from stafette.directory.search.understanding import needs_in
from stafette.kernel.clock import now
from stafette.kernel.ids import new_id

LONGEST = 60
DAY = 24 * 60
LOWER = {"A": "B", "B": "C", "C": "D", "D": "D"}
AS_IT_IS = (
    *("code", "topics", "languages", "target_groups", "statuses", "minimum_age", "maximum_age"),
    *("is_free", "status", "room"),
)


@lru_cache(maxsize=1024)
def _words(text: str) -> tuple[str, ...]:
    """The words of a text; each is asked for several times while its entry is read."""
    return tuple(words_of(text))


def row_of(entry: Entry) -> dict[str, Any]:
    """Everything that the search compares of one entry, by column."""
    service, texts, places = entry.service, entry.texts, entry.places
    weekly = [span for one in entry.schedules for span in _week(one)]
    special = [_plain(one) for one in entry.schedules if not _is_weekly(one)]
    levels = {level: [_words(text) for text in said] for level, said in _levels(entry).items()}
    strong, weak = _needs(service, texts)
    words = {word[:LONGEST] for level in levels.values() for text in level for word in text}
    words.add("")  # stands in every entry: its number is how many there are
    public = service.is_public and service.organization__is_public and service.organization__is_active
    confirm_on = service.assured_at and service.assured_at + timedelta(days=service.confirm_days)
    return {
        "id": new_id(),
        "created_at": now(),
        "service_id": service.pk,
        "names": {"de": service.name} | {one.language: one.name for one in texts if one.name},
        "folded": " ".join(word for text in levels["A"] for word in text),
        "vector": _vector(levels),
        "words": sorted(words),
        "needs": strong,
        "hints": weak,
        "has_interpreters": bool(service.interpretation_services),
        "districts": sorted(
            {" ".join(_words(one.location__district)) for one in places if one.location__district}
        ),
        "spots": [
            value
            for one in places
            if one.location__latitude is not None and one.location__longitude is not None
            for value in (one.location__latitude, one.location__longitude)
        ],
        "opens": sorted(opens for opens, _closes in weekly),
        "closes": sorted(closes for _opens, closes in weekly),
        "special": special,
        "is_special": bool(special),
        "is_accessible": entry.is_accessible,
        "has_alert": bool(service.alert),
        "is_public": public,
        "confirm_on": confirm_on,
    } | {name: getattr(service, name) for name in AS_IT_IS}


def _levels(entry: Entry) -> dict[str, list[str]]:
    """The words of an entry by how much they say about it."""
    service, texts, book = entry.service, entry.texts, dictionary()
    return {
        "A": [service.name, service.alternate_name, *(one.name for one in texts)],
        "B": [
            *(service.organization__name, service.organization__alternate_name),
            *(book.name(topic, language) for topic in service.topics for language in LANGUAGES),
            *(
                text
                for one in entry.places
                for text in (one.location__district, one.location__name, one.location__address_1)
            ),
            *(one.name for one in entry.areas),
        ],
        "C": [service.summary, *(one.summary for one in texts)],
        "D": [
            *(service.description, service.eligibility, service.application_process, service.fees),
            *(one.document for one in entry.documents),
            *(text for one in texts for text in (one.description, one.eligibility)),
        ],
    }


def _vector(levels: dict[str, list[tuple[str, ...]]]) -> str:
    """A tsvector written by us: stems, and the known parts of compounds one level lower than the whole."""
    best: dict[str, str] = {}
    seen: set[str] = set()
    for level, texts in levels.items():  # from A on: what a word gave on a higher level holds
        words = {word for text in texts for word in text} - seen
        seen |= words
        for one in (one for word in words for one in variants(word)):
            best.setdefault(one, level)
        for one in (one for word in words for one in dictionary().in_parts(word)):
            best.setdefault(one, LOWER[level])
    return " ".join(f"'{one[:LONGEST]}':1{level}" for one, level in sorted(best.items()))


def _needs(service: Any, texts: Sequence[Any]) -> tuple[list[str], list[str]]:
    """The needs that name and summary speak of, and those that only the long texts do."""
    strong: set[str] = set(service.topics)
    weak: set[str] = set()
    said: list[tuple[Any, str]] = [(service, "de"), *((text, text.language) for text in texts)]
    for one, language in said:
        short = [*_words(one.name), *_words(getattr(one, "alternate_name", "")), *_words(one.summary)]
        strong |= {need for need, sure in needs_in(short, language).items() if sure >= 1 and "." in need}
        long = (one.description, one.eligibility, one.application_process)
        weak |= needs_in([*short, *(word for text in long for word in _words(text))], language).keys()
    weak |= needs_in(_words(service.organization__name), "de").keys()
    return sorted(strong), sorted(weak - strong)


def _is_weekly(one: Any) -> bool:
    bounds = (one.until, one.count, one.valid_from, one.valid_to)
    return (
        one.freq == "WEEKLY"
        and one.interval == 1
        and not one.exceptions
        and not any(bounds)
        and all(code in CODES for code in one.byday.split(",") if code)
    )


def _week(one: Any) -> Iterator[tuple[int, int]]:
    """The minutes of the week in which one may come without an appointment."""
    if not _is_weekly(one) or one.attending == "appointment" or not (one.opens_at and one.closes_at):
        return
    for code in filter(None, one.byday.split(",")):
        start = CODES.index(code) * DAY
        yield (
            start + one.opens_at.hour * 60 + one.opens_at.minute,
            start + one.closes_at.hour * 60 + one.closes_at.minute,
        )


def _plain(one: Any) -> dict[str, Any]:
    values = {name: getattr(one, name) for name in SCHEDULE}
    return {
        name: value if isinstance(value, list | int | str) or value is None else value.isoformat()
        for name, value in values.items()
    }
