"""The close look: points for what fits, fewer for what makes an entry doubtful, and a reason for each."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from math import cos, radians
from types import SimpleNamespace
from typing import Any

from stafette.directory.hours import open_at
from stafette.directory.models import Status
from stafette.directory.search.asking import Hit, Query
from stafette.directory.search.looking import KM_PER_DEGREE, Candidate, minute_of_week
from stafette.directory.search.understanding import Meaning
from stafette.directory.search.weights import weights

MOST_SIGNALS = 3
HINTED = 0.5
FOCUS = 0.06  # how much each further topic of a service takes from the points for one
BESIDE = 0.85  # what a topic that is not the first one of a service is worth
EVERYBODY = "everybody"
Points = Iterator[tuple[float, str]]


@dataclass(frozen=True)
class Asked:
    """A question with what its words wish for."""

    query: Query
    meaning: Meaning
    groups: frozenset[str]
    spoken: frozenset[str]
    wanted: tuple[str, ...]
    wishes: frozenset[str]
    needs: float
    topics: float


def order(query: Query, meaning: Meaning, found: Sequence[Candidate], moment: datetime) -> list[Hit]:
    """The candidates with their points and reasons, the best first."""
    asked, minute = _asked(query, meaning), minute_of_week(moment)
    hits = []
    for one in found:
        is_open = _is_open(one, moment, minute)
        if query.open_now and not is_open:
            continue
        points = [*_fits(asked, one, is_open), *_falls(asked, one, moment.date())]
        distance = _metres(query.near, one.spots)
        if query.near and distance is not None:
            points.append((weights().fits["near"] / (1 + distance / 1000 / weights().near_km), "near"))
        reasons = tuple(dict.fromkeys(reason for _points, reason in points if reason))
        score = sum(part for part, _reason in points)
        hits.append(Hit(one.service_id, one.code, round(score, 2), reasons, distance))
    return sorted(hits, key=lambda hit: (-hit.score, hit.code))


def _asked(query: Query, meaning: Meaning) -> Asked:
    """The boxes that were ticked, and what the words wish for beside them."""

    def marked(kind: str) -> frozenset[str]:
        return frozenset(one.partition(".")[2] for one in meaning.marks if one.startswith(f"{kind}."))

    spoken = frozenset(query.spoken) | marked("language_mark")
    return Asked(
        query,
        meaning,
        groups=frozenset(query.target_groups) | marked("group"),
        spoken=spoken,
        wanted=tuple(sorted((spoken | {query.language}) - {"de", "ls"})),
        wishes=marked("wish"),
        needs=sum(meaning.needs.values()),
        topics=sum(meaning.topics.values()),
    )


def _fits(asked: Asked, one: Candidate, is_open: bool) -> Points:
    query, meaning, fits = asked.query, asked.meaning, weights().fits
    yield fits["words"] * one.words, ""
    if asked.needs:
        had = fitting = 0.0
        for need, weight in meaning.needs.items():
            had += weight * (1 if need in one.needs else HINTED if need in one.hints else 0)
        for topic, weight in meaning.topics.items():
            fitting += weight * _focus(one, topic)
        yield fits["need"] * had / asked.needs + fits["topic"] * fitting / asked.topics, ""
    yield from _speaks(asked, one)
    if asked.groups and not asked.groups.isdisjoint(one.target_groups):
        yield fits["target_group"], "for_group"
    if query.status is not None and query.status in one.statuses:
        yield fits["status"], "for_status"
    if query.age is not None and (one.minimum_age or one.maximum_age) and _suits_age(one, query.age):
        yield fits["age"], "for_age"
    if is_open:
        yield fits["open_now"] * (2 if "open_now" in asked.wishes else 1), "open_now"
    if one.is_accessible:
        yield (fits["accessible"] if query.accessible or "accessible" in asked.wishes else 0), "accessible"
    if one.is_free:
        yield fits["free"] * (2 if query.free or "free" in asked.wishes else 1), "free"


def _focus(one: Candidate, topic: str) -> float:
    """How much a service is about a topic: one that does little else is, one that does everything less so."""
    if topic not in one.topics:
        return 0.0
    first = 1.0 if one.topics[0] == topic else BESIDE
    return first / (1 + FOCUS * (len(one.topics) - 1))


def _speaks(asked: Asked, one: Candidate) -> Points:
    fits, is_spoken = weights().fits, False
    for language in asked.wanted:
        if language in one.languages:
            is_spoken = True
            yield fits["language"] * (1.5 if language in asked.spoken else 1), f"speaks:{language}"
    if asked.wanted and one.has_interpreters and not is_spoken:
        yield fits["interpreters"], "interpreters"


def _falls(asked: Asked, one: Candidate, day: date) -> Points:
    query, falls = asked.query, weights().falls
    if one.status == Status.PAUSED:
        yield -falls["closed"], "closed"
    if one.room in ("full", "waiting"):
        yield -falls[one.room], one.room
    if one.confirm_on is None or one.confirm_on < day:
        yield -falls["stale"], "stale"
    groups = set(one.target_groups) - {EVERYBODY}
    if asked.groups and groups and EVERYBODY not in one.target_groups and not asked.groups & groups:
        yield -falls["other_group"], "other_group"
    if query.status is not None and one.statuses and query.status not in one.statuses:
        yield -falls["other_status"], "other_status"
    if query.age is not None and not _suits_age(one, query.age):
        yield -falls["other_age"], "other_age"
    if one.signals:
        yield from _told(Counter(one.signals))


def _told(signals: Counter[str]) -> Points:
    """What the work of the last months told, as far as nobody has settled it."""
    falls = weights().falls
    for kind in ("at_capacity", "not_resp", "link", "phone"):
        if signals[kind]:
            times = min(signals[kind], MOST_SIGNALS) if kind in ("at_capacity", "not_resp") else 1
            yield -falls[kind] * times, kind
    if signals["accepted"]:
        yield weights().fits["accepted"] * min(signals["accepted"], MOST_SIGNALS), "accepted"


def _suits_age(one: Candidate, age: int) -> bool:
    return (one.minimum_age or 0) <= age and (one.maximum_age is None or age <= one.maximum_age)


def _is_open(one: Candidate, moment: datetime, minute: int) -> bool:
    if one.status != Status.ACTIVE:
        return False
    for opens, closes in zip(one.opens, one.closes, strict=True):
        if opens <= minute < closes:
            return True
    return bool(one.special and open_at([_schedule(values) for values in one.special], moment))


def _schedule(values: dict[str, Any]) -> Any:
    dates = {
        name: date.fromisoformat(values[name]) if values.get(name) else None
        for name in ("dtstart", "until", "valid_from", "valid_to")
    }
    times = {
        name: time.fromisoformat(values[name]) if values.get(name) else None
        for name in ("opens_at", "closes_at")
    }
    return SimpleNamespace(**(values | dates | times))


def _metres(near: tuple[float, float] | None, spots: list[float]) -> int | None:
    """The way to the nearest place as the crow flies."""
    if near is None or not spots:
        return None
    wide = cos(radians(near[0]))
    ways = [
        ((latitude - near[0]) ** 2 + ((longitude - near[1]) * wide) ** 2) ** 0.5
        for latitude, longitude in zip(spots[::2], spots[1::2], strict=True)
    ]
    return round(float(min(ways)) * KM_PER_DEGREE * 1000)
