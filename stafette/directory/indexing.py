"""Keeping the search index in line with the entries: called by the commands that change one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.db import connection, transaction

from stafette.directory.hours import CODES
from stafette.directory.models import SearchRow, SearchWord, Service, ServiceText
from stafette.directory.search.dictionary import LANGUAGES, dictionary
from stafette.directory.search.text import stem, variants, words_of
from stafette.directory.search.understanding import needs_in
from stafette.kernel.clock import now
from stafette.kernel.ids import new_id

READ = (
    *("texts", "documents", "areas", "schedules"),
    *("places__schedules", "places__location__schedules", "places__location__accessibility"),
)
AT_ONCE = 500
LONGEST = 60
DAY = 24 * 60
STEP_FREE = {"step_free", "lift"}


def reindex(service_ids: Iterable[UUID]) -> None:
    """Write the search rows of these services anew."""
    ids = list(dict.fromkeys(service_ids))
    for start in range(0, len(ids), AT_ONCE):
        _reindex(ids[start : start + AT_ONCE])


def reindex_all() -> int:
    """Write all rows and words anew, and say how many services there are."""
    with transaction.atomic():
        SearchRow.objects.all().delete()
        SearchWord.objects.all().delete()
        ids = list(Service.objects.values_list("pk", flat=True))
        reindex(ids)
    return len(ids)


@transaction.atomic
def _reindex(ids: list[UUID]) -> None:
    found = Service.objects.filter(pk__in=ids).select_related("organization").prefetch_related(*READ)
    rows = [_row(service) for service in found]
    before = SearchRow.objects.filter(service__in=ids)
    counts: Counter[str] = Counter()
    for row in rows:
        counts.update(row.words)
    for words in before.values_list("words", flat=True):
        counts.subtract(words)
    before.delete()
    SearchRow.objects.bulk_create(rows)
    _count({word: number for word, number in counts.items() if number})


def _row(service: Service) -> SearchRow:
    """Everything that the search compares of one entry."""
    texts = _shown(service.texts.all())  # a draft is found by nobody: the public search reads the same index
    places = [place.location for place in service.places.all()]
    schedules = [*service.schedules.all(), *(one for place in service.places.all() for one in _hours(place))]
    weekly = [span for one in schedules for span in _week(one)]
    levels = _levels(service, texts, places)
    strong, weak = _needs(service, texts)
    words = {word[:LONGEST] for level in levels.values() for text in level for word in words_of(text)}
    words.add("")  # stands in every entry: its number is how many there are
    return SearchRow(
        service=service,
        code=service.code,
        names={"de": service.name} | {one.language: one.name for one in texts if one.name},
        folded=" ".join(word for text in levels["A"] for word in words_of(text)),
        vector=_vector(levels),
        words=sorted(words),
        needs=strong,
        hints=weak,
        topics=service.topics,
        languages=service.languages,
        has_interpreters=bool(service.interpretation_services),
        target_groups=service.target_groups,
        statuses=service.statuses,
        minimum_age=service.minimum_age,
        maximum_age=service.maximum_age,
        districts=sorted({" ".join(words_of(one.district)) for one in places if one.district}),
        spots=[
            value
            for one in places
            if one.latitude is not None and one.longitude is not None
            for value in (one.latitude, one.longitude)
        ],
        opens=[opens for opens, _closes in weekly],
        closes=[closes for _opens, closes in weekly],
        special=[_plain(one) for one in schedules if not _is_weekly(one)],
        is_accessible=any(one.kind in STEP_FREE for place in places for one in place.accessibility.all()),
        is_free=service.is_free,
        status=service.status,
        room=service.room,
        has_alert=bool(service.alert),
        is_public=service.is_public and service.organization.is_public and service.organization.is_active,
        confirm_on=service.assured_at + timedelta(days=service.confirm_days) if service.assured_at else None,
    )


def _shown(texts: Iterable[ServiceText]) -> list[ServiceText]:
    return [one for one in texts if one.state == ServiceText.State.APPROVED]


def _levels(service: Service, texts: list[ServiceText], places: list[Any]) -> dict[str, list[str]]:
    """The words of an entry by how much they say about it."""
    return {
        "A": [service.name, service.alternate_name, *(one.name for one in texts)],
        "B": [
            *(service.organization.name, service.organization.alternate_name),
            *(dictionary().name(topic, language) for topic in service.topics for language in LANGUAGES),
            *(text for one in places for text in (one.district, one.name, one.address_1)),
            *(one.name for one in service.areas.all()),
        ],
        "C": [service.summary, *(one.summary for one in texts)],
        "D": [
            *(service.description, service.eligibility, service.application_process, service.fees),
            *(one.document for one in service.documents.all()),
            *(text for one in texts for text in (one.description, one.eligibility)),
        ],
    }


def _vector(levels: dict[str, list[str]]) -> str:
    """A tsvector written by us: stems, and the known parts of compounds one level lower than the whole."""
    lower = {"A": "B", "B": "C", "C": "D", "D": "D"}
    best: dict[str, str] = {}
    for level, texts in levels.items():
        for word in {word for text in texts for word in words_of(text)}:
            for one in variants(word):
                best[one] = min(best.get(one, level), level)
            for one in dictionary().in_parts(word):
                best[one] = min(best.get(one, "D"), lower[level])
    return " ".join(f"'{one[:LONGEST]}':1{level}" for one, level in sorted(best.items()))


def _needs(service: Service, texts: list[ServiceText]) -> tuple[list[str], list[str]]:
    """The needs that name and summary speak of, and those that only the long texts do."""
    strong: set[str] = set(service.topics)
    weak: set[str] = set()
    said: list[tuple[Any, str]] = [(service, "de"), *((text, text.language) for text in texts)]
    for one, language in said:
        short = " . ".join([one.name, getattr(one, "alternate_name", ""), one.summary])
        strong |= {need for need, sure in needs_in(short, [language]).items() if sure >= 1 and "." in need}
        long = " . ".join([one.description, one.eligibility, one.application_process])
        weak |= needs_in(f"{short} . {long}", [language]).keys()
    weak |= needs_in(service.organization.name, ["de"]).keys()
    return sorted(strong), sorted(weak - strong)


def _hours(place: Any) -> list[Any]:
    """The hours that hold at a place: its own, else those of its location."""
    return list(place.schedules.all()) or list(place.location.schedules.all())


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


SCHEDULE = (
    *("freq", "interval", "byday", "bymonthday", "dtstart", "until", "count", "valid_from", "valid_to"),
    *("opens_at", "closes_at", "attending", "exceptions"),
)


def _plain(one: Any) -> dict[str, Any]:
    values = {name: getattr(one, name) for name in SCHEDULE}
    return {
        name: value if isinstance(value, list | int | str) or value is None else value.isoformat()
        for name, value in values.items()
    }


def _count(changes: dict[str, int]) -> None:
    """Note how many services have each word; in the order of the words, so that two writers never wait in a circle."""
    words = sorted(changes)
    with connection.cursor() as cursor:
        cursor.execute(
            "insert into directory_searchword (id, created_at, word, stem, services) "
            "select * from unnest(%s::uuid[], %s::timestamptz[], %s::text[], %s::text[], %s::int[]) "
            "on conflict (word) do update set services = directory_searchword.services + excluded.services",
            [
                [new_id() for _word in words],
                [now()] * len(words),
                words,
                [stem(word)[:LONGEST] for word in words],
                [changes[word] for word in words],
            ],
        )
